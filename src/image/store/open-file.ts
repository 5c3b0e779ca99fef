import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { FileRefusal } from "../../files/file-refusal.ts";
import { openRegular } from "../../files/open-regular.ts";
import type { FileRange } from "./file-tree.ts";

/**
 * Opens a regular file through symbolic links (Bazel's layouts consist of links; blobs are verified by
 * digest).
 *
 * @param within folder, absolute with links resolved, that links must not leave; absent: links are followed
 * @returns undefined if the file does not exist; otherwise the whole file, to be closed by its `fd`
 * @throws InvalidInputError not-a-file, link-leads-outside
 * @throws UnavailableError file-unreadable
 */
export function openFile(path: string, within?: string): FileRange | undefined {
  try {
    return { ...openRegular(path, within), offset: 0 };
  } catch (cause) {
    if (cause instanceof FileRefusal)
      throw NOT_REGULAR.has(cause.code) ? notRegular(path) : refused(path, cause);
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

const NOT_REGULAR: ReadonlySet<FileRefusal["code"]> = new Set(["not-regular", "folder"]);

function refused(path: string, { text: { fr, en } }: FileRefusal): InvalidInputError {
  return new InvalidInputError("link-leads-outside", {
    fr: `${quoted(path)} : ${fr}.`,
    en: `${quoted(path)}: ${en}.`,
  });
}

function notRegular(path: string): InvalidInputError {
  return new InvalidInputError("not-a-file", {
    fr: `${quoted(path)} n'est pas un fichier ordinaire.`,
    en: `${quoted(path)} is not a regular file.`,
  });
}
