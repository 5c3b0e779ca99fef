import { describe, expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { InvalidInputError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import { LayerReader } from "../../../image/layer/reader.ts";
import type { TarEntry } from "../../../image/tar/write.ts";
import type { Analysis, Analyzer, ContentReader, LayerEntry, Want } from "./analyzer.ts";
import { ALL } from "./asked.ts";
import { LayerAnalysis } from "./layer-analysis.ts";
import { ANALYZERS } from "./list.ts";
import { ANALYZER_NAMES } from "./versions.ts";
import { WantedContent } from "./wanted-content.ts";

/** An analyzer that records its input as `path text`. */
class Noting implements Analysis<never> {
  readonly seen: [path: string, text: string][] = [];
  readonly #want: (entry: LayerEntry) => Want;

  constructor(want: (entry: LayerEntry) => Want) {
    this.#want = want;
  }

  want(entry: LayerEntry): Want {
    return this.#want(entry);
  }

  take({ path }: LayerEntry, bytes: Uint8Array): void {
    this.seen.push([path, Buffer.from(bytes).toString("latin1")]);
  }

  facts(): never {
    return this.seen as never;
  }
}

function named(name: "files" | "scripts" | "secrets", analysis: Analysis<never>): Analyzer {
  return { name, fileBytes: 1_000_000, begin: () => analysis };
}

/** Shows a layer of these entries to these analyzers, in chunks of some bytes. */
function analyse(entries: readonly TarEntry[], analyzers: readonly Analyzer[], chunkBytes = 700) {
  const { diffId, blob } = layerOf(entries, "none");
  const budget = new ImageBudget();
  const analysis = new LayerAnalysis(ALL, new WantedContent([]), budget, analyzers);
  const reader = new LayerReader({ diffId, size: blob.length }, budget, analysis);
  try {
    for (let at = 0; at < blob.length; at += chunkBytes) reader.push(blob.subarray(at, at + chunkBytes));
    return analysis.facts(reader.end());
  } catch (error) {
    throw analysis.named(error);
  }
}

const LONG = "0123456789".repeat(300);
const ENTRIES: readonly TarEntry[] = [
  { path: "empty", content: "" },
  { path: "short", content: "abc" },
  { path: "long", content: LONG },
  { path: "link", hardLink: "long" },
  { path: "dir/", type: "directory" },
];

test("the analyzers are those of the versions, in their order, behind the entries themselves", () => {
  expect(ANALYZER_NAMES).toEqual(["entries", ...ANALYZERS.map(({ name }) => name)]);
});

describe("one pass gives each analyzer what it wants", () => {
  test("so many bytes in one piece, however many another wants", () => {
    const few = new Noting(() => 2);
    const many = new Noting(({ path }) => (path === "/long" ? 10_000 : 0));
    analyse(ENTRIES, [named("files", few), named("scripts", many)]);
    expect(few.seen).toEqual([
      ["/short", "ab"],
      ["/long", "01"],
    ]);
    expect(many.seen).toEqual([["/long", LONG]]);
  });

  test.each([1, 700, 1_000_000])(
    "all of a file piece by piece, beside others, in chunks of %s bytes",
    (chunk) => {
      const ended: string[] = [];
      const read: Record<string, string> = {};
      const pieces = new Noting(({ path, size }): ContentReader => {
        const bytes = Buffer.alloc(size);
        return {
          push: (piece, offset) => bytes.set(piece, offset),
          end() {
            ended.push(path);
            read[path] = bytes.toString("latin1");
          },
        };
      });
      const head = new Noting(({ path }) => (path === "/long" ? 15 : 0));
      analyse(ENTRIES, [named("files", pieces), named("scripts", head)], chunk);
      expect(ended).toEqual(["/empty", "/short", "/long", "/dir"]);
      expect(read).toEqual({ "/empty": "", "/short": "abc", "/long": LONG, "/dir": "" });
      expect(head.seen).toEqual([["/long", "012345678901234"]]);
    },
  );

  test("what is not asked is not run", () => {
    const { diffId, blob } = layerOf(ENTRIES, "none");
    const noting = new Noting(() => 9);
    const asked = { secrets: true } as const;
    const analysis = new LayerAnalysis(asked, new WantedContent([]), new ImageBudget(), [
      named("files", noting),
      ...ANALYZERS.filter(({ name }) => name === "secrets"),
    ]);
    const reader = new LayerReader({ diffId, size: blob.length }, new ImageBudget(), analysis);
    reader.push(blob);
    expect(Object.keys(analysis.facts(reader.end()))).toEqual(["secrets"]);
    expect(noting.seen).toEqual([]);
  });
});

describe("an analyzer that fails is an error that names it and the file, never a shorter list", () => {
  const failures: readonly [string, Error][] = [
    ["an own error", new InvalidInputError("too-much", { fr: "trop", en: "too much" })],
    ["any other", new TypeError("too much")],
  ];
  describe.each(failures)("%s", (_, failure) => {
    const failing = (): never => {
      throw failure;
    };
    test.each<[string, Partial<Analysis<never>>]>([
      ["asked what it wants", { want: failing }],
      ["given bytes", { want: () => 1, take: failing }],
      ["given a piece", { want: () => ({ push: failing, end: () => undefined }) }],
      ["told the end", { want: () => ({ push: () => undefined, end: failing }) }],
    ])("%s", (__, part) => {
      const analysis = { want: () => 0, take: () => undefined, facts: failing, ...part };
      const run = () => analyse([{ path: "app/x", content: "abc" }], [named("secrets", analysis)]);
      expect(run).toThrow('analysis "secrets" of "/app/x": too much');
      // The error keeps its class, so that an invalid image is not reported as a bug.
      expect(run).toThrow(failure instanceof InvalidInputError ? InvalidInputError : Error);
    });

    test("asked for its facts", () => {
      const analysis = { want: () => 0, take: () => undefined, facts: failing };
      expect(() => analyse([{ path: "x" }], [named("scripts", analysis)])).toThrow('analysis "scripts"');
    });
  });

  test("that wants more in one piece than it may have", () => {
    const greedy = new Noting(() => 1_000_001);
    expect(() => analyse([{ path: "x", content: "x" }], [named("files", greedy)])).toThrow(
      'analysis "files" of "/x"',
    );
  });

  test("that takes longer than the bound", () => {
    const clock = performance.now.bind(performance);
    let passed = 0;
    performance.now = () => clock() + (passed += 0.9 * LIMITS.analyzerMs);
    try {
      const slow = new Noting(() => 1);
      expect(() => analyse([{ path: "x", content: "x" }], [named("files", slow)])).not.toThrow();
      const entries = ["x", "y"].map((path) => ({ path, content: "x" }));
      expect(() => analyse(entries, [named("files", slow)])).toThrow(
        'analysis "files" of "/y": more than 900 s for one layer (bound analyzerMs)',
      );
    } finally {
      performance.now = clock;
    }
  });

  test("other errors of a layer are nobody's", () => {
    const { diffId, blob } = layerOf(ENTRIES, "none");
    const analysis = new LayerAnalysis(ALL, new WantedContent([]), new ImageBudget());
    const reader = new LayerReader({ diffId, size: blob.length }, new ImageBudget(), analysis);
    reader.push(blob.subarray(0, 512));
    const error = new Error("cut");
    expect(analysis.named(error)).toBe(error);
  });
});
