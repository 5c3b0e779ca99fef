import { join } from "node:path";
import { build } from "rolldown";
import { benchDirectory } from "./cache.ts";

/** Bundles a program to be measured as douane is bundled, so that no type stripping counts. Gives the file. */
export async function bundle(input: string, name: string): Promise<string> {
  const file = join(benchDirectory(), name);
  await build({
    input,
    platform: "node",
    logLevel: "warn",
    output: {
      file,
      format: "cjs",
      codeSplitting: false,
      minify: { compress: true, mangle: false, codegen: true },
    },
  });
  return file;
}
