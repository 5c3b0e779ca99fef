// The platform's rules about signers that a certificate identifies.

/** PEM in the policy, or in a file that is read when the policy is loaded. */
export interface PolicyPem {
  readonly pem?: string;
  readonly file?: string;
}

/** Evidence that accompanies a signature: certificate log, transparency log, timestamp authority. */
export const SIGNATURE_EVIDENCE = ["ct", "log", "tsa"] as const;
export type SignatureEvidence = (typeof SIGNATURE_EVIDENCE)[number];

/** Transparency log (Rekor), identified by its public key. */
interface PolicyLog extends PolicyPem {
  /** URL, whose host signs the log's checkpoints. */
  readonly url: string;
}

/** A trusted_root.json that a TUF repository keeps up to date. */
export interface UpdatableRoot {
  readonly file: string;
  readonly tuf: {
    /** Base of the mirror's address. */
    readonly mirror: string;
    /** File of the pinned root.json. */
    readonly root: string;
  };
}

/** A Fulcio, public or private, with the services whose evidence counts together with its certificates. */
export interface SigstoreAuthority {
  readonly id: string;
  readonly kind: "sigstore";
  /** Sigstore's `trusted_root.json`, in place of the four lists below. */
  readonly trustedRoot?: { readonly json?: string } & Partial<UpdatableRoot>;
  /** Certificate chains of the authority, each from its issuing certificate to its root. */
  readonly certificates?: readonly PolicyPem[];
  /** Public keys of certificate logs. */
  readonly ctLogs?: readonly PolicyPem[];
  readonly logs?: readonly PolicyLog[];
  /** Certificate chains of timestamp authorities, each from the signing certificate to the root. */
  readonly timestampAuthorities?: readonly PolicyPem[];
  /** Evidence that every signature needs. Default: of each log that is listed. A timestamp is always needed. */
  readonly require?: readonly SignatureEvidence[];
}

/** An organisation's public key infrastructure. */
export interface PkiAuthority {
  readonly id: string;
  readonly kind: "pki";
  /** Certificates of authorities that are trusted: a root, intermediates. */
  readonly certificates: readonly PolicyPem[];
  /**
   * Revocation lists. If there are any, each issuer between a certificate and a trusted certificate needs its
   * own list.
   */
  readonly crls?: readonly PolicyPem[];
  /** Certificates of timestamp authorities (RFC 3161), whose timestamps date signatures. */
  readonly timestampAuthorities?: readonly PolicyPem[];
  /** Evidence that every signature needs. Default: none. */
  readonly require?: readonly "tsa"[];
}

/** A party whose certificates identify signers. */
export type CertificateAuthority = SigstoreAuthority | PkiAuthority;

/** An identity that an authority certifies. */
export interface SignerIdentity {
  readonly authority: string;
  /** Issuer of the identity token, its claim `iss`; required for Sigstore, and not allowed otherwise. */
  readonly issuer?: string;
  /** Alternative name of the certificate's subject, exact, or its beginning followed by `*`. */
  readonly subject: string;
  /** First and last day, `YYYY-MM-DD` (UTC), of signatures that count. */
  readonly notBefore?: string;
  readonly notAfter?: string;
}
