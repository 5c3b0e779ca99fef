import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import { entryName } from "../cache/layer-entry.ts";
import { LayerTask } from "../read/layer-task.ts";
import { ALL } from "./asked.ts";
import { PACKAGE_READERS, readersVersion } from "./package-readers.ts";
import { ANALYZER_NAMES, VERSIONS } from "./versions.ts";
import { WantedContent } from "./wanted-content.ts";

/** Version of each analyzer, and a hash of its facts for the layer below: 16 digits of SHA-256. */
const KNOWN: Readonly<Record<string, string>> = {
  entries: "2 63d49869dc48836f",
  files: "2.2.29 9247fe2876f8e09c",
  scripts: "2.5.29 55a3064f6e40f01e",
  secrets: "2.25.29 83f4f1213c56f324",
  packages: "2.21.29 c0ef0a2c4cbec2d3",
};

/** Parts of secrets, so that the sources contain none. */
const [WORD, TOKEN] = ["Hn7-kd82", "2mZ8kQx7Vb4TnR6yLw1c"];

/** A layer with one file of each kind that an analyzer treats specially. */
const LAYER = layerOf(
  [
    { path: "etc/passwd", content: "root:x:0:0:root:/root:/bin/sh\n" },
    { path: "app/", type: "directory", mode: 0o755, uid: 1_000 },
    { path: "app/.env", content: `DB_PASSWORD=${WORD}_LqX4vB\nPORT=8080\n` },
    { path: "app/url.conf", content: `DATABASE_URL=postgres://app:${WORD}@db.internal/app\n` },
    {
      path: "root/.npmrc",
      content: `//registry.npmjs.org/:_authToken=npm_${TOKEN}Jd9sHf3gPa0uEeXo\n`,
    },
    { path: "home/a/.netrc", content: `machine a login b password ${WORD}_Lq\n` },
    { path: "app/long.conf", content: "0123456789".repeat(50) },
    { path: "app/broken.conf", content: Uint8Array.of(0x61, 0xff, 0x62) },
    { path: "app/start", content: "#!/bin/sh\nexec node server.js\n", mode: 0o755 },
    { path: "app/lib.sh", content: "export A=1\n" },
    { path: "usr/bin/which", content: "#!/bin/sh\n", mode: 0o755 },
    { path: "usr/bin/ls", content: "\x7fELF", mode: 0o4755 },
    { path: "app/node_modules/x/run.sh", content: "#!/bin/sh\n", mode: 0o755 },
    { path: "app/link.conf", type: "symlink", link: "url.conf" },
    { path: "app/hard.conf", hardLink: "app/url.conf" },
    { path: "app/node_modules/x/package.json", content: '{"name":"x","version":"1.0.0","license":"MIT"}' },
    { path: "etc/os-release", content: "ID=debian\nVERSION_ID=13\n" },
    {
      path: "var/lib/dpkg/status",
      content: "Package: libc6\nStatus: install ok installed\nSource: glibc\nVersion: 2.41-12\n",
    },
    {
      path: "usr/bin/su",
      content: "\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0".padEnd(64, "\0"),
      mode: 0o4755,
    },
    { path: "var/lib/dpkg/info/libc6.list", content: "/.\n/bin\n/bin/su\n/lib\n/lib/libc.so.6\n" },
    { path: "etc/apt/sources.list", content: "deb https://a:b@repo.example.com/debian stable main\n" },
    { path: "app/.wh.gone", content: "" },
    { path: "srv/.wh..wh..opq", content: "" },
  ],
  "none",
);
const SELECTORS = [
  { paths: ["/etc/passwd"], content: 1_000 },
  { suffixes: [".conf"], scope: "layers" as const, content: 100 },
  { anyMode: 0o6000 },
];

test("an analyzer that makes something else of a layer has another version", () => {
  const { diffId, blob } = LAYER;
  const request = { diffId, size: blob.length, asked: ALL };
  const task = new LayerTask(request, new WantedContent(SELECTORS), new ImageBudget());
  task.push(blob);
  const facts = task.end();
  task.close();
  const made = ANALYZER_NAMES.map((name) => {
    const hash = createHash("sha256").update(JSON.stringify(facts[name])).digest("hex").slice(0, 16);
    // Readers of packages have a test of their own.
    return [name, `${VERSIONS[name].replace(`.${readersVersion(PACKAGE_READERS)}`, "")} ${hash}`];
  });
  // If only the hash differs, increment the version in versions.ts, then update both here: otherwise cached
  // facts of the previous version would be used.
  expect(Object.fromEntries(made)).toEqual(KNOWN);
});

test("an entry of another version has another name", () => {
  const layer = { diffId: LAYER.diffId, size: 1 };
  const names = ANALYZER_NAMES.map((name) => entryName(layer, name));
  for (const [index, name] of ANALYZER_NAMES.entries()) {
    expect(names[index]).toContain(`"analyzer":"${name}","version":"${VERSIONS[name]}"`);
  }
  expect(new Set(names).size).toBe(ANALYZER_NAMES.length);
});
