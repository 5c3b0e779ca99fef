import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { LOCKED_NODE } from "./dependencies.mjs";
import { ROOT, runSilently } from "./run.mjs";

const SOURCES = [
  "src",
  "scripts/compile",
  "scripts/compile.ts",
  "rolldown.config.ts",
  "package.json",
  "package-lock.json",
];

/** Bundles src/ into dist/, when a source is newer than the bundle. */
export function bundle() {
  const built = join(ROOT, "dist", "douane.cjs");
  if (existsSync(built) && statSync(built).mtimeMs >= newest(SOURCES)) return;
  runSilently(LOCKED_NODE, ["node_modules/rolldown/bin/cli.mjs", "-c", "rolldown.config.ts"]);
  runSilently(LOCKED_NODE, ["scripts/compile.ts"]);
}

/**
 * Time of the latest change in milliseconds; a folder's own time covers deleted files.
 * @param {readonly string[]} sources
 */
function newest(sources) {
  let last = 0;
  for (const source of sources) {
    const path = join(ROOT, source);
    const nested = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }) : [];
    for (const name of ["", ...nested]) last = Math.max(last, statSync(join(path, String(name))).mtimeMs);
  }
  return last;
}
