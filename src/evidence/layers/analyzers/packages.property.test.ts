import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import type { PackagesFacts } from "../facts/facts.ts";
import { LayerTask } from "../read/layer-task.ts";
import { WantedContent } from "./wanted-content.ts";

function packagesOf(path: string, content: Uint8Array | string): PackagesFacts {
  const { diffId, blob } = layerOf([{ path, content, mode: 0o755 }], "none");
  const request = { diffId, size: blob.length, asked: { packages: true } } as const;
  const task = new LayerTask(request, new WantedContent([]), new ImageBudget());
  task.push(blob);
  const { packages } = task.end();
  task.close();
  if (packages === undefined) throw new Error("no facts");
  return packages;
}

/** A file of each kind that some cataloger reads, as it is when it is whole. */
const FILES: readonly (readonly [string, string])[] = [
  [
    "var/lib/dpkg/status",
    "Package: a\nStatus: install ok installed\nVersion: 1.0\n\nPackage: b\nStatus: install ok installed\nVersion: 2\n",
  ],
  ["var/lib/dpkg/status.d/a", "Package: a\nVersion: 1.0\n"],
  ["lib/apk/db/installed", "P:a\nV:1.0\nL:MIT\n\nP:b\nV:2\n\n"],
  ["var/lib/rpmmanifest/container-manifest-2", "a\t1-1\t1\t1\tx\t(none)\t1\tx86_64\t0\ta-1-1.src.rpm\n"],
  ["var/lib/rpm/Packages", ""],
  ["usr/lib/sysimage/rpm/rpmdb.sqlite", "SQLite format 3\0"],
  ["app/node_modules/a/package.json", '{"name":"a","version":"1.0.0","license":"MIT"}'],
  [
    "usr/lib/python3/dist-packages/a-1.dist-info/METADATA",
    "Metadata-Version: 2.1\nName: a\nVersion: 1\nLicense: MIT\n\nText\n",
  ],
  [
    "usr/lib/ruby/gems/specifications/a-1.gemspec",
    'Gem::Specification.new do |s|\n  s.name = "a"\n  s.version = "1"\n',
  ],
  [
    "app/vendor/composer/installed.json",
    '{"packages":[{"name":"a/b","version":"1"},{"name":"a/c","version":"2"}]}',
  ],
  ["app/a.deps.json", '{"libraries":{"A/1.0":{"type":"package"}}}'],
  ["opt/conda/conda-meta/a-1.json", '{"name":"a","version":"1","files":["bin/a"]}'],
  ["opt/java/release", 'JAVA_VERSION="21.0.8"\n'],
  ["usr/local/bin/redis-server", "\x7fELF"],
  ["usr/local/bin/program", "\x7fELF"],
  ["app/a.jar", "PK\x03\x04"],
  ["etc/os-release", "ID=debian\n"],
];

describe.each(FILES)("%s", (path, whole) => {
  test("of any content gives packages with names of packages, or is said not to be read", () => {
    const part = fc.tuple(fc.nat(whole.length), fc.uint8Array({ maxLength: 60 }), fc.nat(whole.length));
    fc.assert(
      fc.property(part, ([from, bytes, to]) => {
        const content = Buffer.concat([
          Buffer.from(whole.slice(0, from)),
          bytes,
          Buffer.from(whole.slice(to)),
        ]);
        for (const { packages } of packagesOf(path, content).lists) {
          for (const { name, version } of packages) {
            expect(name).toMatch(/^\P{Cc}{1,1000}$/u);
            expect(version).toMatch(/^\P{Cc}{0,1000}$/u);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  [
    "var/lib/dpkg/status",
    "Package: a\nStatus: install ok installed\nVersion: 1.0\n\nPackage: b\nStatus: inst",
  ],
  ["lib/apk/db/installed", "P:a\nV:1.0\n\nP:b\n"],
  ["app/vendor/composer/installed.json", '{"packages":[{"name":"a/b","version":"1"},{"na'],
  ["app/node_modules/a/package.json", '{"name":"\\u001b[31ma","version":"1.0.0"}'],
  ["app/node_modules/a/package.json", '{"name":"a","version":"1.0.0\\n2"}'],
  ["var/lib/rpmmanifest/container-manifest-2", "a\t1-1\t1\t1\tx\t(none)\t1\tx8"],
])("%s with %j is no whole list: at most its readable packages count", (path, content) => {
  const { lists, unread } = packagesOf(path, content);
  const readable = /(?:status|installed)$/.test(path) ? [["a"]] : [];
  expect(lists.map(({ packages }) => packages.map(({ name }) => name))).toEqual(readable);
  expect(unread).toMatchObject([{ why: "damaged" }]);
});

test("a program whose section table is absurd is read all the same", () => {
  const list = deflateSync('{"packages":[{"name":"serde","version":"1.0.219"}]}');
  const content = (table: number) =>
    Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01"), Buffer.alloc(57, table), list]);
  for (const table of [0, 0x7f, 0xff]) {
    const { lists, unread } = packagesOf("app/program", content(table));
    expect([lists[0]?.packages, unread]).toEqual([
      [{ type: "cargo", name: "serde", version: "1.0.219" }],
      [],
    ]);
  }
});

test("100,000 packages in one status are read", () => {
  const paragraph = (_: unknown, at: number) =>
    `Package: package-${at}\nStatus: install ok installed\nArchitecture: amd64\nSource: s\nVersion: 1:${at}-1\nDescription: x\n x\n`;
  const { lists } = packagesOf("var/lib/dpkg/status", Array.from({ length: 100_000 }, paragraph).join("\n"));
  expect(lists[0]?.packages).toHaveLength(100_000);
});
