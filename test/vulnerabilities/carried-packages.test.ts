// Ways in which applications carry packages, each with a critical vulnerability in one of them: row 14 of an
// image that embeds its own SBOM is no where the list is read, and never yes where it is not.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LIMITS } from "../../src/contract/limits.ts";
import type { TarEntry } from "../../src/image/tar/write.ts";
import { douane } from "../fixtures/douane.ts";
import { emptyImage, type ImageValue, withConfig, withLayer } from "../fixtures/image/image.ts";
import { layerOf } from "../fixtures/image/layer.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { elf } from "../fixtures/image-packages.ts";
import { osvFillers, osvRecord } from "../fixtures/osv-records.ts";
import { zipOf } from "../fixtures/zip.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-carried-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...argv: readonly string[]) => douane(argv, { cwd, env: { DOUANE_DATA: join(cwd, "data") } });

const ECOSYSTEMS = ["npm", "PyPI", "Packagist", "RubyGems", "NuGet", "Maven", "Bitnami"];
const NAMES = [
  ["npm", "bad"],
  ["PyPI", "bad"],
  ["Packagist", "acme/bad"],
  ["RubyGems", "bad"],
  ["NuGet", "Bad"],
  ["NuGet", "Microsoft.NETCore.App.Runtime.linux-x64"],
  ["Maven", "org.acme:bad"],
  ["Bitnami", "wordpress"],
] as const;

beforeAll(async () => {
  const critical = {
    database_specific: { severity: "CRITICAL" },
    severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
  };
  const records = NAMES.map(([ecosystem, name], index) =>
    osvRecord(`GHSA-bad-${index}`, name, {
      ...critical,
      affected: [
        {
          package: { ecosystem, name },
          ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: "9.0.0" }] }],
          database_specific: { severity: "CRITICAL" },
        },
      ],
    }),
  );
  writeFileSync(join(cwd, "osv.json"), JSON.stringify([...records, ...osvFillers(...ECOSYSTEMS)]));
  const { exit } = await run("vulns", "import", "osv.json");
  if (exit !== 0) throw new Error(`the import ended with ${exit}`);
});

const NPM = '{"name":"bad","version":"1.0.0"}';
const PYTHON = { name: "bad-1.0.0.dist-info/METADATA", content: "Name: bad\nVersion: 1.0.0\n" };
/** Node as npm's package of it brings it: no distribution, and no end of support to know. */
const NODE: readonly TarEntry[] = [
  { path: "app/node_modules/node/package.json", content: '{"name":"node","version":"24.0.0"}' },
  { path: "app/node_modules/node/bin/node", content: elf("node"), mode: 0o755 },
];
const BUNDLE = `const http = require("node:http");\nvar __commonJS = (cb, mod) => 1;\n${"a();\n".repeat(200)}`;
const RUNTIME =
  '{"libraries":{"runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.0":{"type":"runtimepack"}}}';
const PNP = `const RAW_RUNTIME_STATE =\n'{"packageRegistryData":[["bad",[["npm:1.0.0",{}]]]]}';\n`;
const PHP = `<?php return array(\n    'versions' => array(\n        'acme/bad' => array(\n            'pretty_version' => '1.0.0',\n        ),\n    ),\n);\n`;
const BOWER: TarEntry = { path: "app/bower_components/bad/bower.json", content: "{}" };
const WALL = zstdCompressSync(
  '{"jsonwall":"1.0","count":2}\n{"kind":"package","name":"libbad1","version":"1.0","arch":"amd64"}\n',
);

const SITE = "app/venv/lib/python3.13/site-packages";

/** Wheels, each with a library that auditwheel copied beside it. */
function wheels(count: number): readonly TarEntry[] {
  return Array.from({ length: count }, (_, at) => `good${at}`).flatMap((name) => [
    { path: `${SITE}/${name}-1.0.0.dist-info/METADATA`, content: `Name: ${name}\nVersion: 1.0.0\n` },
    { path: `${SITE}/${name}-1.0.0.dist-info/RECORD`, content: `${name}.libs/libssl-1a2b.so.3,sha256=x,1\n` },
    { path: `${SITE}/${name}.libs/libssl-1a2b.so.3`, content: elf(name), mode: 0o755 },
  ]);
}

/** Classes of five projects in one jar, and what Maven says of some. */
function jarOf(stated: readonly string[]): Buffer {
  const roots = ["org/slf4j", "com/google", "io/netty", "org/yaml", "com/fasterxml"];
  const classes = roots.map((root) => ({ name: `${root}/A.class`, content: "\xca\xfe\xba\xbe" }));
  const poms = stated.map((group) => ({
    name: `META-INF/maven/${group}/x/pom.properties`,
    content: `groupId=${group}\nartifactId=x\nversion=1.0.0\n`,
  }));
  return zipOf([...classes, ...poms]);
}

