import { defineConfig } from "rolldown";

/** What users run: one chunk per command, loaded when the command is; layers are read in threads of their own. */
export default defineConfig({
  input: {
    douane: "src/cli/main.ts",
    "layer-worker": "src/evidence/layers/worker.ts",
  },
  platform: "node",
  output: {
    dir: "dist",
    format: "esm",
    cleanDir: true,
    chunkFileNames: "chunk-[name].js",
    // Names stay: a stack trace in a bug report says something, and starting takes as long (measured).
    minify: { compress: true, mangle: false, codegen: true },
  },
});
