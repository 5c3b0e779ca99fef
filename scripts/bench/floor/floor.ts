import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { bundle } from "../bundle.ts";
import { benchDirectory } from "../cache.ts";
import { layersOf } from "../layers.ts";
import type { Subject } from "../measure.ts";
import { BenchError } from "../run.ts";

export function bundleFloor(): Promise<string> {
  return bundle(join(import.meta.dirname, "main.ts"), "floor.cjs");
}

/** The floor for one image; each run must find the declared digests. */
export async function floorSubject(name: string, program: string, source: string): Promise<Subject> {
  const { layers, declared } = await layersOf(source);
  const list = join(benchDirectory(), `${name.replaceAll(/\W+/g, "-")}.json`);
  writeFileSync(list, JSON.stringify(layers));
  return {
    name,
    command: [process.execPath, program, list],
    exits: [0],
    verify(stdout) {
      if (!isDeepStrictEqual(JSON.parse(stdout), declared)) throw new BenchError(`${name}: wrong digests`);
    },
  };
}
