import { describe, expect, test } from "vitest";
import { checkedToken, KEY, noise } from "../../test/fixtures/secrets.ts";
import { ContentSearch } from "./content-search.ts";
import { MatchBudget } from "./match-budget.ts";
import type { SecretHit } from "./scan.ts";
import type { SearchScope } from "./scope.ts";

/** Findings in a content that arrives in pieces of this length. */
function told(content: Buffer, length: number, level: SearchScope["level"] = "all", path = "/app/a.conf") {
  const found: SecretHit[] = [];
  const calls: number[] = [];
  const search = new ContentSearch({
    path,
    level,
    budget: new MatchBudget(1_000),
    found: (hits) => {
      calls.push(hits.length);
      found.push(...hits);
    },
    cut: unexpected,
  });
  for (let at = 0; at < content.length; at += length) search.push(content.subarray(at, at + length));
  search.end();
  expect(calls).not.toContain(0);
  return found.map(({ kind, line }) => `${kind}:${line}`);
}

function unexpected(): void {
  expect.fail("the budget is not used up");
}

const TOKEN = `glpat-${noise(20)}`;
const MIB = 1024 ** 2;
const LINE = "some = words\n";
const filled = (bytes: number) => LINE.repeat(Math.ceil(bytes / LINE.length));

describe("a content that comes in pieces is searched as it is in one", () => {
  const text = Buffer.from(`${filled(20_000)}token = ${TOKEN}\n${filled(9_000)}${KEY}`);
  const line = filled(20_000).split("\n").length;

  test.each([1_000, 4_096, 8_192, 9_001, 100_000])("of %d bytes", (length) => {
    expect(told(text, length)[0]).toBe(`gitlab-token:${line}`);
    expect(told(text, length)).toHaveLength(2);
  });

  test("as small as it may be", () => {
    expect(told(Buffer.from(`x = ${TOKEN}`), 1)).toEqual(["gitlab-token:1"]);
    expect(told(Buffer.alloc(0), 1)).toEqual([]);
  });
});

describe("a long content is searched in stretches", () => {
  test("with its lines, each secret once", () => {
    const before = filled(MIB + 200_000);
    const text = Buffer.from(`${before}token = ${TOKEN}\n${filled(MIB)}again = ${TOKEN}\n`);
    expect(told(text, 100_000)).toEqual([`gitlab-token:${before.split("\n").length}`]);
  });

  test("across their seams", () => {
    for (const shift of [0, 5, 10, 20]) {
      const before = filled(MIB).slice(0, MIB - shift - 1);
      expect(told(Buffer.from(`${before}\n${TOKEN}\n${filled(1_000)}`), 77_777)).toHaveLength(1);
    }
  });

  test("without lines where it is binary", () => {
    const binary = Buffer.concat([Buffer.from([0]), Buffer.from(`${filled(MIB + 100_000)}${KEY}`)]);
    expect(told(binary, 100_000)).toEqual(["private-key:0"]);
  });
});

describe("what packages bring is sieved for keys and proven tokens", () => {
  const keys = (content: Buffer, length: number) => told(content, length, "keys", "/usr/lib/x/a.conf");

  test.each([5_000, 8_192, 50_000, 70_000])("in pieces of %d bytes", (length) => {
    const text = Buffer.from(`${filled(100_000)}${TOKEN}\n${KEY}${filled(100_000)}`);
    expect(keys(text, length)).toEqual(["private-key:0"]);
  });

  test("across the seams of pieces", () => {
    const before = filled(60_000);
    const text = Buffer.from(`${before}${KEY}${filled(80_000)}`);
    for (let shift = 0; shift < 120; shift += 9) {
      expect([shift, keys(text, before.length + shift)]).toEqual([shift, ["private-key:0"]]);
    }
  });

  test("two keys far from each other, and beside each other", () => {
    const other = KEY.replace(/\n(.)/, (_, first: string) => `\n${first}`);
    const text = Buffer.from(`${filled(70_000)}${other}${filled(150_000)}${KEY}${filled(10_000)}`);
    expect(keys(text, 10_000)).toEqual(["private-key:0"]);
  });

  test("in little text tokens, too", () => {
    expect(keys(Buffer.from(`t = ${checkedToken("ghp_")}`), 100)).toEqual(["github-token:1"]);
    expect(keys(Buffer.from(`t = ${TOKEN}`), 100)).toEqual([]);
  });

  test("not in what holds none", () => {
    expect(keys(Buffer.from(filled(200_000)), 10_000)).toEqual([]);
  });
});

test("what is given as a whole is told as it is found", () => {
  const found: SecretHit[] = [];
  const search = new ContentSearch({
    path: "/app/a.conf",
    level: "all",
    budget: new MatchBudget(1_000),
    found: (hits) => found.push(...hits),
    cut: unexpected,
  });
  search.whole(Buffer.from(`\nx = ${TOKEN}`));
  expect(found).toMatchObject([{ kind: "gitlab-token", line: 2 }]);
});

describe("the budget of all contents together", () => {
  const searched = (content: string, level: SearchScope["level"], comparisons: number, inPieces: boolean) => {
    const told: string[] = [];
    const search = new ContentSearch({
      path: "/app/a.conf",
      level,
      budget: new MatchBudget(comparisons),
      found: (hits) => told.push(...hits.map(({ kind }) => kind)),
      cut: () => told.push("cut"),
    });
    if (inPieces) {
      for (let at = 0; at < content.length; at += 100_000)
        search.push(Buffer.from(content.slice(at, at + 100_000)));
      search.end();
    } else search.whole(Buffer.from(content));
    return told;
  };
  const anchors = "password=\n".repeat(500);
  const encoded = Buffer.from(`{"auths": "${"x".repeat(30)}"}`).toString("base64");

  test.each([
    ["enough for all", `${anchors}${TOKEN}`, "all", 501, ["gitlab-token"]],
    ["one too few", `${anchors}${TOKEN}`, "all", 500, ["cut"]],
    ["found before it ends", `${TOKEN}\n${anchors}`, "all", 500, ["gitlab-token", "cut"]],
    ["what is encoded counts, too", `a: ${encoded} `, "all", 0, ["cut"]],
    ["nothing to compare", filled(20_000), "all", 0, []],
    ["keys alone", KEY, "keys", 0, ["cut"]],
  ] as const)("%s", (_, content, level, comparisons, expected) => {
    expect(searched(content, level, comparisons, false)).toEqual(expected);
    expect(searched(content, level, comparisons, true)).toEqual(expected);
  });

  test("a content longer than a stretch", () => {
    const content = `${filled(2 * MIB)}${anchors}`;
    expect(searched(content, "all", 499, true)).toEqual(["cut"]);
    expect(searched(content, "all", 500, true)).toEqual([]);
  });
});
