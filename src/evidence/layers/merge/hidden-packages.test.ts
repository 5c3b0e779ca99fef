import { describe, expect, test } from "vitest";
import { dpkgList, dpkgStatus, elf, packagesOf } from "../../../../test/fixtures/image-packages.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { ImagePackages } from "../../../contract/package-facts.ts";
import type { TarEntry } from "../../../image/tar/write.ts";

/** `name@version`, with `hidden` behind it where it is. */
function stated({ components }: ImagePackages): readonly string[] {
  return components.map(
    ({ name, version, hidden }) => `${name}@${version}${hidden === true ? " hidden" : ""}`,
  );
}

const FILES = ["/usr/bin/openssl", "/usr/lib/libssl.so.3", "/usr/lib/libcrypto.so.3"];
const BASE: readonly TarEntry[] = [
  ...FILES.map((path) => ({ path: path.slice(1), content: elf(path), mode: 0o755 })),
  { path: "usr/share/ca/a.crt", content: "a" },
  { path: "usr/share/doc/openssl/copyright", content: "x" },
  dpkgStatus("openssl@3.5.0", "ca@1"),
  dpkgList("openssl", "/usr", "/usr/bin", ...FILES, "/usr/share/doc/openssl/copyright"),
  dpkgList("ca", "/usr/share/ca", "/usr/share/ca/a.crt"),
];
const BOTH_HIDDEN = ["openssl@3.5.0 hidden", "ca@1 hidden"];

describe("a database of dpkg that a later layer took away states its packages all the same", () => {
  test.each<[string, readonly TarEntry[], string]>([
    ["deleted", [{ path: "var/lib/dpkg/.wh.status", content: "" }], "deleted"],
    ["in a directory that was deleted", [{ path: "var/lib/.wh.dpkg", content: "" }], "directory"],
    ["in an opaque directory", [{ path: "var/lib/dpkg/.wh..wh..opq", content: "" }], "directory"],
    ["in a directory that a file replaces", [{ path: "var/lib", content: "" }], "directory"],
    ["empty", [{ path: "var/lib/dpkg/status", content: "" }], "replaced"],
    ["of nothing known", [{ path: "var/lib/dpkg/status", content: "no status\n" }], "replaced"],
    ["a directory", [{ path: "var/lib/dpkg/status", type: "directory" }], "replaced"],
    ["a link", [{ path: "var/lib/dpkg/status", type: "symlink", link: "/proc/version" }], "linked"],
    [
      "in a directory that a link replaces",
      [{ path: "var/lib/dpkg", type: "symlink", link: "/opt/x" }],
      "directory",
    ],
  ])("%s", (_, layer, way) => {
    const packages = packagesOf(BASE, [{ path: "app/x", content: "x" }], layer);
    expect(stated(packages)).toEqual(BOTH_HIDDEN);
    expect(packages.hidings).toEqual([
      {
        path: "/var/lib/dpkg/status",
        layer: 0,
        cataloger: "dpkg",
        packages: 2,
        names: ["openssl", "ca"],
        by: { layer: 2, way },
      },
    ]);
    expect(packages.executables).toMatchObject({ count: 3, unowned: 0 });
  });

  test.each<[string, TarEntry]>([
    ["left out", dpkgStatus("ca@1")],
    ["cut", { path: "var/lib/dpkg/status", content: "Package: ca\r\nVersion: 1\r\n\r\nPackage: opens" }],
    [
      "called removed",
      {
        path: "var/lib/dpkg/status",
        content:
          "Package: ca\nVersion: 1\n\nPackage: openssl\nStatus: deinstall ok config-files\nVersion: 3.5.0\n",
      },
    ],
  ])("%s, one package of it", (_, status) => {
    const packages = packagesOf(BASE, [status]);
    expect(stated(packages)).toEqual(["ca@1", "openssl@3.5.0 hidden"]);
    expect(packages.hidings).toMatchObject([
      { packages: 1, names: ["openssl"], by: { layer: 1, way: "replaced" } },
    ]);
  });

  test("with another version than its files have", () => {
    const packages = packagesOf(BASE, [dpkgStatus("openssl@3.5.9", "ca@1")]);
    expect(stated(packages)).toEqual(["openssl@3.5.9", "ca@1", "openssl@3.5.0 hidden"]);
  });

  test("of images without dpkg, a file a package", () => {
    const base: readonly TarEntry[] = [
      { path: "usr/lib/libssl.so.3", content: elf("ssl") },
      { path: "var/lib/dpkg/status.d/libssl3", content: "Package: libssl3\nVersion: 3.0.1\n" },
      { path: "var/lib/dpkg/status.d/libssl3.md5sums", content: `${"0".repeat(32)}  usr/lib/libssl.so.3\n` },
      { path: "var/lib/dpkg/status.d/base", content: "Package: base\nVersion: 1\n" },
    ];
    const hidden = packagesOf(base, [{ path: "var/lib/dpkg/status.d/.wh.libssl3", content: "" }]);
    expect(stated(hidden)).toEqual(["base@1", "libssl3@3.0.1 hidden"]);
    const unlisted = packagesOf(base, [{ path: "var/lib/dpkg/status.d/.wh.base", content: "" }]);
    expect(stated(unlisted)).toEqual(["libssl3@3.0.1", "base@1 hidden"]);
  });

  test("after dpkg's lists of files were deleted too", () => {
    const packages = packagesOf(
      BASE,
      [{ path: "var/lib/dpkg/info/.wh.openssl.list", content: "" }],
      [dpkgStatus("ca@1")],
    );
    expect(stated(packages)).toEqual(["ca@1", "openssl@3.5.0 hidden"]);
  });
});

