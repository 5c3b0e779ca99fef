import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { FileRange } from "./file-tree.ts";

/**
 * Opens a regular file, through symbolic links (Bazel's layouts consist of them). Opening never
 * waits for a FIFO's writer.
 *
 * @returns undefined when there is no such file; else the whole of it, to be closed by its `fd`
 * @throws InvalidInputError not-a-file
 * @throws UnavailableError file-unreadable
 */
export function openFile(path: string): FileRange | undefined {
  const fd = open(path);
  if (fd === undefined) return undefined;
  const stat = fstatSync(fd);
  if (stat.isFile()) return { fd, offset: 0, size: stat.size };
  closeSync(fd);
  throw new InvalidInputError("not-a-file", {
    fr: `${quoted(path)} n'est pas un fichier ordinaire.`,
    en: `${quoted(path)} is not a regular file.`,
  });
}

function open(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
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
