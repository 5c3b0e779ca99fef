import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/** A file that is not there yet, relative to the repository. */
export interface NewFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Writes it, unless something stands there. Whoever wrote the repository must not have it written
 * elsewhere: a folder that is a link out of it is refused.
 *
 * @param path of the repository, absolute
 * @returns whether it was written
 * @throws UnavailableError `output-unwritable`
 */
export function writeNew(path: string, { file, text }: NewFile): boolean {
  const target = join(path, file);
  try {
    mkdirSync(dirname(target), { recursive: true });
    const [root, folder] = [realpathSync(path), realpathSync(dirname(target))];
    if (folder !== root && !folder.startsWith(`${root}${sep}`)) throw new Error(`${folder} ∉ ${root}`);
    writeFileSync(target, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw unwritable(file, error);
  }
}

function unwritable(file: string, cause: unknown): UnavailableError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UnavailableError(
    "output-unwritable",
    {
      fr: `${quoted(file)} ne peut pas être écrit (${why}). Vérifier les droits, et que rien n'y mène hors du dépôt.`,
      en: `${quoted(file)} cannot be written (${why}). Check permissions, and that nothing there leads out of the repository.`,
    },
    { cause },
  );
}
