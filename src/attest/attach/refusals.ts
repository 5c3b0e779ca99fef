import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";

/** @param where tag or image with too many attestations */
export function tooManyAttestations(where: string, count: number): InvalidInputError {
  return new InvalidInputError("too-many-attestations", {
    fr: `${where} : ${count} attestations, la limite est de ${LIMITS.attestationsPerImage} (attestationsPerImage). Supprimer du registre celles qui ne servent plus.`,
    en: `${where}: ${count} attestations, the limit is ${LIMITS.attestationsPerImage} (attestationsPerImage). Delete from the registry what is no longer used.`,
  });
}

/** Error for a tag that should hold attestations but holds other content, which is not overwritten. */
export function tagTaken(tag: string): InvalidInputError {
  return new InvalidInputError("tag-taken", {
    fr: `le tag ${quoted(tag)} contient autre chose que des attestations : il n'est pas réécrit. Le supprimer du registre, puis recommencer.`,
    en: `the tag ${quoted(tag)} holds something else than attestations: it is not overwritten. Delete it from the registry, then try again.`,
  });
}
