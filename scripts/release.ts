// `npm run release`: whether this checkout can be released, tried as its users will have it. Publishes
// nothing without --publish.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildExample } from "../examples/build.ts";
import { releaseProblems } from "./release/problems.ts";
import { pack, tryTarball } from "./release/tarball.ts";

const ROOT = join(import.meta.dirname, "..");
const { values } = parseArgs({ options: { publish: { type: "boolean", default: false } } });
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

const folder = mkdtempSync(join(tmpdir(), "douane-release-"));
try {
  buildExample("portal");
  const packed = pack(ROOT, folder);
  console.log(
    `douane-${version}.tgz: ${packed.paths.length} files, ${packed.bytes} bytes, ${packed.integrity}`,
  );
  const problems = [
    ...releaseProblems(ROOT),
    ...tryTarball(packed.file, folder, join(ROOT, "examples"), version),
  ];
  for (const problem of problems) console.log(`✗ ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  else if (values.publish) publish(packed.file);
  else
    console.log(
      `✓ ready: npm run release -- --publish, in a pipeline whose identity npm trusts, then git tag v${version}`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function publish(tarball: string): void {
  execFileSync("npm", ["publish", tarball, "--access", "public", "--provenance"], {
    cwd: ROOT,
    stdio: "inherit",
  });
}
