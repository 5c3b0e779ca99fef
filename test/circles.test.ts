import { describe, expect, test } from "vitest";
import { circlesIn } from "./fixtures/circles.ts";
import { importsIn } from "./fixtures/imports.ts";

describe("circles", () => {
  test.each([
    ["none in a diamond", { a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, []],
    ["two files", { a: ["b"], b: ["a"] }, [["a", "b"]]],
    ["a file and itself", { a: ["a"], b: [] }, [["a"]]],
    ["a long way round", { a: ["b"], b: ["c"], c: ["d"], d: ["b"] }, [["b", "c", "d"]]],
    ["two that share a file are one", { a: ["b", "c"], b: ["a"], c: ["a"] }, [["a", "b", "c"]]],
    [
      "two apart",
      { a: ["b"], b: ["a", "c"], c: ["d"], d: ["c"] },
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["what is not a source leads nowhere", { a: ["b"] }, []],
  ])("%s", (_, graph, expected) => {
    expect(circlesIn(new Map(Object.entries(graph)))).toEqual(expected);
  });

  test.each([
    'import { a } from "./x.ts";',
    'import type { A } from "./x.ts";',
    'import { type A } from "./x.ts";',
    'import {\n  a,\n  b,\n} from "./x.ts";',
    'import "./x.ts";',
    'export { a } from "./x.ts";',
    'export type * from "./x.ts";',
    'const load = async () => (await import("./x.ts")).a;',
    'const load = () => import(\n  "./x.ts"\n);',
    'type A = import("./x.ts").A;',
  ])("%j is an import", (text) => {
    expect(importsIn(text)).toEqual(["./x.ts"]);
  });

  test.each(['import { a } from "zod";', 'import fs from "node:fs";', 'const file = "./x.ts";'])(
    "%j imports no source",
    (text) => {
      expect(importsIn(text)).toEqual([]);
    },
  );
});
