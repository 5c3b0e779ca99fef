// `npm start`: with arguments, douane itself; without, or with `demo`, a demonstration on an example.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildExample } from "../examples/build.ts";
import { languageOf } from "../src/cli/command-line/language.ts";
import { admittedApplication, type Demonstration, refusedImage } from "./demo.ts";

const ROOT = join(import.meta.dirname, "..");
const [first, ...rest] = process.argv.slice(2);
const lang = languageOf({ argv: rest, env: process.env });

if (first === undefined) demonstrate(refusedImage(lang));
else if (first === "demo") demonstrate(await admittedApplication(lang));
else {
  buildExample("portal");
  buildExample("portal-fixed");
  // npm runs scripts in the project's folder; the arguments' paths are meant from where the user is.
  process.exitCode = douane([first, ...rest], process.env["INIT_CWD"] ?? ROOT);
}

function demonstrate({ argv, before, after }: Demonstration): void {
  console.log(`${before}\n$ douane ${argv.join(" ")}\n`);
  const exit = douane([...argv, "--lang", lang], ROOT);
  console.log(`\n${after(exit)}`);
  // The demonstration fails only if the check could not be made.
  process.exitCode = exit <= 2 ? 0 : exit;
}

function douane(argv: readonly string[], cwd: string): number {
  const { status, signal } = spawnSync(process.execPath, [join(ROOT, "bin", "douane.cjs"), ...argv], {
    stdio: "inherit",
    cwd,
  });
  // Ended as it was, so that the shell and npm see the same.
  if (signal !== null) process.kill(process.pid, signal);
  return status ?? 1;
}
