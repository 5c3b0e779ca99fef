// Writes dist/compiled/: the code that V8 compiled for the bundle's modules, from runs of their commands.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeLayout } from "../test/fixtures/image/layout.ts";
import { sampleImage } from "./compile/sample-image.ts";

const ROOT = join(import.meta.dirname, "..");
const BUNDLE = join(ROOT, "dist");
const MANIFEST = join(ROOT, "examples", "portal", "deploy", "portal.yaml");

const folder = mkdtempSync(join(tmpdir(), "douane-compile-"));
try {
  const layout = join(folder, "image");
  writeLayout(sampleImage(), layout, { ref: "1.0.0" });
  const image = `oci:${layout}:1.0.0`;
  const sbom = ["--output", join(folder, "sbom.json")];
  record([
    ["check", image],
    ["check", image, "--format", "json"],
    ["sbom", image, "--format", "cyclonedx", ...sbom],
    ["check", "--filename", MANIFEST, "--no-images"],
    ["--help"],
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the command lines in one process, with caches of its own. */
function record(lines: readonly (readonly string[])[]): void {
  const run = join(import.meta.dirname, "compile", "run.ts");
  const { status, signal, stderr, error } = spawnSync(
    process.execPath,
    [run, BUNDLE, JSON.stringify(lines)],
    {
      cwd: folder,
      env: { PATH: process.env["PATH"], XDG_CACHE_HOME: join(folder, "cache"), HOME: folder },
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
    },
  );
  if (status !== 0)
    throw error ?? new Error(`compilation ended with ${signal ?? `exit code ${status}`}: ${stderr}`);
}