let images = 0;

/** The answer of row 14 for an image of these files and an SBOM that douane made of it. */
async function answerOf(
  files: readonly TarEntry[],
  above: readonly TarEntry[] = [],
): Promise<string | undefined> {
  images += 1;
  const name = `image-${images}`;
  const plain: TarEntry = {
    path: "app/node_modules/good/package.json",
    content: '{"name":"good","version":"1.0.0"}',
  };
  const settings = { User: "1000", Entrypoint: ["node", "server.js"], WorkingDir: "/app" };
  const image = withConfig(withLayer(emptyImage(), layerOf([plain, ...files])), settings);
  put(name, image);
  await run("sbom", `oci:${name}:1`, "--format", "cyclonedx=sbom.cdx.json");
  const content = readFileSync(join(cwd, "sbom.cdx.json"));
  put(name, withLayer(image, layerOf([...above, { path: "usr/share/sbom/sbom.cdx.json", content }])));
  const { stdout } = await run("check", `oci:${name}:1`, "--format", "json");
  const { verdicts } = JSON.parse(stdout) as {
    readonly verdicts: readonly {
      readonly rows: readonly { readonly id: string; readonly answer: string }[];
    }[];
  };
  return verdicts[0]?.rows.find(({ id }) => id === "sbom")?.answer;
}

function put(name: string, image: ImageValue): void {
  writeLayout(image, join(cwd, name), { ref: "1" });
}

test.each<[string, string, readonly TarEntry[]]>([
  [
    "yarn's cache",
    "no",
    [
      {
        path: "app/.yarn/cache/bad-npm-1.0.0-0123456789-ab.zip",
        content: zipOf([{ name: "node_modules/bad/package.json", content: NPM }]),
      },
    ],
  ],
  ["yarn's list, whose cache lies elsewhere", "no", [{ path: "app/.pnp.cjs", content: PNP }]],
  ["Deno's cache", "no", [{ path: "deno-dir/npm/registry.npmjs.org/bad/1.0.0/package.json", content: NPM }]],
  ["Bun's cache", "no", [{ path: "root/.bun/install/cache/bad@1.0.0@@@1/package.json", content: NPM }]],
  [
    "a linked package",
    "no",
    [
      { path: "libs/bad/package.json", content: NPM },
      { path: "app/node_modules/bad", type: "symlink", link: "/libs/bad" },
    ],
  ],
  [
    "pex",
    "no",
    [
      {
        path: "app/portal.pex",
        content: Buffer.concat([Buffer.from("#!/usr/bin/python3\n"), zipOf([PYTHON])]),
        mode: 0o755,
      },
    ],
  ],
  [
    "a zipapp without an ending",
    "no",
    [
      {
        path: "app/portal",
        content: Buffer.concat([Buffer.from("#!/usr/bin/python3\n"), zipOf([PYTHON])]),
        mode: 0o755,
      },
    ],
  ],
  ["Composer's installed.php", "no", [{ path: "app/vendor/composer/installed.php", content: PHP }]],
  [
    "a gem from git",
    "no",
    [
      {
        path: "app/vendor/bundle/ruby/3.3.0/bundler/gems/bad-ae87d3bf0eac/bad.gemspec",
        content:
          'Gem::Specification.new do |s|\n  s.name = "bad".freeze\n  s.version = "1.0.0".freeze\nend\n',
      },
    ],
  ],
  [
    "NuGet's folder",
    "no",
    [
      {
        path: "root/.nuget/packages/bad/1.0.0/bad.nuspec",
        content: "<package><metadata><id>Bad</id><version>1.0.0</version></metadata></package>",
      },
    ],
  ],
  [".NET's runtime in a program", "no", [{ path: "app/web.deps.json", content: RUNTIME }]],
  [
    "Maven's properties elsewhere in a jar",
    "no",
    [
      {
        path: "app/app.jar",
        content: zipOf([
          { name: "org/acme/pom.properties", content: "groupId=org.acme\nartifactId=bad\nversion=1.0.0\n" },
          { name: "a/B.class", content: "x" },
        ]),
      },
    ],
  ],
  [
    "Bitnami's list",
    "no",
    [{ path: "opt/bitnami/.bitnami_components.json", content: '{"wordpress":{"version":"5.0.0-0"}}' }],
  ],
  [
    "chisel's manifest",
    "unproven",
    [
      { path: "etc/os-release", content: "ID=ubuntu\nVERSION_ID=24.04\n" },
      { path: "var/lib/chisel/manifest.wall", content: WALL },
    ],
  ],
  [
    "pacman",
    "unproven",
    [{ path: "var/lib/pacman/local/bad-1.0-1/desc", content: "%NAME%\nbad\n\n%VERSION%\n1.0-1\n" }],
  ],
  [
    "opkg",
    "unproven",
    [
      {
        path: "usr/lib/opkg/status",
        content: "Package: bad\nVersion: 1.0\nStatus: install user installed\n",
      },
    ],
  ],
  ["a bundle that is started", "unproven", [...NODE, { path: "app/server.js", content: BUNDLE }]],
  ["Bower", "unproven", [BOWER]],
  ["Bower, below the libraries of sixty wheels", "unproven", [...wheels(60), BOWER]],
  ["Deno's modules by address", "unproven", [{ path: "deno-dir/remote/https/deno.land/0123", content: "x" }]],
  [
    "phar",
    "unproven",
    [{ path: "app/tool.phar", content: "<?php Phar::mapPhar(); __HALT_COMPILER(); ?>".padEnd(90) }],
  ],
  [
    "an archive of nobody",
    "unproven",
    [
      {
        path: "usr/share/portal/app.zip",
        content: zipOf([{ name: "a", content: Buffer.alloc(20_000), method: 0 }]),
      },
    ],
  ],
  ["packages of Python without their list", "unproven", [{ path: `${SITE}/bad/__init__.py`, content: "" }]],
  [
    "packages of Composer without their list",
    "unproven",
    [{ path: "app/vendor/composer/autoload_real.php", content: "<?php" }],
  ],
  [
    "a jar that was shaded without its poms",
    "unproven",
    [{ path: "app/a.jar", content: jarOf(["fr.acme"]) }],
  ],
  ["a manifest of pnpm's cut short", "unproven", [{ path: "app/.pnp.cjs", content: PNP.slice(0, 30) }]],
])("%s: %s", async (_, answer, files) => {
  expect(await answerOf(files)).toBe(answer);
});