describe("what is gone is not hidden", () => {
  const gone = ["usr/bin/.wh.openssl", "usr/lib/.wh.libssl.so.3", "usr/lib/.wh.libcrypto.so.3"];

  test("a package that was removed: its files went with it", () => {
    const packages = packagesOf(BASE, [...gone.map((path) => ({ path, content: "" })), dpkgStatus("ca@1")]);
    expect([stated(packages), packages.hidings]).toEqual([["ca@1"], []]);
  });

  test("a package that was upgraded: its files came anew", () => {
    const packages = packagesOf(BASE, [
      ...FILES.map((path) => ({ path: path.slice(1), content: elf(`${path} new`), mode: 0o755 })),
      dpkgStatus("openssl@3.5.9", "ca@1"),
      dpkgList("openssl", ...FILES),
    ]);
    expect(stated(packages)).toEqual(["openssl@3.5.9", "ca@1"]);
    expect(packages.executables.unowned).toBe(0);
  });

  test("a package whose files another one has by now", () => {
    const packages = packagesOf(BASE, [
      ...FILES.map((path) => ({ path: path.slice(1), content: elf(`${path} new`), mode: 0o755 })),
      dpkgStatus("openssl-t64@3.5.9", "ca@1"),
      dpkgList("openssl-t64", ...FILES),
    ]);
    expect(stated(packages)).toEqual(["openssl-t64@3.5.9", "ca@1"]);
  });

  test("a package without files that says nothing any more", () => {
    const packages = packagesOf([dpkgStatus("virtual@1", "ca@1")], [dpkgStatus("ca@1")]);
    expect(stated(packages)).toEqual(["ca@1"]);
  });
});

test("apk's database says which files are whose", () => {
  const database = (...names: readonly string[]): TarEntry => ({
    path: "lib/apk/db/installed",
    content: names.map((name) => `C:Q1x\nP:${name}\nV:1-r0\nF:usr/bin\nR:${name}\nR:${name}-2\n`).join("\n"),
  });
  const base = [
    ...["a", "a-2", "b", "b-2"].map((name) => ({ path: `usr/bin/${name}`, content: elf(name), mode: 0o755 })),
    database("a", "b"),
  ];
  expect(stated(packagesOf(base, [database("a")]))).toEqual(["a@1-r0", "b@1-r0 hidden"]);
  expect(stated(packagesOf(base, [{ path: "lib/apk/.wh.db", content: "" }]))).toEqual([
    "a@1-r0 hidden",
    "b@1-r0 hidden",
  ]);
  const removed = ["usr/bin/.wh.b", "usr/bin/.wh.b-2"].map((path) => ({ path, content: "" }));
  const packages = packagesOf(base, [...removed, database("a")]);
  expect([stated(packages), packages.executables.unowned]).toEqual([["a@1-r0"], 0]);
});

