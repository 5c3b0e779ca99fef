import { open } from "node:fs/promises";
import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Masked } from "../contract/masked.ts";
import { quoted } from "../contract/shown.ts";
import { looksLikeSbom, readSbom, sbomTooLarge } from "../sbom/documents/read/read-sbom.ts";
import type { ReadSbom, SbomDocument } from "../sbom/documents/read/sbom-document.ts";
import { maskPackageTexts } from "../secrets/sbom.ts";

/** Bytes by which a document is told from an archive. */
const HEAD = 4_096;

/**
 * The SBOM in a file; undefined where no such file is, or it begins like something else: an archive of
 * an image.
 *
 * @param path absolute
 * @param given how a message calls it
 * @throws InvalidInputError sbom-unread, sbom-invalid
 */
export async function sbomFile(path: string, given: string): Promise<Masked<SbomDocument> | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const status = await file.stat();
    if (!status.isFile()) return undefined;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    if (!looksLikeSbom(buffer.subarray(0, bytesRead))) return undefined;
    const name = quoted(given);
    return documentOf(
      status.size > LIMITS.sbomBytes
        ? sbomTooLarge(name, status.size)
        : readSbom(await file.readFile(), name),
      name,
    );
  } finally {
    await file.close();
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
