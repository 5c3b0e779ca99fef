import { InvalidInputError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";

/** Error for a content that a manifest names and the source of a copy lacks. */
export function blobMissing(digest: Digest): InvalidInputError {
  return new InvalidInputError("copy-blob-missing", {
    fr: `${digest} : ce contenu manque à la source. Copier d'un registre ou d'un répertoire OCI qui l'a.`,
    en: `${digest}: the source lacks this content. Copy from a registry or an OCI layout that has it.`,
  });
}
