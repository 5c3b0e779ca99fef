import { describe, expect, test } from "vitest";
import { LINKED_MANIFEST } from "./own-manifests.ts";
import { PACKAGE_CACHES } from "./package-caches.ts";
import { NPM_TARBALL } from "./tarball.ts";

const bytesOf = (manifest: object) => Buffer.from(JSON.stringify(manifest));

describe("outside node_modules", () => {
  const stated = (manifest: object | string) => {
    const bytes = typeof manifest === "string" ? Buffer.from(manifest) : bytesOf(manifest);
    return LINKED_MANIFEST.packages({ path: "/app/lib/lodash/package.json", bytes });
  };
  const lodash = { name: "lodash", version: "4.17.15", license: "MIT" };
  const published = { repository: "lodash/lodash", homepage: "https://lodash.com/" };

  test.each<[string, object, boolean]>([
    ["public, with its home", published, true],
    ["public, by an address", { repository: { url: "git+https://github.com/a/b.git" }, bugs: {} }, true],
    ["to be published", { publishConfig: { access: "public" } }, true],
    ["private", { ...published, private: true }, false],
    ["public, and nothing more", { repository: "lodash/lodash" }, false],
    ["of a forge of one's own", { repository: "https://git.corp.example/a/b.git", bugs: {} }, false],
    ["nothing said", {}, false],
  ])("%s", (_, more, isPublished) => {
    const [facts] = stated({ ...lodash, ...more });
    expect(facts).toMatchObject({ type: "npm", name: "lodash", version: "4.17.15" });
    expect(facts?.qualifiers).toEqual(isPublished ? undefined : { unpublished: "true" });
  });

  test.each<object | string>([
    { name: "lodash" },
    { version: "1.0.0" },
    { name: "<%= name %>", version: "1.0.0" },
    { name: "../../x", version: "1.0.0" },
    "{",
    "[]",
  ])("%j states nothing", (manifest) => {
    expect(stated(manifest)).toEqual([]);
  });
});

test.each([
  ["/root/.cache/deno/npm/registry.npmjs.org/@std/a/1.2.3/package.json", "@std/a", "1.2.3"],
  ["/deno-dir/npm/registry.npmjs.org/ms/2.1.3/package.json", "ms", "2.1.3"],
  ["/root/.bun/install/cache/ms@2.1.3@@@1/package.json", "ms", "2.1.3"],
  ["/root/.bun/install/cache/@std/a@1.2.3@@@1/package.json", "@std/a", "1.2.3"],
])("%s is loaded by its folder's name", (path, name, version) => {
  expect(PACKAGE_CACHES.reads(path)).toBe(true);
  const [facts] = PACKAGE_CACHES.packages({ path, bytes: bytesOf({ name, version }) });
  expect([facts?.namespace, facts?.name].filter(Boolean).join("/")).toBe(name);
  expect(facts).toMatchObject({ version });
  expect(PACKAGE_CACHES.packages({ path, bytes: bytesOf({ name: "other" }) })).toMatchObject([
    { name: "other", version, alias: name },
  ]);
});

test.each([
  "/app/package.json",
  "/app/npm/registry/ms/package.json",
  "/root/.bun/install/cache/ms/package.json",
  "/deno-dir/npm/registry.npmjs.org/ms/2.1.3/dist/package.json",
])("%s is in no cache", (path) => {
  expect(PACKAGE_CACHES.reads(path)).toBe(false);
});

test("a tarball as the registry gives it out", () => {
  const path = "/app/left-pad-1.3.0.tgz!/left-pad-1.3.0.tar!/package/package.json";
  expect(NPM_TARBALL.reads(path)).toBe(true);
  expect(NPM_TARBALL.reads("/app/x.tgz!/x.tar!/package/lib/package.json")).toBe(false);
  expect(NPM_TARBALL.packages({ path, bytes: bytesOf({ name: "left-pad", version: "1.3.0" }) })).toEqual([
    { type: "npm", name: "left-pad", version: "1.3.0" },
  ]);
  expect(NPM_TARBALL.packages({ path, bytes: bytesOf({ name: "left-pad" }) })).toMatchObject([
    { version: "" },
  ]);
  expect(() => NPM_TARBALL.packages({ path, bytes: bytesOf({}) })).toThrow("no name");
});
