import { lstatSync } from "node:fs";
import { resolve } from "node:path";
import { type Inputs, inputsOf } from "../../assess/run/inputs.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Problems } from "../check/problems.ts";
import type { Context } from "../process/context.ts";

/** Files to fix; operands that are neither file nor folder become problems. */
export async function fixInputs(
  operands: readonly string[],
  { cwd }: Context,
  problems: Problems,
): Promise<Inputs> {
  if (operands.length === 0) throw nothingToFix();
  const present: string[] = [];
  for (const operand of operands) {
    if (operand === "-" || isThere(resolve(cwd, operand))) present.push(operand);
    else await problems.failed({ kind: "file", file: operand }, notFound(operand));
  }
  const inputs = await inputsOf(present, [], cwd);
  // An existing file counts as a manifest, whatever its name.
  return { ...inputs, manifests: [...inputs.manifests, ...inputs.images], images: [] };
}

/** Whether a file exists. A file without read permission counts, too; reading it reports the error. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function notFound(name: string): UsageError {
  return new UsageError("manifest-not-found", {
    fr: `Fichier ou répertoire ${quoted(name)} introuvable. fix corrige des manifestes et des Dockerfiles, pas des images.`,
    en: `No file or folder ${quoted(name)}. fix corrects manifests and Dockerfiles, not images.`,
  });
}

function nothingToFix(): UsageError {
  return new UsageError("file-missing", {
    fr: "Rien à corriger. Nommer des manifestes ou un Dockerfile, par exemple « douane fix deploiement/ », ou « - » pour l'entrée standard.",
    en: "Nothing to fix. Name manifests or a Dockerfile, for example `douane fix deploy/`, or `-` for standard input.",
  });
}
