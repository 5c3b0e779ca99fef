import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Node strips types by WebAssembly, also in the threads that read layers, and V8 crashes now and
    // then where several do (nodejs/node#64500): one run of their tests in ten to forty on a busy
    // machine. What Node has kept is not stripped again. The bundle needs no stripping.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules", ".cache", "node") },
    coverage: {
      provider: "v8",
      include: ["src/contract/**", "src/shell/**", "src/start/**", "src/rules/**", "src/report/**"],
      exclude: [
        "**/*.test.ts",
        "**/__goldens__/**",
        "src/report/report.ts",
        "src/start/startable-image.ts",
        "src/contract/{evidence,file-selector,finding,image-facts,limits,pod-facts,text}.ts",
      ],
      thresholds: { statements: 100, branches: 100, functions: 100, lines: 100 },
    },
  },
});
