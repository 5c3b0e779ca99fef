import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LayerFiles } from "./given.ts";

const MODULES = join(import.meta.dirname, "..", "..", "..", "node_modules");

/** The files of an installed npm package, byte for byte, as a layer holds them below `app/node_modules`. */
export function installed(...packages: readonly string[]): LayerFiles {
  return Object.fromEntries(
    packages.flatMap((name) =>
      filesBelow(join(MODULES, name)).map((path): [string, Uint8Array] => [
        `app/node_modules/${name}/${path}`,
        readFileSync(join(MODULES, name, path)),
      ]),
    ),
  );
}

function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => lstatSync(join(root, path)).isFile())
    .sort();
}
