import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Certified } from "../certificates/certificate-signer.ts";
import type { FoundAttestation } from "../read/read-attachments.ts";

/** Verifies the certificates of attestations. */
export type Certifier = (attestations: readonly FoundAttestation[]) => Promise<Certified>;

/**
 * Certifier of a policy; undefined if no signer has an identity. The code that verifies certificates is
 * loaded with the first attestation that has a certificate.
 *
 * @param repository repository of the image, with its registry; absent for an image outside a registry
 */
export function certifierOf(policy: AttestationPolicy, repository?: string): Certifier | undefined {
  if (policy.signers.every(({ identities = [] }) => identities.length === 0)) return undefined;
  return async (attestations) => {
    const certified = attestations.filter(({ material }) => material !== undefined);
    if (certified.length === 0) return new Map();
    const { certificateSigners } = await import("./certificate-signers.ts");
    return await certificateSigners(certified, policy, repository);
  };
}
