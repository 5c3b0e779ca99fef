import { expect, test } from "vitest";
import { packagesOf } from "../../../../test/fixtures/image-packages.ts";
import type { TarEntry } from "../../../image/tar/write.ts";

const PUBLISHED = { repository: "lodash/lodash", homepage: "https://lodash.com" };

function manifest(path: string, name: string, version: string, more: object = {}): TarEntry {
  return { path, content: JSON.stringify({ name, version, ...more }) };
}

function link(path: string, target: string): TarEntry {
  return { path, type: "symlink", link: target };
}

function names(...layers: readonly (readonly TarEntry[])[]): readonly string[] {
  return packagesOf(...layers).components.map(({ path, name, version }) => `${path} ${name}@${version}`);
}

test.each<[string, readonly TarEntry[], readonly string[]]>([
  [
    "a workspace",
    [
      manifest("app/packages/ui/package.json", "@acme/ui", "1.0.0", { private: true }),
      link("app/node_modules/@acme/ui", "../../packages/ui"),
    ],
    ["/app/packages/ui/package.json ui@1.0.0"],
  ],
  [
    "a package of a store, by an absolute link",
    [manifest("deps/x1/package.json", "ms", "2.1.3"), link("app/node_modules/ms", "/deps/x1")],
    ["/deps/x1/package.json ms@2.1.3"],
  ],
  [
    "a copy of what was published",
    [manifest("app/lib/lodash/package.json", "lodash", "4.17.15", PUBLISHED)],
    ["/app/lib/lodash/package.json lodash@4.17.15"],
  ],
  ["the application's own", [manifest("app/package.json", "portal", "1.0.0", PUBLISHED)], []],
  ["an own module in a folder of its name", [manifest("app/lib/lodash/package.json", "lodash", "1.0.0")], []],
  ["a fixture", [manifest("app/test/lodash/package.json", "lodash", "4.17.15", PUBLISHED)], []],
  [
    "what no link leads to",
    [
      manifest("app/packages/ui/package.json", "ui", "1.0.0"),
      link("app/node_modules/other", "../packages/gone"),
    ],
    [],
  ],
  [
    "a link to a program",
    [manifest("app/tool/package.json", "tool", "1.0.0"), link("app/node_modules/.bin/tool", "../../tool")],
    [],
  ],
])("%s", (_, files, expected) => {
  expect(names(files)).toEqual(expected);
});

test("a link that a later layer deleted leads nowhere", () => {
  const files = [manifest("deps/ms/package.json", "ms", "2.1.3"), link("app/node_modules/ms", "/deps/ms")];
  expect(names(files)).toHaveLength(1);
  expect(names(files, [{ path: "app/node_modules/.wh.ms", content: "" }])).toEqual([]);
});

test("the application that is started, where it is a published one itself", () => {
  const files: readonly TarEntry[] = [
    manifest("opt/tool/package.json", "portal-tool", "2.0.0", { publishConfig: {} }),
    { path: "opt/tool/bin/run.js", content: "" },
  ];
  const starts = [{ argv: ["node", "/opt/tool/bin/run.js"], workingDir: "/" }];
  expect(packagesOf(files, { starts }).components).toMatchObject([{ name: "portal-tool", version: "2.0.0" }]);
  expect(packagesOf(files).components).toEqual([]);
});
