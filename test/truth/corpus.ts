import { globSync } from "node:fs";
import { basename, join } from "node:path";
import type { Case, Cases } from "./case.ts";

/** Folders of the cases made beside the code, and of the cases labelled before the tool had seen them. */
const FOLDERS = { "": "cases", "independent/": "independent" };

/** A case with its file. */
export interface Entry extends Case {
  readonly topic: string;
}

/** All cases, by topic, each topic in the order in which it is written. */
export async function corpus(): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const [prefix, folder] of Object.entries(FOLDERS)) {
    const cwd = join(import.meta.dirname, folder);
    for (const file of globSync("*.ts", { cwd }).sort()) {
      const { cases } = (await import(join(cwd, file))) as { readonly cases: Cases };
      entries.push(...cases.map((one) => ({ ...one, topic: `${prefix}${basename(file, ".ts")}` })));
    }
  }
  return entries;
}
