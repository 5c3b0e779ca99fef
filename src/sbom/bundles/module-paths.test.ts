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

test("packages of one name in two scopes, or in two versions, are two", () => {
  const paths = [
    "node_modules/@a/x/1.js",
    "node_modules/@b/x/1.js",
    "node_modules/x/1.js",
    "node_modules/.pnpm/x@1.0.0/node_modules/x/1.js",
    "node_modules/.pnpm/x@2.0.0/node_modules/x/1.js",
    "node_modules/@a/x/2.js",
  ];
  const found = packagesAt(paths.map((path) => `// ${path}`).join("\n"));
  expect(found.map(({ namespace = "", name, version }) => `${namespace}/${name}@${version}`)).toEqual([
    "@a/x@",
    "@b/x@",
    "/x@",
    "/x@1.0.0",
    "/x@2.0.0",
  ]);
});

test("no more packages are named than the bound", () => {
  const lines = Array.from({ length: 5_001 }, (_, at) => `// node_modules/p${at}/1.js`);
  expect(packagesAt(lines.join("\n"))).toHaveLength(5_000);
});

test.each([
  ["node_modules/.pnpm/a@1.0.0_b@2.0.0/node_modules/a/x.js", "1.0.0"],
  ["node_modules/.pnpm/a@1.0.0(b@2.0.0)/node_modules/a/x.js", "1.0.0"],
  [".yarn/cache/a-npm-1.0.0-0123456789.zip/node_modules/a/x.js", "1.0.0"],
  [".yarn/unplugged/a-npm-1.0.0-0123456789/node_modules/a/x.js", "1.0.0"],
  [".yarn/cache/a-npm-1.0.0-012345678.zip/node_modules/a/x.js", ""],
  ["node_modules/.pnpm/a@1.0.0/node_modules/a/node_modules/a/x.js", ""],
])("the version in %s is %j", (path, version) => {
  expect(packageOfModule(path)?.version).toBe(version);
});

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
