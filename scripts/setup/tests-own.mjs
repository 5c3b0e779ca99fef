import { join } from "node:path";
import { installedAsLocked } from "./dependencies.mjs";
import { ROOT, run } from "./run.mjs";

/** The other Node versions that the built artefact is tried on; a validator of SARIF that is not ours; a code scanner whose reports are read; packages with known vulnerabilities. */
const FOLDERS = ["node-versions", "sarif-validator", "scanners", "vulnerable-packages"];

/**
 * Installs packages that only tests need, each locked by its own package-lock.json, so that `npm start` does
 * not wait for them.
 */
export function installTestsOwn() {
  for (const folder of FOLDERS.map((name) => join(ROOT, "test", name))) {
    if (installedAsLocked(folder)) continue;
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
  }
}
