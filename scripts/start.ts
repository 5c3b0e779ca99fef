// `npm start`: with arguments, douane itself; without, a demonstration on the example image.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildExample } from "../examples/build.ts";
import { languageOf } from "../src/cli/command-line/language.ts";

const ROOT = join(import.meta.dirname, "..");
const args = process.argv.slice(2);
const example = buildExample("portal");
buildExample("portal-fixed");

// npm runs scripts in the project's folder; the arguments' paths are meant from where the user is.
if (args.length > 0) process.exitCode = douane(args, process.env["INIT_CWD"] ?? ROOT);
else demonstrate();

function demonstrate(): void {
  const lang = languageOf({ argv: [], env: process.env });
  const command = `douane check ${example}`;
  const before = {
    fr: `Démonstration : une image d'exemple (examples/portal) passe le contrôle de la plateforme.\n$ ${command}\n`,
    en: `A demonstration: an example image (examples/portal) goes through the platform's check.\n$ ${command}\n`,
  };
  console.log(before[lang]);
  const exit = douane(["check", example], ROOT);
  const after = {
    fr: `\nUn pipeline aurait reçu le code de retour ${exit}. La même application corrigée : npm start -- check oci:examples/portal-fixed/image\nVotre image : npm start -- check IMAGE`,
    en: `\nA pipeline would have got exit code ${exit}. The same application put right: npm start -- check oci:examples/portal-fixed/image\nYour image: npm start -- check IMAGE`,
  };
  console.log(after[lang]);
  // Only a check that could not be made fails the demonstration.
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
