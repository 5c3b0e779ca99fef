import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TarEntry } from "../src/image/tar/write.ts";

/** The files of an example's app/ folder as they lie in its image. */
export function appFiles(example: string, folder: string, owner: Pick<TarEntry, "uid" | "gid">): TarEntry[] {
  const app = join(import.meta.dirname, example, "app");
  const files = readdirSync(app).toSorted((a, b) => (a < b ? -1 : 1));
  return [
    { path: `${folder}/`, type: "directory", ...owner },
    ...files.map((name) => ({
      path: `${folder}/${name}`,
      content: readFileSync(join(app, name)),
      ...owner,
    })),
  ];
}
