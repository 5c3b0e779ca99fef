import { deflateSync } from "node:zlib";
import { WantedContent } from "../../../src/evidence/layers/analyzers/wanted-content.ts";
import { LayerTask } from "../../../src/evidence/layers/read/layer-task.ts";
import { ImageBudget } from "../../../src/image/layer/budget.ts";
import { TAG } from "../../../src/sbom/catalogers/rpm/header.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { ndbDatabase, rpmHeader } from "../../../test/fixtures/rpm/database.ts";
import { zipOf } from "../../../test/fixtures/zip.ts";
import type { Target } from "../target.ts";

const HEADER = rpmHeader({ [TAG.name]: "bash", [TAG.version]: "5.2", [TAG.release]: "3", [TAG.epoch]: 1 });
const POM = { name: "META-INF/maven/g/a/pom.properties", content: "groupId=g\nartifactId=a\nversion=1\n" };
const MANIFEST = {
  name: "META-INF/MANIFEST.MF",
  content: 'Bundle-License: "MIT";link=x\nBundle-Version: 1\n',
};
const GO_INFO = `\xff Go buildinf:\x08\x02${"\0".repeat(16)}\x08go1.24.4\x39${"s".repeat(16)}mod\tex.org/a\t(devel)\t\ndep\tb\tv1\t\n${"s".repeat(16)}`;

const FILES: readonly (readonly [path: string, content: string | Buffer])[] = [
  ["var/lib/dpkg/status", "Package: a\nStatus: install ok installed\nSource: b (1)\nVersion: 1:1.0\n\n"],
  ["lib/apk/db/installed", "P:a\nV:1.0\nL:MIT\no:b\nF:usr/bin\nR:a\n\n"],
  ["var/lib/rpm/Packages.db", ndbDatabase([HEADER, HEADER])],
  ["var/lib/rpmmanifest/container-manifest-2", "a\t1-1\t1\t1\tx\t(none)\t1\tx86_64\t0\ta-1-1.src.rpm\n"],
  ["app/node_modules/@a/b/package.json", '{"name":"@a/b","version":"1.0.0","license":{"type":"MIT"}}'],
  [
    "usr/lib/python3/a-1.dist-info/METADATA",
    "Name: a\nVersion: 1\nClassifier: License :: OSI Approved :: MIT\n\n",
  ],
  [
    "usr/lib/ruby/specifications/a-1.gemspec",
    '  s.name = "a"\n  s.version = "1"\n  s.licenses = ["MIT".freeze]\n',
  ],
  ["app/vendor/composer/installed.json", '{"packages":[{"name":"a/b","version":"v1","license":["MIT"]}]}'],
  ["app/a.deps.json", '{"libraries":{"A/1.0":{"type":"package"}}}'],
  ["opt/conda/conda-meta/a-1.json", '{"name":"a","version":"1","channel":"x/main","files":["bin/a"]}'],
  ["app/a.jar", zipOf([POM, MANIFEST, { name: "lib/b.jar", content: zipOf([POM]) }])],
  [
    "app/rust",
    Buffer.concat([Buffer.alloc(64, "\x7fELF"), deflateSync('{"packages":[{"name":"a","version":"1"}]}')]),
  ],
  ["app/go", Buffer.from(`${"\0".repeat(64)}${GO_INFO}`, "latin1")],
  ["usr/local/bin/redis-server", Buffer.from(`\x008.0.2\0 \x008.0.2host-1789404730000\0${" ".repeat(64)}`)],
];

/** A file of a layer that states packages; its first byte selects the kind. */
export const packages: Target = {
  name: "packages",
  seeds: FILES.map(([, content], kind) => Buffer.concat([Buffer.from([kind]), Buffer.from(content)])),
  run(input) {
    const [path] = FILES[(input[0] ?? 0) % FILES.length] ?? ["app/x"];
    const { diffId, blob } = layerOf([{ path, content: input.subarray(1), mode: 0o755 }], "none");
    const request = { diffId, size: blob.length, asked: { packages: true } } as const;
    const task = new LayerTask(request, new WantedContent([]), new ImageBudget());
    task.push(blob);
    task.end();
    task.close();
  },
};
