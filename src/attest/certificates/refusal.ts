import { excerpt, quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** Reason why a certificate identifies no signer. */
export interface Refusal {
  /** Stable code, kebab-case. */
  readonly code: string;
  readonly text: Text;
}

function refusal(code: string, fr: string, en: string): Refusal {
  return { code, text: { fr, en } };
}

/** Material that is not of the expected form. */
export const INVALID = refusal(
  "certificate-invalid",
  "le certificat joint, ou ce qui l'accompagne, est illisible",
  "the attached certificate, or what accompanies it, is not readable",
);
export const UNTRUSTED = refusal(
  "certificate-untrusted",
  "le certificat joint n'est d'aucune autorité de la politique",
  "the attached certificate is not issued by any authority of the policy",
);
export const OTHER_USAGE = refusal(
  "certificate-usage",
  "le certificat joint n'est pas émis pour signer du code (extendedKeyUsage codeSigning), ou c'est celui d'une autorité",
  "the attached certificate is not issued for code signing (extendedKeyUsage codeSigning), or is an authority's",
);
export const UNFIT_AUTHORITY = refusal(
  "certificate-authority",
  "un certificat de la chaîne ne peut pas émettre celui qui suit (basicConstraints, keyUsage, longueur de chaîne, extendedKeyUsage, nameConstraints, autre extension critique)",
  "a certificate of the chain may not issue the one below it (basicConstraints, keyUsage, path length, extendedKeyUsage, nameConstraints, another critical extension)",
);
export const NO_LIST = refusal(
  "crl-missing",
  "la politique ne donne pas la liste de révocation d'un émetteur de la chaîne",
  "the policy has no revocation list of an issuer in the chain",
);
export const OTHER_SIGNATURE = refusal(
  "certificate-signature",
  "la signature n'est pas de la clé du certificat joint",
  "the signature was not made with the key of the attached certificate",
);
export const SEVERAL_SIGNATURES = refusal(
  "certificate-signatures",
  "l'enveloppe a plusieurs signatures, et rien ne dit laquelle est de la clé du certificat joint",
  "the envelope has several signatures, and nothing says which was made with the key of the attached certificate",
);
export const NO_TIMESTAMP = refusal(
  "timestamp-missing",
  "aucun horodatage que la politique reconnaît ne dit quand la signature a été faite",
  "no timestamp that the policy recognises says when the signature was made",
);
export const FOREIGN_TIMESTAMP = refusal(
  "timestamp-invalid",
  "l'horodatage n'est pas d'une autorité de la politique, ou est d'une autre signature",
  "the timestamp is not by an authority of the policy, or is of another signature",
);
export const DUPLICATE = refusal(
  "evidence-duplicate",
  "le même horodatage ou la même inscription est joint deux fois",
  "the same timestamp or log entry is attached twice",
);
export const NO_LOG_ENTRY = refusal(
  "log-entry-missing",
  "la signature n'est inscrite dans aucun journal de transparence, ce que la politique demande",
  "the signature is in no transparency log, which the policy demands",
);
export const FOREIGN_LOG_ENTRY = refusal(
  "log-entry-invalid",
  "l'inscription au journal de transparence n'est pas d'un journal de la politique",
  "the entry of the transparency log is not by a log of the policy",
);
export const OTHER_LOG_ENTRY = refusal(
  "log-entry-other",
  "l'inscription au journal de transparence est d'une autre signature ou d'un autre contenu, ou d'une forme qu'aucun journal n'enregistre",
  "the entry of the transparency log is of another signature or content, or of a form that no log stores",
);
export const NOT_LOGGED = refusal(
  "certificate-not-logged",
  "le certificat joint n'est inscrit dans aucun journal de certificats (SCT), ce que la politique demande",
  "the attached certificate is in no certificate log (SCT), which the policy demands",
);
export const FOREIGN_CT_LOG = refusal(
  "certificate-foreign-log",
  "le journal de certificats (SCT) du certificat joint n'est pas de la politique",
  "the certificate log (SCT) of the attached certificate is not one of the policy",
);

/** @param at milliseconds since 1970 @param limit end of the validity */
export function expired(at: number, limit: number): Refusal {
  return refusal(
    "certificate-expired",
    `signée le ${iso(at)} : le certificat n'était valable que jusqu'au ${iso(limit)}`,
    `signed on ${iso(at)}: the certificate was valid until ${iso(limit)} only`,
  );
}

/** @param at milliseconds since 1970 @param limit begin of the validity */
export function notYetValid(at: number, limit: number): Refusal {
  return refusal(
    "certificate-not-yet-valid",
    `signée le ${iso(at)} : le certificat n'était valable qu'à partir du ${iso(limit)}`,
    `signed on ${iso(at)}: the certificate was valid from ${iso(limit)} only`,
  );
}

/** @param extensions object identifiers */
export function unknownCritical(extensions: readonly string[]): Refusal {
  const seen = excerpt(extensions.join(", "));
  return refusal(
    "certificate-critical",
    `le certificat joint, ou une de ses autorités, a une extension critique que douane ne traite pas (${seen})`,
    `the attached certificate, or one of its authorities, has a critical extension that douane does not process (${seen})`,
  );
}

/** @param names alternative names of the certificate's subject */
export function otherSubject(names: readonly string[]): Refusal {
  const seen = names.length === 0 ? "?" : names.map((name) => quoted(excerpt(name))).join(", ");
  return refusal(
    "certificate-subject",
    `signée par ${seen}, que la politique ne nomme pas`,
    `signed by ${seen}, whom the policy does not name`,
  );
}

/** @param issuer issuer of the identity token for which the certificate was issued */
export function otherIssuer(issuer: string | undefined): Refusal {
  const seen = issuer === undefined ? "?" : quoted(excerpt(issuer));
  return refusal(
    "certificate-issuer",
    `l'identité du certificat vient de ${seen}, et non de l'émetteur que la politique nomme`,
    `the certificate's identity comes from ${seen}, and not from the issuer that the policy names`,
  );
}

/** @param claims claims in the certificate, some of which may be missing */
export function otherProject({
  source = "?",
  ref = "?",
}: {
  readonly source?: string;
  readonly ref?: string;
}): Refusal {
  const seen = `${quoted(excerpt(source))}, ${quoted(excerpt(ref))}`;
  return refusal(
    "certificate-project",
    `signée par un projet et une référence d'un groupe (${seen}), que la politique n'associe pas au dépôt de l'image`,
    `signed by a project and reference of a group (${seen}), which the policy does not map to the image's repository`,
  );
}

function iso(time: number): string {
  return new Date(time).toISOString().slice(0, 19).concat("Z");
}
