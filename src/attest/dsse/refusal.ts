import { InvalidInputError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";

/** Error for an attestation that is not read. @param what name of the attestation: a digest */
export function attestationRefused(code: string, what: string, { fr, en }: Text): InvalidInputError {
  return new InvalidInputError(code, {
    fr: `${what} : ${fr}. L'attestation est refusée.`,
    en: `${what}: ${en}. The attestation is refused.`,
  });
}
