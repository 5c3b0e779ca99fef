import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Text } from "../../contract/text.ts";
import { signerProblem } from "./signer-problem.ts";
import type { TrustedKey } from "./trusted-key.ts";

/**
 * Signature of the image itself by a key of the policy. It decides no row, since it states nothing about
 * source or scans.
 */
export interface ImageSignature {
  readonly signer: string;
  /** Id of the key. */
  readonly key: string;
  /** Reason why the key does not count at the time of judging; absent if it counts. */
  readonly problem?: Text;
}

/**
 * @param signers trusted keys that signed the image
 * @param at milliseconds since 1970
 */
export function imageSignatures(
  signers: readonly TrustedKey[],
  { revokedKeys = [] }: Pick<AttestationPolicy, "revokedKeys">,
  at: number,
): readonly ImageSignature[] {
  return signers.map((key) => {
    const problem = signerProblem(key, revokedKeys, at);
    return { signer: key.signer, key: key.id, ...(problem === undefined ? {} : { problem: problem.text }) };
  });
}
