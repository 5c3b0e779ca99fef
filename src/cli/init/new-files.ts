import { basename, join } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { openConfinedFolder } from "../../files/confined-folder.ts";
import { createFile } from "../../files/draft-file.ts";
import { asWriteFailure } from "../../files/write-failure.ts";
import { WriteRefusal } from "../../files/write-refusal.ts";

/** A file to create, relative to the repository. */
export interface NewFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Writes a file, completely or not at all, unless it exists. The repository is untrusted: no link is followed,
 * not even in the path of a new folder.
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
      return createFile(folder.pathOf(basename(target)), text, { name: file });
    } finally {
      await folder.close();
    }
  } catch (error) {
    throw error instanceof WriteRefusal ? refused(file, error) : asWriteFailure(file, error);
  }
}

function refused(file: string, cause: WriteRefusal): UnavailableError {
  const { fr, en } = cause.text;
  return new UnavailableError(
    "output-unwritable",
    {
      fr: `${quoted(file)} n'a pas pu être écrit : ${fr}. Vérifier que rien n'y mène hors du dépôt.`,
      en: `${quoted(file)} could not be written: ${en}. Check that nothing there leads out of the repository.`,
    },
    { cause },
  );
}
