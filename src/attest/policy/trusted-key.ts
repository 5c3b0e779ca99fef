import type { AttestationPolicy, RevokedKey, SignerKey } from "../../contract/attestation-policy.ts";
import { quoted } from "../../contract/shown.ts";
import { type PublicKey, readPublicKey } from "../keys/public-key.ts";
import { type Ignored, ignored } from "./ignored.ts";

/** A public key of a signer that the policy trusts, with the days on which it counts. */
export interface TrustedKey extends PublicKey, Pick<SignerKey, "notBefore" | "notAfter"> {
  readonly signer: string;
}

/**
 * Keys of all signers, also those that no longer count, so that their signatures are recognised and named.
 *
 * @throws UsageError signing-key-invalid, public-key-private, public-key-certificate
 */
export function trustedKeys({ signers }: Pick<AttestationPolicy, "signers">): readonly TrustedKey[] {
  return signers.flatMap(({ id, keys }) =>
    keys.map(
      ({ pem = "", file, notBefore, notAfter }): TrustedKey => ({
        ...readPublicKey(pem, file ?? `attestations.signers: ${id}`),
        signer: id,
        ...(notBefore === undefined ? {} : { notBefore }),
        ...(notAfter === undefined ? {} : { notAfter }),
      }),
    ),
  );
}

/**
 * Reason why a key counts for nothing at a time; undefined if it counts.
 *
 * @param at milliseconds since 1970
 */
export function keyProblem(key: TrustedKey, revoked: readonly RevokedKey[], at: number): Ignored | undefined {
  const { id, signer, notBefore, notAfter } = key;
  const revocation = revoked.find((one) => one.id === id && Date.parse(one.from) <= at);
  const [name, seen] = [quoted(signer), quoted(id)];
  if (revocation !== undefined) {
    const { from, reason } = revocation;
    return ignored("key-revoked", {
      fr: `signée par ${name} avec la clé ${seen}, révoquée depuis le ${from} (${reason})`,
      en: `signed by ${name} with key ${seen}, which is revoked from ${from} on (${reason})`,
    });
  }
  if (notBefore !== undefined && at < Date.parse(`${notBefore}T00:00:00Z`)) {
    return ignored("key-not-yet-valid", {
      fr: `signée par ${name} avec la clé ${seen}, valable à partir du ${notBefore} seulement`,
      en: `signed by ${name} with key ${seen}, which is valid from ${notBefore} only`,
    });
  }
  if (notAfter !== undefined && at >= Date.parse(`${notAfter}T00:00:00Z`) + DAY_MS) {
    return ignored("key-expired", {
      fr: `signée par ${name} avec la clé ${seen}, dont les signatures comptaient jusqu'au ${notAfter}`,
      en: `signed by ${name} with key ${seen}, whose signatures counted until ${notAfter}`,
    });
  }
  return undefined;
}

const DAY_MS = 24 * 3600 * 1000;
