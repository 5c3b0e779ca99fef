import { expect, test } from "vitest";
import { sourceMapIn } from "./source-map.ts";

const PNPM = "../node_modules/.pnpm/ms@2.1.3/node_modules/ms/index.js";

function mapOf(sources: readonly unknown[], more: object = {}): Buffer {
  return Buffer.from(JSON.stringify({ version: 3, sources, names: [], mappings: "AAAA;;AACA", ...more }));
}

test("a map that names each module's package with its version", () => {
  expect(sourceMapIn(mapOf(["../src/server.ts", PNPM, PNPM]))).toEqual({
    lines: 3,
    packages: [{ type: "npm", name: "ms", version: "2.1.3" }],
    isWhole: true,
  });
});

test("a module whose package's version is not told makes it one that does not cover all", () => {
  expect(sourceMapIn(mapOf([PNPM, "../node_modules/left-pad/index.js"]))).toMatchObject({
    packages: [{ name: "ms" }, { name: "left-pad", version: "" }],
    isWhole: false,
  });
  expect(sourceMapIn(mapOf(["node_modules/.cache/x.js"]))).toMatchObject({ packages: [], isWhole: false });
});

test.each([
  ["a source without a name", mapOf([null])],
  ["no sources", mapOf([])],
  ["several maps in one", mapOf([PNPM], { sections: [] })],
  ["a name with a bracket", mapOf(["app/[id].ts"])],
  ["an empty name", mapOf(["src/a.ts", ""])],
  ["a source that is no text", mapOf(["src/a.ts", 1])],
  ["sources that are no list", Buffer.from('{"sources":{"a":[]},"mappings":""}')],
  [
    "an index of maps without their own",
    Buffer.from('{"sections":[{"map":{"sources":["a"],"mappings":""}}]}'),
  ],
  ["mappings without an end", Buffer.from('{"sources":["a"],"mappings":"AAAA')],
  ["sources without an end", Buffer.from('{"mappings":"","sources":["a"')],
  ["text", Buffer.from("//")],
  ["cut", mapOf([PNPM]).subarray(0, -6)],
  ["no mappings", Buffer.from('{"sources":["a"]}')],
])("%s covers nothing", (_, bytes) => {
  expect(sourceMapIn(bytes)).toBeUndefined();
});

test("lines are counted in the mappings alone, and packages of two scopes are two", () => {
  const sources = [
    "node_modules/.pnpm/@a+ms@1.0.0/node_modules/@a/ms/x.js",
    "node_modules/.pnpm/@b+ms@1.0.0/node_modules/@b/ms/x.js",
    "node_modules/.pnpm/@b+ms@2.0.0/node_modules/@b/ms/x.js",
    "my;file.js",
  ];
  expect(sourceMapIn(mapOf(sources, { names: ["a;b"], x_google: ";;" }))).toEqual({
    lines: 3,
    packages: [
      { type: "npm", namespace: "@a", name: "ms", version: "1.0.0" },
      { type: "npm", namespace: "@b", name: "ms", version: "1.0.0" },
      { type: "npm", namespace: "@b", name: "ms", version: "2.0.0" },
    ],
    isWhole: true,
  });
  expect(sourceMapIn(Buffer.from('{"mappings" : "A", "sources" : ["a.ts"]}'))).toEqual({
    lines: 1,
    packages: [],
    isWhole: true,
  });
});
