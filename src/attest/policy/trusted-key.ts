import type { AttestationPolicy, SignerKey } from "../../contract/attestation-policy.ts";
import { type PublicKey, readPublicKey } from "../keys/public-key.ts";

/** Public key of a signer that the policy trusts, with the days on which it counts. */
export interface TrustedKey extends PublicKey, Pick<SignerKey, "notBefore" | "notAfter"> {
  readonly kind: "key";
  readonly signer: string;
}

/**
 * Keys of all signers, including expired keys, so that their signatures are recognised and named.
 *
 * @throws UsageError signing-key-invalid, public-key-private, public-key-certificate, public-key-several
 */
export function trustedKeys({ signers }: Pick<AttestationPolicy, "signers">): readonly TrustedKey[] {
  return signers.flatMap(({ id, keys = [] }) =>
    keys.map(
      ({ pem = "", file, notBefore, notAfter }): TrustedKey => ({
        kind: "key",
        ...readPublicKey(pem, file ?? `attestations.signers: ${id}`),
        signer: id,
        ...(notBefore === undefined ? {} : { notBefore }),
        ...(notAfter === undefined ? {} : { notAfter }),
      }),
    ),
  );
}
