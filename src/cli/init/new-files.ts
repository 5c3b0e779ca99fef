import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { openConfinedFolder } from "../../files/confined-folder.ts";
import { WriteRefusal } from "../../files/write-refusal.ts";

/** A file to create, relative to the repository. */
export interface NewFile {
  readonly file: string;
  readonly text: string;
}

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;

/**
 * Writes a file unless it exists. The repository is untrusted: no link is followed, not even in the path of a
 * new folder.
 *
 * @param path path of the repository, absolute
 * @returns whether the file was written
 * @throws UnavailableError `output-unwritable`
 */
export async function writeNew(path: string, { file, text }: NewFile): Promise<boolean> {
  const target = join(path, file);
  try {
    const folder = await openConfinedFolder(path, target, true);
    try {
      const handle = await open(folder.pathOf(basename(target)), NEW_FILE, 0o666);
      try {
        await handle.writeFile(text);
      } finally {
        await handle.close();
      }
    } finally {
      await folder.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw unwritable(file, error);
  }
}

function unwritable(file: string, cause: unknown): UnavailableError {
  const seen = cause instanceof Error ? cause.message : String(cause);
  const why: Text = cause instanceof WriteRefusal ? cause.text : { fr: seen, en: seen };
  return new UnavailableError(
    "output-unwritable",
    {
      fr: `${quoted(file)} ne peut pas être écrit (${why.fr}). Vérifier les droits, et que rien n'y mène hors du dépôt.`,
      en: `${quoted(file)} cannot be written (${why.en}). Check permissions, and that nothing there leads out of the repository.`,
    },
    { cause },
  );
}
