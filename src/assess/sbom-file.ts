import { closeSync, readSync } from "node:fs";
import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Masked } from "../contract/masked.ts";
import { quoted } from "../contract/shown.ts";
import { type OpenRegular, openRegular } from "../files/open-regular.ts";
import { readBytes } from "../files/read-bytes.ts";
import { unreadable } from "../files/unreadable.ts";
import { looksLikeSbom, readSbom, sbomTooLarge } from "../sbom/documents/read/read-sbom.ts";
import type { ReadSbom, SbomDocument } from "../sbom/documents/read/sbom-document.ts";
import { maskPackageTexts } from "../secrets/sbom.ts";

/** Bytes that suffice to distinguish an SBOM from an archive. */
const HEAD = 4_096;

/**
 * SBOM in a file; undefined if the file does not exist or begins like another format, such as an archive of
 * an image.
 *
 * @param path absolute
 * @param given name of the file in messages
 * @param cwd current folder, absolute
 * @throws InvalidInputError sbom-unread, sbom-invalid
 */
export async function sbomFile(
  path: string,
  given: string,
  cwd: string,
): Promise<Masked<SbomDocument> | undefined> {
  const file = regular(path);
  if (file === undefined) return undefined;
  try {
    const head = Buffer.alloc(HEAD);
    if (!looksLikeSbom(head.subarray(0, readSync(file.fd, head, 0, HEAD, 0)))) return undefined;
  } finally {
    closeSync(file.fd);
  }
  const name = quoted(given);
  const bytes = bytesOf(path, name, cwd);
  return documentOf(bytes === undefined ? sbomTooLarge(name, file.size) : readSbom(bytes, name), name);
}

function bytesOf(path: string, name: string, cwd: string): Uint8Array | undefined {
  try {
    return readBytes(path, { most: LIMITS.sbomBytes, cwd });
  } catch (error) {
    const { fr, en } = unreadable(error);
    throw new InvalidInputError(
      "sbom-unread",
      { fr: `${name} : ${fr}`, en: `${name}: ${en}` },
      { cause: error },
    );
  }
}

function regular(path: string): OpenRegular | undefined {
  try {
    return openRegular(path);
  } catch {
    return undefined;
  }
}

function documentOf(read: ReadSbom, name: string): Masked<SbomDocument> {
  if (read.state === "unread")
    throw new InvalidInputError("sbom-unread", maskPackageTexts(read.problem.message));
  if (read.state !== "invalid") return maskPackageTexts(read.document);
  const places = maskPackageTexts(read.problems.map(({ message }) => message));
  const form = `${read.form.format} ${read.form.version}`;
  throw new InvalidInputError("sbom-invalid", {
    fr: `${name} : le document n'est pas du ${form} valide. ${places.map(({ fr }) => fr).join(" ; ")}.`,
    en: `${name}: the document is not valid ${form}. ${places.map(({ en }) => en).join("; ")}.`,
  });
}
