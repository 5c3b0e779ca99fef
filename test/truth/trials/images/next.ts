import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Recipe } from "../application.ts";

/** Builds /app, with Next installed, and keeps only the output of `output: "standalone"`. */
export function buildNext(app: string, files: NonNullable<Recipe["files"]>): void {
  const sources = mkdtempSync(join(tmpdir(), "douane-next-"));
  renameSync(join(app, "node_modules"), join(app, "..", "node_modules"));
  rmSync(app, { recursive: true });
  cpSync(join(app, "..", "node_modules"), join(sources, "node_modules"), {
    recursive: true,
    verbatimSymlinks: true,
  });
  rmSync(join(app, "..", "node_modules"), { recursive: true });
  for (const [path, file] of Object.entries(files)) {
    const target = join(sources, path.replace(/^\/app\//, ""));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, typeof file === "string" ? file : file.content);
  }
  const next = join(sources, "node_modules", "next", "dist", "bin", "next");
  const { status } = spawnSync("nice", [process.execPath, next, "build"], {
    cwd: sources,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (status !== 0) throw new Error(`next build ended with ${status}`);
  cpSync(join(sources, ".next", "standalone"), app, { recursive: true, verbatimSymlinks: true });
  cpSync(join(sources, ".next", "static"), join(app, ".next", "static"), { recursive: true });
  rmSync(sources, { recursive: true });
}
