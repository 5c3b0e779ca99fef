import { join } from "node:path";
import { installedAsLocked } from "./dependencies.mjs";
import { ROOT, run } from "./run.mjs";

const FOLDER = join(ROOT, "test", "node-versions");

/** The other Node versions that the built artefact is tried on, pinned by their own package-lock.json. */
export function installNodeVersions() {
  if (installedAsLocked(FOLDER)) return;
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: FOLDER });
}
