import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { build } from "rolldown";
import { benchDirectory } from "../cache.ts";
import { layersOf } from "../layers.ts";
import type { Subject } from "../measure.ts";
import { BenchError } from "../run.ts";

/** Bundled as douane is, so that no type stripping counts. */
export async function bundleFloor(): Promise<string> {
  const file = join(benchDirectory(), "floor.js");
  await build({
    input: join(import.meta.dirname, "main.ts"),
    platform: "node",
    logLevel: "warn",
    output: { file, format: "esm" },
  });
  return file;
}

/** The floor of one image; each run must find what the image declares. */
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
