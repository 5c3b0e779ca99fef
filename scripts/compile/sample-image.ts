import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { portalImage } from "../../examples/portal/image.ts";
import type { TarEntry } from "../../src/image/tar/write.ts";
import { type ImageValue, withLayer } from "../../test/fixtures/image/image.ts";
import { layerOf } from "../../test/fixtures/image/layer.ts";
import { zipOf } from "../../test/fixtures/zip.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Locked dependencies: a tree of packages, text, code and documentation in them. */
const PACKAGES = ["commander", "js-yaml", "zod", "yaml", "saxes", "undici"];
const TEXT = "Static text of a manual page, as a distribution compresses it.\n".repeat(200);

/** An image with what most images hold, so that reading it runs most of the code that reads images. */
export function sampleImage(): ImageValue {
  const system = layerOf([...debian(), ...python(), ...java(), program()], "none");
  const application = layerOf([...packages(), ...settings()], "gzip");
  const others = layerOf([...python(), ...settings()], "zstd");
  return withLayer(withLayer(withLayer(portalImage(), system), application), others);
}

function debian(): readonly TarEntry[] {
  const names = ["base-files", "libc6", "openssl", "tzdata", "zlib1g"];
  const status = names.map(
    (name) =>
      `Package: ${name}\nStatus: install ok installed\nMaintainer: Debian\nArchitecture: amd64\nVersion: 1:2.0-${name.length}+deb13u1\nDescription: ${name}\n`,
  );
  return [
    { path: "etc/os-release", content: 'ID=debian\nVERSION_ID="13"\nPRETTY_NAME="Debian GNU/Linux 13"\n' },
    { path: "etc/debian_version", content: "13.1\n" },
    { path: "etc/passwd", content: "root:x:0:0:root:/root:/bin/sh\napp:x:1001:1001::/:/bin/sh\n" },
    { path: "bin", type: "symlink", link: "usr/bin" },
    { path: "usr/bin/dash", mode: 0o755, content: "\u007fELF" },
    { path: "usr/bin/sh", type: "symlink", link: "dash" },
    { path: "usr/bin/passwd", mode: 0o4755, content: "\u007fELF" },
    { path: "usr/bin/ldd", mode: 0o755, content: '#!/bin/sh\nexec /lib64/ld.so --list "$@"\n' },
    { path: "var/lib/dpkg/status", content: `${status.join("\n")}\n` },
    ...names.flatMap((name): TarEntry[] => [
      { path: `usr/share/doc/${name}/changelog.Debian.gz`, content: gzipSync(`${name}\n${TEXT}`) },
      { path: `usr/share/doc/${name}/copyright`, content: TEXT },
      { path: `var/lib/dpkg/info/${name}.list`, content: `/.\n/usr/share/doc/${name}/copyright\n` },
      {
        path: `var/lib/dpkg/info/${name}.md5sums`,
        content: `d41d8cd98f00b204e9800998ecf8427e  usr/share/doc/${name}/copyright\n`,
      },
    ]),
  ];
}

function python(): readonly TarEntry[] {
  const folder = "usr/lib/python3/dist-packages";
  return [
    {
      path: `${folder}/requests-2.32.3.dist-info/METADATA`,
      content: "Metadata-Version: 2.1\nName: requests\nVersion: 2.32.3\nLicense: Apache-2.0\n",
    },
    { path: `${folder}/requests-2.32.3.dist-info/RECORD`, content: "requests/__init__.py,,\n" },
    { path: `${folder}/requests/__init__.py`, content: 'import os\n\nTOKEN = os.environ["TOKEN"]\n' },
  ];
}

function java(): readonly TarEntry[] {
  const content = "groupId=org.example\nartifactId=portal\nversion=1.2.3\n";
  const inner = zipOf([{ name: "META-INF/maven/org.example/portal/pom.properties", content }]);
  const manifest = { name: "META-INF/MANIFEST.MF", content: "Manifest-Version: 1.0\n" };
  const properties = { name: "application.properties", content: "spring.datasource.password=${PASSWORD}\n" };
  const jar = zipOf([manifest, properties, { name: "BOOT-INF/lib/portal.jar", content: inner, method: 0 }]);
  return [{ path: "app/portal.jar", content: jar }];
}

/** Node itself: a long program, whose layer is above the size from which threads read. */
function program(): TarEntry {
  return { path: "usr/local/bin/node", mode: 0o755, content: readFileSync(process.execPath) };
}

function settings(): readonly TarEntry[] {
  return [
    { path: "app/.env.example", content: "DATABASE_URL=postgres://app@db/app\nPASSWORD=\n" },
    { path: "app/config/settings.yaml", content: "server:\n  port: 8080\n  log: stdout\n" },
    { path: "app/config/nginx.conf", content: "server { listen 8080; location / { root /app; } }\n" },
    { path: "app/package.json", content: '{"name":"portal","version":"1.0.0","private":true}' },
    { path: "app/start.sh", mode: 0o755, content: '#!/bin/sh\nset -e\nexec node "$@" server.js\n' },
    { path: "app/.wh.old", content: "" },
  ];
}

function packages(): readonly TarEntry[] {
  return PACKAGES.flatMap((name) => filesBelow(`node_modules/${name}`));
}

function filesBelow(folder: string): readonly TarEntry[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).toSorted();
  return names.flatMap((name): TarEntry[] => {
    const path = `${folder}/${name}`;
    if (!statSync(join(ROOT, path)).isFile()) return [];
    return [{ path: `app/${path}`, content: readFileSync(join(ROOT, path)) }];
  });
}
