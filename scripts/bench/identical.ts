// `node scripts/bench/identical.ts OTHER`: whether another checkout's bundle (a folder with bin/ and dist/)
// gives the bench's images the same reports and caches as this one's, byte for byte, in every storage form.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { largeImage, minbaseImage, mixedImage } from "./images/build.ts";
import { FORMS } from "./subjects.ts";

const OWN = join(import.meta.dirname, "..", "..");
const IMAGES = { minbase: minbaseImage, large: largeImage, mixed: mixedImage };
const COMMANDS = [
  ["check", "--format", "json"],
  ["check", "--format", "json", "--no-cache"],
  ["sbom", "--format", "cyclonedx"],
];

const [, , other] = process.argv;
if (other === undefined) throw new Error("which other bundle? give its folder");
const subjects = Object.entries(IMAGES).flatMap(([name, make]) => {
  const forms = make();
  const ofForm = (form: (typeof FORMS)[number]) =>
    COMMANDS.map((command) => ({ name, form, command, source: forms[form] }));
  return FORMS.flatMap(ofForm);
});
for (const { name, form, command, source } of subjects) {
  const line = [...command, source];
  const [mine, theirs] = [OWN, other].map((folder) => outcomeOf(folder, line));
  const isSame = JSON.stringify(mine) === JSON.stringify(theirs);
  if (!isSame) process.exitCode = 1;
  const files = Object.keys(mine?.cache ?? {}).length;
  const seen = isSame ? "identical" : "DIFFERENT";
  console.log(`${name}, ${form}, ${command.join(" ")}: ${seen} (${files} files of the cache)`);
}

/** Exit code, digests of the output and of every file of the cache. */
function outcomeOf(folder: string, line: readonly string[]) {
  const cache = mkdtempSync(join(tmpdir(), "douane-identical-"));
  try {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(folder, "bin/douane.cjs"), ...line],
      {
        env: { ...process.env, XDG_CACHE_HOME: cache, SOURCE_DATE_EPOCH: "1700000000" },
        maxBuffer: 1024 ** 3,
      },
    );
    return { status, stdout: digestOf(stdout), stderr: digestOf(stderr), cache: digestsBelow(cache) };
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

function digestsBelow(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).toSorted();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length), digestOf(readFileSync(path))]));
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
