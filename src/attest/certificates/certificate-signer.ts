import type { SignerIdentity } from "../../contract/certificate-policy.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Certificate } from "../x509/certificate.ts";
import { parseDer } from "../x509/der.ts";
import type { Refusal } from "./refusal.ts";
import type { PkiValidity } from "./verify-pki.ts";

/** Claims of a job's identity token, as Fulcio copied them into the certificate. */
export interface JobClaims {
  readonly issuer?: string;
  /** URI of the project. */
  readonly source?: string;
  readonly commit?: string;
  readonly ref?: string;
  /** Event that started the pipeline: `push`, `merge_request_event`. */
  readonly trigger?: string;
}

/** A signer of the policy, recognised by a verified certificate. */
export interface CertificateSigner extends Pick<SignerIdentity, "notBefore" | "notAfter"> {
  readonly kind: "certificate";
  /** Name in the policy. */
  readonly signer: string;
  /** Id of the certificate's key: see keyId(). */
  readonly id: string;
  /**
   * Earliest time at which the signature is known to have existed, milliseconds since 1970; if the time is
   * unknown, the validity to be compared with the time of judging.
   */
  readonly signedAt: number | PkiValidity;
  readonly claims: JobClaims;
  /** Whether the policy names the whole subject, not only its beginning. */
  readonly isExact: boolean;
}

/** Signers whom certificates identify, or why none is, by the name of the attestation. */
export type Certified = ReadonlyMap<Digest, readonly CertificateSigner[] | Refusal>;

/** Object identifiers of Fulcio's claims: https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
const CLAIMS = {
  issuer: "1.3.6.1.4.1.57264.1.8",
  source: "1.3.6.1.4.1.57264.1.12",
  commit: "1.3.6.1.4.1.57264.1.13",
  ref: "1.3.6.1.4.1.57264.1.14",
  trigger: "1.3.6.1.4.1.57264.1.20",
} as const;

/** Older claim of the issuer: bare text, not DER. Authorities write both claims. */
const FIRST_ISSUER = "1.3.6.1.4.1.57264.1.1";

/** @throws DerError */
export function jobClaims({ extensions }: Pick<Certificate, "extensions">): JobClaims {
  const issuer = claimAt(extensions, CLAIMS.issuer) ?? extensions.get(FIRST_ISSUER)?.toString("utf8");
  const [source, commit, ref, trigger] = [CLAIMS.source, CLAIMS.commit, CLAIMS.ref, CLAIMS.trigger].map(
    (oid) => claimAt(extensions, oid),
  );
  return {
    ...(issuer === undefined ? {} : { issuer }),
    ...(source === undefined ? {} : { source }),
    ...(commit === undefined ? {} : { commit }),
    ...(ref === undefined ? {} : { ref }),
    ...(trigger === undefined ? {} : { trigger }),
  };
}

const UTF8_STRING = 0x0c;

function claimAt(extensions: ReadonlyMap<string, Buffer>, oid: string): string | undefined {
  const value = extensions.get(oid);
  if (value === undefined) return undefined;
  const { tag, content } = parseDer(value);
  return tag === UTF8_STRING ? content.toString("utf8") : undefined;
}
