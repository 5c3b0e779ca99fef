import { expect, test } from "vitest";
import { packageOfModule, packagesAt } from "./module-paths.ts";

test.each([
  ["../node_modules/express/lib/express.js", "/express@"],
  ["node_modules/@babel/core/lib/index.js", "@babel/core@"],
  ["webpack:///./node_modules/ms/index.js", "/ms@"],
  ["../node_modules/a/node_modules/b/index.js", "/b@"],
  ["node_modules/.pnpm/zod@4.1.0/node_modules/zod/index.js", "/zod@4.1.0"],
  ["node_modules/.pnpm/@acme+ui@1.2.3_react@18.0.0/node_modules/@acme/ui/x.js", "@acme/ui@1.2.3"],
  ["node_modules/.pnpm/a@1.0.0/node_modules/a/node_modules/b/x.js", "/b@"],
  [
    ".yarn/cache/lodash-npm-4.17.15-30a1d4a6e7-b4a4cc3c3c.zip/node_modules/lodash/lodash.js",
    "/lodash@4.17.15",
  ],
])("%s", (path, expected) => {
  const facts = packageOfModule(path);
  expect(facts && `${facts.namespace ?? ""}/${facts.name}@${facts.version}`).toBe(expected);
});

test.each(["src/index.ts", "node_modules/", "node_modules/.bin/x", "my_node_modules/a/x.js"])(
  "%s is of no package",
  (path) => {
    expect(packageOfModule(path)).toBeUndefined();
  },
);

test("comments and keys of a bundle, each package once; what else holds the words names nothing", () => {
  const text = [
    "// node_modules/ms/index.js",
    "  // ../node_modules/ms/other.js",
    "//#region node_modules/.pnpm/zod@4.1.0/node_modules/zod/index.js",
    '/***/ "./node_modules/left-pad/index.js":',
    'const path = "node_modules/express/package.json";',
    "// see node_modules/never/index.js",
  ].join("\n");
  expect(packagesAt(text).map(({ name, version }) => `${name}@${version}`)).toEqual([
    "ms@",
    "zod@4.1.0",
    "left-pad@",
  ]);
  expect(packagesAt("const a = 1;")).toEqual([]);
});
