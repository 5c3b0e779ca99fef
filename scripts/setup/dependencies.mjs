import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run, SetupError } from "./run.mjs";

/** The Node that package-lock.json pins, as npm scripts find it first in PATH. */
export const LOCKED_NODE = join(ROOT, "node_modules", ".bin", "node");

const NPM_CI = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];

/** Runs `npm ci` if the installed packages differ from package-lock.json. */
export function installDependencies() {
  if (!installedAsLocked(ROOT)) run("npm", NPM_CI);
  assertLockedNode();
}

/**
 * Compares a folder's package-lock.json with npm's record of the installed packages.
 * @param {string} folder
 */
export function installedAsLocked(folder) {
  const locked = packagesOf(join(folder, "package-lock.json"));
  const installed = packagesOf(join(folder, "node_modules", ".package-lock.json"));
  if (locked === undefined || installed === undefined) return false;
  return Object.entries(locked).every(([path, { version, optional }]) => {
    if (path === "") return true;
    const found = installed[path];
    return found === undefined ? optional === true : found.version === version;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined; // Absent or half written: not installed.
  }
}

/** The `node` package fetches its binary in an install script: with ignore-scripts it stays empty. */
function assertLockedNode() {
  const expected = packagesOf(join(ROOT, "package-lock.json"))?.["node_modules/node"]?.version;
  const { stdout, error } = spawnSync(LOCKED_NODE, ["--version"], { encoding: "utf8" });
  const found = error === undefined ? stdout.trim() : "none";
  if (found === `v${expected}`) return;
  throw new SetupError(
    [
      `node_modules/.bin/node should be v${expected}, found: ${found}.`,
      "Its install script did not run (npm's ignore-scripts, or scripts not allowed). Run:",
      "  npm config get ignore-scripts    # must be false",
      "  npm ci --ignore-scripts=false",
    ].join("\n"),
  );
}
