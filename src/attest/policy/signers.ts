import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import { quoted } from "../../contract/shown.ts";
import type { VerifiedStatement } from "../read/verify-attachments.ts";
import { type Ignored, ignored } from "./ignored.ts";
import { signerProblem, type TrustedSigner } from "./signer-problem.ts";

/** A statement whose signatures were verified with keys or certificates of signers of the policy. */
export type SignedStatement = VerifiedStatement<TrustedSigner>;

/**
 * Signers whose signatures count now and who may make statements of this kind, sorted; or the reason why
 * there are none. One signature that counts suffices.
 *
 * @param allowed signers of the kind
 * @param at milliseconds since 1970
 */
export function countedSigners(
  { signers }: Pick<SignedStatement, "signers">,
  allowed: readonly string[],
  { revokedKeys = [] }: Pick<AttestationPolicy, "revokedKeys">,
  at: number,
): readonly [string, ...string[]] | Ignored {
  const problems = signers.map((one) => signerProblem(one, revokedKeys, at));
  const valid = signers.filter((_, index) => problems[index] === undefined).map(({ signer }) => signer);
  const [first, ...others] = [...new Set(valid)].filter((one) => allowed.includes(one)).toSorted();
  if (first !== undefined) return [first, ...others];
  const problem = problems.find((one) => one !== undefined);
  if (valid.length === 0 && problem !== undefined) return problem;
  const names = [...new Set(valid)].toSorted().map(quoted).join(", ");
  return ignored("signer-not-allowed", {
    fr: `signée par ${names}, que la politique ne laisse pas faire cette déclaration`,
    en: `signed by ${names}, whom the policy does not let make this statement`,
  });
}

/** Earliest time at which a statement is known to have been signed; undefined if nothing dates its signatures. */
export function signedOn({ signers }: Pick<SignedStatement, "signers">): number | undefined {
  const times = signers.flatMap((one) => {
    if (one.kind === "key") return [];
    return typeof one.signedAt === "number" ? one.signedAt : (one.signedAt.stamp?.time ?? []);
  });
  return times.length === 0 ? undefined : Math.min(...times);
}
