import { lstatSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeFolders } from "../../../files/make-folders.ts";

/**
 * Creates links that give each shared library of the npm package the names that programs look up:
 * `libpq.so.5` for `libpq.so.5.18`. The package creates these links in an install script, which careful users
 * disable; the package's own folder may belong to another user.
 *
 * @param lib folder of the libraries
 * @param folder folder of the links, created if missing
 */
export function linkLibraries(lib: string, folder: string): void {
  makeFolders(folder, 0o755);
  for (const file of readdirSync(lib).filter((name) => /\.so(?:\.|$)/.test(name))) {
    for (const name of namesOf(file)) link(join(lib, file), join(folder, name));
  }
}

/** Names of a library, from `libx.so.5.18` to `libx.so`. */
function namesOf(file: string): readonly string[] {
  const [stem = "", versions = ""] = file.split(/(?<=\.so)(?=\.|$)/);
  const parts = versions.split(".").slice(1);
  return Array.from({ length: parts.length + 1 }, (_, count) => [stem, ...parts.slice(0, count)].join("."));
}

function link(target: string, path: string): void {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status?.isSymbolicLink() === true && readlinkSync(path) === target) return;
  rmSync(path, { force: true });
  symlinkSync(target, path);
}
