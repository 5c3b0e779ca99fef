import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { TokenUsesInFolder } from "./token-uses-in-folder.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");
const MINUTE = 60_000;
const use = (token: string, body: string, forgetAt = NOW + 60 * MINUTE) => ({ token, body, forgetAt });
const open = (now = NOW) => TokenUsesInFolder.open(folder, "uses", now);
const uses = () => readdirSync(folder).filter((name) => /^[0-9a-f]{64}$/.test(name));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "douane-uses-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

describe("a token's use", () => {
  test("is the first of its body, in every replica and after a restart", async () => {
    const [one, two] = [await open(), await open(NOW + 1)];
    expect((await one.record(use("a", "x"), NOW)).body).toBe("x");
    expect((await two.record(use("a", "y"), NOW)).body).toBe("x");
    expect((await two.record(use("a", "x"), NOW)).body).toBe("x");
    expect((await (await open(NOW + 2)).record(use("a", "z"), NOW)).body).toBe("x");
    expect((await two.record(use("b", "y"), NOW)).body).toBe("y");
    expect(uses()).toHaveLength(2);
  });

  test("has a file whose name tells nothing of the token", async () => {
    await (await open()).record(use("https://gitlab.example ../../a", "x"), NOW);
    expect(readdirSync(folder).toSorted()).toEqual([...uses(), "since"]);
  });

  test("is forgotten a while after the token's end, and not before", async () => {
    const store = await open();
    await store.record(use("short", "x", NOW + MINUTE), NOW);
    await store.record(use("long", "x", NOW + 120 * MINUTE), NOW);
    writeFileSync(join(folder, "notes"), "somebody else's");
    const left = join(folder, ".01234567-89ab-cdef-0123-456789abcdef");
    writeFileSync(left, "{");
    utimesSync(left, NOW / 1_000, NOW / 1_000);
    await store.record(use("a", "x", NOW + 240 * MINUTE), NOW + 5 * MINUTE);
    expect(uses()).toHaveLength(3);
    await store.record(use("b", "x", NOW + 240 * MINUTE), NOW + 12 * MINUTE);
    expect(uses()).toHaveLength(3);
    expect((await store.record(use("long", "y"), NOW)).body).toBe("x");
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
    expect(readdirSync(folder)).toContain("notes");
  });
});

describe("the time since which uses are recorded", () => {
  test("is that of the folder's beginning, whoever opens it later", async () => {
    expect((await open()).since).toBe(NOW);
    expect((await open(NOW + 60 * MINUTE)).since).toBe(NOW);
  });

  test("begins anew in a folder that was emptied: nobody knows what was used before", async () => {
    await open();
    rmSync(join(folder, "since"));
    expect((await open(NOW + MINUTE)).since).toBe(NOW + MINUTE);
  });
});

describe("nothing is signed", () => {
  test.each<[string, string, (folder: string) => void]>([
    ["once the folder was emptied", "token-uses-failed", () => rmSync(join(folder, "since"))],
    ["once the folder is gone", "token-uses-failed", () => rmSync(folder, { recursive: true })],
    [
      "once another folder is in its place",
      "token-uses-lost",
      () => writeFileSync(join(folder, "since"), '{"since":1,"id":"x"}'),
    ],
  ])("%s", async (_, code, change) => {
    const store = await open();
    change(folder);
    const failure = await store.record(use("a", "x"), NOW).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, exit: 69 });
    expect(String(failure)).not.toContain(folder);
  });

  test.each([
    ["that is no JSON", "{"],
    ["without a body", "{}"],
    ["whose body is no text", '{"body":1}'],
    ["that is longer than any", JSON.stringify({ body: "x".repeat(2_000) })],
  ])("for a token with a record %s", async (_, content) => {
    const store = await open();
    await store.record(use("a", "x"), NOW);
    writeFileSync(join(folder, uses()[0] ?? ""), content);
    await expect(store.record(use("a", "x"), NOW)).rejects.toMatchObject({ exit: 69 });
  });
});

test.each<[string, string, () => void]>([
  ["is not there", "(ENOENT)", () => rmSync(folder, { recursive: true })],
  ["is a file", "(ENOTDIR)", () => (rmSync(folder, { recursive: true }), writeFileSync(folder, ""))],
  ["everybody may write to", "chmod o-w", () => chmodSync(folder, 0o777)],
  ["holds another beginning", "(?)", () => writeFileSync(join(folder, "since"), "{}")],
  ["whose beginning is a folder", "a folder is needed", () => mkdirSync(join(folder, "since"))],
])("a folder that %s is an error at the start", async (_, said, change) => {
  change();
  await expect(open()).rejects.toMatchObject({ code: "used-tokens", exit: 64 });
  await expect(open()).rejects.toThrow(said);
});
