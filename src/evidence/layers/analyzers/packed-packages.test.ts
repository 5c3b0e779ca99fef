import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { elf, packagesOf } from "../../../../test/fixtures/image-packages.ts";
import { zipOf } from "../../../../test/fixtures/zip.ts";
import type { TarEntry } from "../../../image/tar/write.ts";

function seen(...files: readonly TarEntry[]): readonly [readonly string[], readonly string[]] {
  const { components, unread } = packagesOf(files);
  return [
    components.map(({ cataloger, name, version }) => `${cataloger} ${name}@${version}`),
    unread.map(({ cataloger, path, inside = "", why }) => `${cataloger} ${path} ${inside} ${why}`),
  ];
}

const LODASH = {
  name: "node_modules/lodash/package.json",
  content: '{"name":"lodash","version":"4.17.15"}',
};
const FLASK = { name: "flask-3.0.0.dist-info/METADATA", content: "Name: Flask\nVersion: 3.0.0\n" };
const CACHED = "app/.yarn/cache/lodash-npm-4.17.15-30a1d4a6e7-b4a4.zip";

function tarball(...files: readonly TarEntry[]): Buffer {
  return gzipSync(layerOf(files, "none").blob);
}

describe("packages in archives", () => {
  test("yarn's cache: a zip a package", () => {
    expect(seen({ path: CACHED, content: zipOf([LODASH]) })).toEqual([["node-modules lodash@4.17.15"], []]);
  });

  test("a zip that breaks off is named", () => {
    const zip = zipOf([LODASH, { name: "x", content: "x".repeat(40_000) }]);
    const [, unread] = seen({ path: CACHED, content: zip.subarray(0, -30) });
    expect(unread).toEqual([`archive /${CACHED}  form`]);
  });

  test("a manifest in it that is none is named, the others count", () => {
    const content = zipOf([LODASH, { name: "node_modules/x/package.json", content: "{" }]);
    expect(seen({ path: CACHED, content })).toEqual([
      ["node-modules lodash@4.17.15"],
      [`node-modules /${CACHED} node_modules/x/package.json damaged`],
    ]);
  });

  test.each([
    ["app/portal.pex", 0o644],
    ["app/bin/portal", 0o755],
    ["app/portal.pyz", 0o644],
  ])("Python's applications in one file, behind the line of their interpreter: %s", (path, mode) => {
    const content = Buffer.concat([Buffer.from("#!/usr/bin/env python3\n"), zipOf([FLASK])]);
    expect(seen({ path, content, mode })).toEqual([["python flask@3.0.0"], []]);
  });

  test("a script without one is a script", () => {
    const content = "#!/usr/bin/env python3\nprint('PK')\n".padEnd(200);
    expect(seen({ path: "app/bin/portal", content, mode: 0o755 })).toEqual([[], []]);
  });

  test("what npm gives out", () => {
    const content = tarball({ path: "package/package.json", content: '{"name":"ms","version":"2.1.3"}' });
    expect(seen({ path: "app/ms-2.1.3.tgz", content })).toEqual([["npm-tarball ms@2.1.3"], []]);
  });

  test("a system's database in an archive is named, not read: it is of another system", () => {
    const content = tarball({ path: "var/lib/dpkg/status", content: "Package: a\nVersion: 1\n" });
    expect(seen({ path: "app/rootfs.tgz", content })).toEqual([
      [],
      ["dpkg /app/rootfs.tgz rootfs.tar!/var/lib/dpkg/status form"],
    ]);
  });
});

describe("archives where a distribution has its own", () => {
  const ZIP = zipOf([{ name: "a", content: Buffer.alloc(20_000, "x"), method: 0 }]);
  const DPKG = {
    path: "var/lib/dpkg/status",
    content: "Package: wheels\nStatus: install ok installed\nVersion: 1\n",
  };

  test.each(["usr/lib/portal/app.zip", "usr/share/portal/app.whl", "var/lib/portal/app.zip"])(
    "%s that no package brought is named",
    (path) => {
      expect(seen({ path, content: ZIP })[1]).toEqual([`archive /${path}  form`]);
    },
  );

  test("one that a package brought is its", () => {
    const files = [
      DPKG,
      { path: "var/lib/dpkg/info/wheels.list", content: "/.\n/usr/share/wheels/pip.whl\n" },
      { path: "usr/share/wheels/pip.whl", content: ZIP },
    ];
    expect(seen(...files)[1]).toEqual([]);
  });

  test.each([
    ["manuals", "usr/share/doc/a/examples.zip", ZIP],
    ["apk's scripts", "lib/apk/db/scripts.tar", ZIP],
    ["Java's sources", "usr/lib/jvm/java/lib/src.zip", ZIP],
    ["a small example", "usr/lib/python3/test/a.zip", ZIP.subarray(0, 200)],
    ["one that is none", "usr/lib/a/x.zip", Buffer.alloc(20_000, "x")],
    ["a compressed table", "usr/share/a/x.csv.gz", gzipSync(Buffer.from(ZIP))],
  ])("%s: %s is nobody's concern", (_, path, content) => {
    expect(seen({ path, content })[1]).toEqual([]);
  });

  test("they are no programs", () => {
    const { executables } = packagesOf([
      { path: "usr/lib/portal/app.zip", content: ZIP },
      { path: "usr/bin/x", content: elf("x"), mode: 0o755 },
    ]);
    expect(executables).toMatchObject({ count: 1, unowned: 1, largestUnowned: [{ path: "/usr/bin/x" }] });
  });
});

describe("what nothing here reads is named", () => {
  test("a folder once, an archive of PHP by its beginning", () => {
    expect(
      seen(
        { path: "app/bower_components/jquery/bower.json", content: "{}" },
        { path: "app/bower_components/vue/bower.json", content: "{}" },
        {
          path: "usr/bin/composer",
          content: "#!/usr/bin/env php\n<?php\nPhar::mapPhar('x');".padEnd(90),
          mode: 0o755,
        },
      )[1],
    ).toEqual(["bower /app/bower_components/jquery/bower.json  form", "phar /usr/bin/composer  form"]);
  });
});

test("Bitnami's document of a program states its packages, and is an SBOM", () => {
  const content = JSON.stringify({
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: "wordpress",
    documentNamespace: "https://example.org/wordpress",
    creationInfo: { created: "2024-01-01T00:00:00Z", creators: ["Organization: x"] },
    packages: [
      {
        SPDXID: "SPDXRef-a",
        name: "wordpress",
        versionInfo: "5.0.0-0",
        downloadLocation: "NOASSERTION",
        externalRefs: [
          {
            referenceCategory: "PACKAGE-MANAGER",
            referenceType: "purl",
            referenceLocator: "pkg:bitnami/wordpress@5.0.0-0?arch=amd64",
          },
        ],
      },
    ],
  });
  expect(seen({ path: "opt/bitnami/wordpress/.spdx-wordpress.spdx", content })).toEqual([
    ["bitnami-spdx wordpress@5.0.0"],
    [],
  ]);
});
