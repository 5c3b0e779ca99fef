import { isSignatureOf } from "../../attest/keys/verify.ts";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/**
 * Verifies the signature of data.
 *
 * @param signature Base64; "" if there is none
 * @param pem public key
 * @throws InvalidInputError vulnerability-data-unsigned, vulnerability-signature-wrong
 * @throws UsageError signing-key-invalid
 */
export function verifySignature(bytes: Uint8Array, signature: string, pem: string, name: string): void {
  const isSigned = isSignatureOf(bytes, signature, pem);
  if (signature === "") {
    throw new InvalidInputError("vulnerability-data-unsigned", {
      fr: `${quoted(name)} : les données ne sont pas signées, et une clé publique est réglée. Les données de cette machine restent.`,
      en: `${quoted(name)}: the data are not signed, and a public key is set. This machine's data stay.`,
    });
  }
  if (isSigned) return;
  throw new InvalidInputError("vulnerability-signature-wrong", {
    fr: `${quoted(name)} : la signature n'est pas de la clé publique réglée. Les données ont été modifiées, ou signées par un autre ; celles de cette machine restent.`,
    en: `${quoted(name)}: the signature is not of the public key that is set. The data were changed, or somebody else signed them; this machine's stay.`,
  });
}