test("unproven: a list that lies beyond the bound, below lists that a later layer took away", async () => {
  const damaged = (path: string): TarEntry => ({ path: `${path}/package.json`, content: "{" });
  const taken = Array.from({ length: LIMITS.unreadListsPerLayer }, (_, at) =>
    damaged(`b/node_modules/p${at}`),
  );
  const above = [{ path: ".wh.b", content: "" }];
  expect(await answerOf(taken, above)).toBe("yes");
  expect(await answerOf([...taken, damaged("app/node_modules/bad")], above)).toBe("unproven");
});

test.each<[string, readonly TarEntry[]]>([
  ["nothing else", []],
  [
    "a manifest of the application, which has the name of somebody's package",
    [{ path: "app/package.json", content: NPM }],
  ],
  [
    "a bundle for browsers",
    [...NODE, { path: "app/public/app.js", content: BUNDLE.replace("node:http", "react") }],
  ],
  [
    "a source as people write it",
    [...NODE, { path: "app/server.js", content: 'require("node:http");\n'.repeat(40) }],
  ],
  ["the libraries of sixty wheels", wheels(60)],
  [
    "libraries that auditwheel copied",
    [
      { path: `${SITE}/good-1.0.0.dist-info/METADATA`, content: "Name: good\nVersion: 1.0.0\n" },
      { path: `${SITE}/good-1.0.0.dist-info/RECORD`, content: "good.libs/libssl-1a2b.so.3,sha256=x,1\n" },
      { path: `${SITE}/good.libs/libssl-1a2b.so.3`, content: elf("libssl"), mode: 0o755 },
    ],
  ],
  [
    "packages of Python with their list",
    [
      { path: `${SITE}/good/__init__.py`, content: "" },
      { path: `${SITE}/good-1.0.0.dist-info/METADATA`, content: "Name: good\nVersion: 1.0.0\n" },
    ],
  ],
  [
    "a jar that was shaded with its poms",
    [
      {
        path: "app/a.jar",
        content: jarOf(["fr.acme", "org.slf4j", "com.google", "io.netty", "org.yaml", "com.fasterxml"]),
      },
    ],
  ],
  ["a text about packages", [{ path: "app/desc", content: "%NAME%\nbad\n\n%VERSION%\n1.0-1\n" }]],
])("yes: %s", async (_, files) => {
  expect(await answerOf(files)).toBe("yes");
});
