import { randomUUID } from "node:crypto";
import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/**
 * Writes a file whole or not at all: beside it first, then renamed. Links are followed, an existing
 * file keeps its mode; a device or pipe is written to, never replaced. An UnavailableError
 * `output-unwritable` names the file.
 */
export async function writeOutput(file: string, text: string): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file);
    const existing = await stat(target).catch(() => undefined);
    if (existing === undefined || existing.isFile()) await replace(target, text, existing?.mode);
    else await writeFile(target, text);
  } catch (error) {
    throw unwritable(file, error);
  }
}

async function replace(target: string, text: string, mode?: number): Promise<void> {
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  try {
    await writeFile(draft, text, { flag: "wx" });
    if (mode !== undefined) await chmod(draft, mode & 0o7777);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function unwritable(file: string, cause: unknown): UnavailableError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UnavailableError(
    "output-unwritable",
    {
      fr: `${quoted(file)} n'a pas pu être écrit (${why}). Vérifier que son répertoire existe, ses droits et l'espace libre.`,
      en: `${quoted(file)} could not be written (${why}). Check that its folder exists, its permissions and the free space.`,
    },
    { cause },
  );
}
