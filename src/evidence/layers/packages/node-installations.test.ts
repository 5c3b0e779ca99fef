import { describe, expect, test } from "vitest";
import { isNodeRecord, NodeInstallations } from "./node-installations.ts";

function installations(path: string, text: string): NodeInstallations {
  const all = new NodeInstallations();
  all.see(path, Buffer.from(text));
  return all;
}

const NPM = "/app/node_modules/.package-lock.json";
const YARN = "/app/node_modules/.yarn-integrity";

test("records are beside the packages", () => {
  expect([NPM, YARN, "/app/package-lock.json", "/app/.yarn-integrity"].map(isNodeRecord)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

describe("npm's hidden lock file", () => {
  const packages = {
    "node_modules/a": { version: "1.0.0", resolved: "https://registry.npmjs.org/a/-/a-1.0.0.tgz" },
    "node_modules/b": { version: "1.0.0", resolved: "https://nexus.corp.fr/b/-/b-1.0.0.tgz" },
    "node_modules/c": { version: "1.0.0", integrity: "sha512-x" },
    "node_modules/d": { resolved: "packages/d", link: true },
    "node_modules/e": { version: "1.0.0", resolved: "file:packages/e" },
    "node_modules/a/node_modules/f": { version: "1.0.0", inBundle: true },
    "node_modules/g": 1,
    "node_modules/h": { name: "@corp/i", resolved: "https://nexus.corp.fr/i/-/i-1.0.0.tgz" },
  };
  const all = installations(NPM, JSON.stringify({ lockfileVersion: 3, packages }));

  test.each([
    ["node_modules/a", "published"],
    ["node_modules/b", "fetched"],
    ["node_modules/c", "fetched"],
    ["node_modules/d", "local"],
    ["node_modules/e", "local"],
    ["node_modules/a/node_modules/f", "published"],
    ["node_modules/g", "unlisted"],
    ["node_modules/h", "published"],
    ["node_modules/@team/config", "unlisted"],
    ["node_modules/a/node_modules/x", "unlisted"],
    ["node_modules/a/test/node_modules/x", undefined],
  ])("%s: %s", (within, expected) => {
    expect(all.recordOf(`/app/${within}/`)).toBe(expected);
  });

  test("records nothing of another project", () => {
    expect(all.recordOf("/srv/node_modules/a/")).toBeUndefined();
  });
});

describe("the record of Yarn", () => {
  const lockfileEntries = {
    "a@^1.0.0": "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz#x",
    "@team/config@file:packages/config": "",
    "b@git+ssh://git@git.corp.fr/b.git": "git+ssh://git@git.corp.fr/b.git#x",
    "c@1.0.0": "",
  };
  const all = installations(YARN, JSON.stringify({ lockfileEntries }));

  test.each([
    ["a", "published"],
    ["b", "fetched"],
    ["c", "fetched"],
    ["@team/config", "local"],
    ["x/node_modules/a", "published"],
    ["x", "unlisted"],
  ])("%s: %s", (name, expected) => {
    expect(all.recordOf(`/app/node_modules/${name}/`)).toBe(expected);
  });
});

test("the state of later Yarns lists folders", () => {
  const all = installations(
    "/app/node_modules/.yarn-state.yml",
    '__metadata:\n  version: 1\n\n"@team/portal@workspace:packages/portal":\n  locations:\n    - "node_modules/@team/portal"\n\n"a@npm:1.0.0":\n  locations:\n    - "node_modules/a"\n',
  );
  expect(["@team/portal", "a", "b"].map((name) => all.recordOf(`/app/node_modules/${name}/`))).toEqual([
    "local",
    "fetched",
    "unlisted",
  ]);
  expect(
    installations("/app/node_modules/.yarn-state.yml", "").recordOf("/app/node_modules/a/"),
  ).toBeUndefined();
});

test("a folder of the repository in pnpm's store is local", () => {
  const folder = "/app/node_modules/.pnpm/@team+config@file+packages+config/node_modules/@team/config/";
  expect(new NodeInstallations().recordOf(folder)).toBe("local");
});

test.each([
  [NPM, "{"],
  [NPM, "1"],
  [NPM, "{}"],
  [YARN, "{}"],
])("%s with %j records nothing", (path, text) => {
  expect(installations(path, text).recordOf("/app/node_modules/a/")).toBeUndefined();
});
