import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["src/contract/**", "src/shell/**", "src/rules/**", "src/report/**"],
      exclude: [
        "**/*.test.ts",
        "**/__goldens__/**",
        "src/report/report.ts",
        "src/contract/{evidence,file-selector,finding,image-facts,limits,pod-facts,text}.ts",
      ],
      thresholds: { statements: 100, branches: 100, functions: 100, lines: 100 },
    },
  },
});