describe("packages of languages", () => {
  const npm: readonly TarEntry[] = [
    { path: "app/node_modules/@s/a/package.json", content: '{"name":"@s/a","version":"1.0.0"}' },
    { path: "app/node_modules/@s/a/lib/index.js", content: "x" },
    { path: "app/node_modules/@s/a/node_modules/b/package.json", content: '{"name":"b","version":"2.0.0"}' },
  ];

  test("npm: its manifest alone was deleted, or replaced by one that says nothing, or something else", () => {
    const path = "app/node_modules/@s/a";
    for (const layer of [
      [{ path: `${path}/.wh.package.json`, content: "" }],
      [{ path: `${path}/package.json`, content: "{}" }],
    ]) {
      const packages = packagesOf(npm, layer);
      // A folder with an empty manifest is still a package named after the folder.
      expect(stated(packages).filter((one) => one !== "a@")).toEqual(["b@2.0.0", "a@1.0.0 hidden"]);
      expect(packages.hidings).toMatchObject([{ names: ["@s/a"] }]);
    }
    const renamed = { path: `${path}/package.json`, content: '{"name":"@s/a","version":"1.0.9"}' };
    expect(stated(packagesOf(npm, [renamed]))).toEqual(["b@2.0.0", "a@1.0.9", "a@1.0.0 hidden"]);
  });

  test("npm: a package that was removed, or upgraded, is not hidden", () => {
    expect(stated(packagesOf(npm, [{ path: "app/node_modules/@s/.wh.a", content: "" }]))).toEqual([]);
    const upgraded = npm.map(({ path }) => ({ path, content: '{"name":"@s/a","version":"9.0.0"}' }));
    expect(stated(packagesOf(npm, upgraded))).not.toContain("a@1.0.0 hidden");
  });

  test("Python: by RECORD, or by the directory of its name", () => {
    const site = "usr/lib/python3/dist-packages";
    const base: readonly TarEntry[] = [
      { path: `${site}/yaml/__init__.py`, content: "x" },
      { path: `${site}/PyYAML-6.0.dist-info/METADATA`, content: "Name: PyYAML\nVersion: 6.0\n" },
      {
        path: `${site}/PyYAML-6.0.dist-info/RECORD`,
        content: 'yaml/__init__.py,sha256=x,1\n"PyYAML-6.0.dist-info/METADATA",,\n../../../bin/y,,\n',
      },
      { path: `${site}/flask_login/__init__.py`, content: "x" },
      { path: `${site}/Flask_Login-1.0.egg-info/PKG-INFO`, content: "Name: Flask-Login\nVersion: 1.0\n" },
    ];
    const layer = ["PyYAML-6.0.dist-info", "Flask_Login-1.0.egg-info"].map((name) => ({
      path: `${site}/.wh.${name}`,
      content: "",
    }));
    expect(stated(packagesOf(base, layer))).toEqual(["pyyaml@6.0 hidden", "flask-login@1.0 hidden"]);
    const modules = ["yaml", "flask_login"].map((name) => ({ path: `${site}/.wh.${name}`, content: "" }));
    expect(stated(packagesOf(base, [...layer, ...modules]))).toEqual([]);
  });

  test("Ruby, PHP, .NET, Java's runtime: by the directory that is theirs", () => {
    const base: readonly TarEntry[] = [
      {
        path: "gems/specifications/rack-3.1.8.gemspec",
        content: 's.name = "rack".freeze\ns.version = "3.1.8".freeze\n',
      },
      { path: "gems/gems/rack-3.1.8/lib/rack.rb", content: "x" },
      {
        path: "app/vendor/composer/installed.json",
        content: '[{"name":"a/b","version":"1.0"},{"name":"a/gone","version":"1.0"}]',
      },
      { path: "app/vendor/a/b/b.php", content: "x" },
      { path: "srv/web.deps.json", content: '{"libraries":{"Json/13.0.3":{"type":"package"}}}' },
      { path: "srv/Json.dll", content: "x" },
      { path: "opt/java/release", content: 'JAVA_VERSION="21.0.5"\n' },
      { path: "opt/java/lib/modules", content: "x" },
    ];
    const layer = [
      "gems/specifications/.wh.rack-3.1.8.gemspec",
      "app/vendor/.wh.composer",
      "srv/.wh.web.deps.json",
      "opt/java/.wh.release",
    ].map((path) => ({ path, content: "" }));
    expect(stated(packagesOf(base, layer)).toSorted()).toEqual([
      "Json@13.0.3 hidden",
      "b@1.0 hidden",
      "openjdk@21.0.5 hidden",
      "rack@3.1.8 hidden",
    ]);
    const smaller = { path: "app/vendor/composer/installed.json", content: '[{"name":"c/d","version":"1"}]' };
    expect(stated(packagesOf(base, [smaller]))).toContain("b@1.0 hidden");
  });

  test("a jar that is deleted is gone", () => {
    const packages = packagesOf(
      [{ path: "app/a-1.0.jar", content: "PK" }],
      [{ path: "app/.wh.a-1.0.jar", content: "" }],
    );
    expect(stated(packages)).toEqual([]);
  });
});

test("no more lists are named than a bound, and no more packages of one; each component says it", () => {
  const count = LIMITS.hidingsNamed + 1;
  const folders = Array.from({ length: count }, (_, at) => `node_modules/p${at}`);
  const packages = packagesOf(
    folders.flatMap((folder) => [
      { path: `${folder}/package.json`, content: '{"name":"p","version":"1.0.0"}' },
      { path: `${folder}/index.js`, content: "x" },
    ]),
    folders.map((folder) => ({ path: `${folder}/.wh.package.json`, content: "" })),
  );
  expect(packages.hidings).toHaveLength(LIMITS.hidingsNamed);
  expect(packages.components.filter(({ hidden }) => hidden)).toHaveLength(count);
  const names = Array.from({ length: LIMITS.hiddenNamed + 1 }, (_, at) => `p${at}@1`);
  const [one] = packagesOf([dpkgStatus(...names)], [{ path: "var/lib/.wh.dpkg", content: "" }]).hidings;
  expect([one?.packages, one?.names.length]).toEqual([names.length, LIMITS.hiddenNamed]);
});
