import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { FileRefusal } from "../../files/file-refusal.ts";
import { openRegular } from "../../files/open-regular.ts";
import type { FileRange } from "./file-tree.ts";

/**
 * Opens a regular file through symbolic links (Bazel's layouts consist of links; blobs are verified by
 * digest).
 *
 * @returns undefined if the file does not exist; otherwise the whole file, to be closed by its `fd`
 * @throws InvalidInputError not-a-file
 * @throws UnavailableError file-unreadable
 */
export function openFile(path: string): FileRange | undefined {
  try {
    return { ...openRegular(path), offset: 0 };
  } catch (cause) {
    if (cause instanceof FileRefusal) throw notRegular(path);
    const { code = "" } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new UnavailableError(
      "file-unreadable",
      {
        fr: `${quoted(path)} ne peut pas être ouvert (${code}). Vérifier les droits d'accès.`,
        en: `${quoted(path)} cannot be opened (${code}). Check the access rights.`,
      },
      { cause },
    );
  }
}

function notRegular(path: string): InvalidInputError {
  return new InvalidInputError("not-a-file", {
    fr: `${quoted(path)} n'est pas un fichier ordinaire.`,
    en: `${quoted(path)} is not a regular file.`,
  });
}
