import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import {
  SIGNATURE_EVIDENCE,
  type SignatureEvidence,
  type SignerIdentity,
  type SigstoreAuthority,
} from "../../contract/certificate-policy.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { type SigstoreRoot, sigstoreRoot } from "../certificates/sigstore-root.ts";
import { type PkiTrust, pkiTrust } from "../certificates/verify-pki.ts";

/** An identity of a signer of the policy. */
interface TrustedIdentity extends SignerIdentity {
  readonly signer: string;
}

/** Authority of the policy, with parsed certificates and keys, and with the identities that it certifies. */
export type TrustedAuthority = { readonly identities: readonly TrustedIdentity[] } & (
  | {
      readonly kind: "sigstore";
      readonly root: SigstoreRoot;
      readonly required: readonly SignatureEvidence[];
    }
  | { readonly kind: "pki"; readonly trust: PkiTrust }
);

/**
 * Authorities of the policy, whose files have been read.
 *
 * @throws UsageError authority-evidence; as sigstoreRoot(), pkiTrust()
 */
export function trustedAuthorities({
  authorities = [],
  signers,
}: Pick<AttestationPolicy, "authorities" | "signers">): readonly TrustedAuthority[] {
  const all = signers.flatMap(({ id, identities = [] }) => identities.map((one) => ({ ...one, signer: id })));
  return authorities.map((authority): TrustedAuthority => {
    const identities = all.filter((one) => one.authority === authority.id);
    if (authority.kind === "pki") return { kind: "pki", trust: pkiTrust(authority), identities };
    const root = sigstoreRoot(authority);
    return { kind: "sigstore", root, required: requiredEvidence(authority, root), identities };
  });
}

/**
 * Kinds of evidence that the policy requires; by default, the kinds of log that the root has. A required kind
 * that the root lacks is refused, as is a root without any source of time.
 */
function requiredEvidence(
  { id, require }: SigstoreAuthority,
  root: SigstoreRoot,
): readonly SignatureEvidence[] {
  const { ctLogs, logs, timestampAuthorities } = root;
  const counts = { ct: ctLogs.length, log: logs.length, tsa: timestampAuthorities.length };
  const required = require ?? SIGNATURE_EVIDENCE.filter((one) => one !== "tsa" && counts[one] > 0);
  const absent = required.filter((one) => counts[one] === 0);
  if (counts.log + counts.tsa === 0) absent.push("tsa");
  if (absent.length === 0) return required;
  const seen = absent.join(", ");
  throw new UsageError("authority-evidence", {
    fr: `attestations.authorities : ${quoted(id)} demande des preuves (${seen}) dont sa racine ne donne ni clé ni certificat : toute signature serait refusée. Compléter la racine par les clés des journaux ou les certificats d'horodatage, ou changer require.`,
    en: `attestations.authorities: ${quoted(id)} demands evidence (${seen}) for which its root has no key or certificate: every signature would be refused. Complete the root (ctLogs, logs, timestampAuthorities), or require.`,
  });
}
