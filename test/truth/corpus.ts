import { globSync } from "node:fs";
import { basename, join } from "node:path";
import type { Case, Cases } from "./case.ts";

const FOLDER = join(import.meta.dirname, "cases");

/** A case with the file that it stands in. */
export interface Entry extends Case {
  readonly topic: string;
}

/** All cases, by topic, each topic in the order in which it is written. */
export async function corpus(): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const file of globSync("*.ts", { cwd: FOLDER }).sort()) {
    const { cases } = (await import(join(FOLDER, file))) as { readonly cases: Cases };
    entries.push(...cases.map((one) => ({ ...one, topic: basename(file, ".ts") })));
  }
  return entries;
}
