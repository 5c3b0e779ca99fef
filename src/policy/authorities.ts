import { z } from "zod";
import { SIGNATURE_EVIDENCE } from "../contract/certificate-policy.ts";
import { described, optional } from "../contract/i18n-meta.ts";
import { daySchema } from "./accepted-finding.ts";
import { PEM, PEM_CERTIFICATES, PEM_CRL, SUBJECT } from "./attestation-texts.ts";

const authorityId = described(z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/), {
  fr: "Nom de l'autorité, que les identités emploient.",
  en: "Name of the authority, which identities use.",
});

/** A PEM text in the policy or in a file beside it. */
const source = (pem: z.ZodType<string>) => ({
  pem: optional(pem, { fr: "En PEM.", en: "In PEM." }),
  file: optional(z.string().min(1), {
    fr: "Fichier PEM, relatif au répertoire de la politique, à la place de pem.",
    en: "PEM file, relative to the policy's folder, in place of pem.",
  }),
});

const ONE_SOURCE = { oneOf: [{ required: ["pem"] }, { required: ["file"] }] };
const BOTH = { error: "pem ou file, l'un des deux | pem or file, one of both" };

function hasOneSource({ pem, file }: { readonly pem?: unknown; readonly file?: unknown }): boolean {
  return (pem === undefined) !== (file === undefined);
}

const chain = z.strictObject(source(PEM_CERTIFICATES)).refine(hasOneSource, BOTH).meta(ONE_SOURCE);
const publicKey = z.strictObject(source(PEM)).refine(hasOneSource, BOTH).meta(ONE_SOURCE);
const log = z
  .strictObject({
    url: described(z.string().regex(/^https?:\/\/[^\s/]{1,255}(?:\/\S{0,1000})?$/), {
      fr: "URL du journal, dont l'hôte signe les têtes : https://rekor.example.",
      en: "URL of the log, whose host signs its checkpoints: https://rekor.example.",
    }),
    ...source(PEM),
  })
  .refine(hasOneSource, BOTH)
  .meta(ONE_SOURCE);

const tuf = z.strictObject({
  mirror: described(z.string().regex(/^https?:\/\/[^\s/]{1,255}(?:\/\S{0,1000})?$/), {
    fr: "Adresse du miroir TUF : https://tuf.example.",
    en: "Address of the TUF mirror: https://tuf.example.",
  }),
  root: described(z.string().min(1), {
    fr: "Fichier du root.json épinglé, où commence chaque mise à jour, relatif au répertoire de la politique.",
    en: "File of the pinned root.json, where each update begins, relative to the policy's folder.",
  }),
});

const trustedRoot = z
  .strictObject({
    json: optional(z.string().min(1), { fr: "Le document.", en: "The document." }),
    file: optional(z.string().min(1), {
      fr: "Fichier du document, relatif au répertoire de la politique.",
      en: "File of the document, relative to the policy's folder.",
    }),
    tuf: optional(tuf, {
      fr: "Dépôt TUF d'où « douane verify --update-root » met file à jour.",
      en: "TUF repository from which `douane verify --update-root` updates file.",
    }),
  })
  .refine(({ json, file }) => (json === undefined) !== (file === undefined), {
    error: "json ou file, l'un des deux | json or file, one of both",
  })
  .refine(({ file, tuf: repository }) => repository === undefined || file !== undefined, {
    error: "tuf met file à jour : donner file | tuf updates file: give file",
  })
  .meta({ oneOf: [{ required: ["json"] }, { required: ["file"] }] });

const sigstore = z.strictObject({
  id: authorityId,
  kind: described(z.literal("sigstore"), {
    fr: "sigstore : un Fulcio, public ou privé, avec ses journaux et ses horodatages.",
    en: "sigstore: a Fulcio, public or private, with its logs and timestamps.",
  }),
  trustedRoot: optional(trustedRoot, {
    fr: "Le document trusted_root.json de Sigstore, à la place des quatre listes qui suivent.",
    en: "Sigstore's document trusted_root.json, in place of the four lists below.",
  }),
  certificates: optional(z.array(chain).min(1), {
    fr: "Chaînes de certificats de l'autorité, chacune de son certificat émetteur à sa racine.",
    en: "Certificate chains of the authority, each from its issuing certificate to its root.",
  }),
  ctLogs: optional(z.array(publicKey).min(1), {
    fr: "Clés publiques des journaux de certificats.",
    en: "Public keys of the certificate logs.",
  }),
  logs: optional(z.array(log).min(1), {
    fr: "Journaux de transparence (Rekor), par leur clé publique.",
    en: "Transparency logs (Rekor), by their public key.",
  }),
  timestampAuthorities: optional(z.array(chain).min(1), {
    fr: "Chaînes de certificats des autorités d'horodatage (RFC 3161).",
    en: "Certificate chains of the timestamp authorities (RFC 3161).",
  }),
  require: optional(z.array(z.enum(SIGNATURE_EVIDENCE)), {
    fr: "Preuves que chaque signature doit avoir : ct (journal de certificats), log (journal de transparence), tsa (horodatage). Par défaut, ct et log pour autant que la racine en a. Un horodatage, du journal ou d'une autorité, est toujours exigé.",
    en: "Evidence that every signature needs: ct (certificate log), log (transparency log), tsa (timestamp authority). Default: ct and log, as far as the root has any. A timestamp, of a log or an authority, is always required.",
  }),
});

const crl = z.strictObject(source(PEM_CRL)).refine(hasOneSource, BOTH).meta(ONE_SOURCE);

const pki = z.strictObject({
  id: authorityId,
  kind: described(z.literal("pki"), {
    fr: "pki : l'infrastructure à clés publiques d'une organisation.",
    en: "pki: an organisation's public key infrastructure.",
  }),
  certificates: described(z.array(chain).min(1), {
    fr: "Certificats des autorités reconnues : une racine, des intermédiaires.",
    en: "Certificates of the trusted authorities: a root, intermediates.",
  }),
  crls: optional(z.array(crl).min(1), {
    fr: "Listes de révocation. S'il y en a, celle de chaque émetteur, jusqu'à un certificat de la liste ci-dessus, est exigée, et à jour.",
    en: "Revocation lists. If there are any, that of each issuer, up to a certificate of the list above, is required, and up to date.",
  }),
  timestampAuthorities: optional(z.array(chain).min(1), {
    fr: "Certificats des autorités d'horodatage (RFC 3161). Une signature qu'elles datent compte si le certificat était valable à cette date, même s'il a expiré depuis.",
    en: "Certificates of the timestamp authorities (RFC 3161). A signature that they date counts if the certificate was valid at that time, even if it has expired since.",
  }),
  require: optional(z.array(z.literal("tsa")), {
    fr: "tsa : refuser une signature sans horodatage de ces autorités.",
    en: "tsa: refuse a signature without a timestamp of these authorities.",
  }),
});

const sigstoreAuthority = sigstore
  .refine(({ trustedRoot: root, certificates }) => (root === undefined) !== (certificates === undefined), {
    error: "trustedRoot ou certificates, l'un des deux | trustedRoot or certificates, one of both",
  })
  .refine(
    ({ trustedRoot: root, ctLogs, logs, timestampAuthorities }) =>
      root === undefined || [ctLogs, logs, timestampAuthorities].every((one) => one === undefined),
    {
      error:
        "à côté de trustedRoot, aucune des listes de clés et de certificats | with trustedRoot, no ctLogs, logs or timestampAuthorities",
    },
  )
  .meta({ oneOf: [{ required: ["trustedRoot"] }, { required: ["certificates"] }] });

const pkiAuthority = pki.refine(
  ({ require, timestampAuthorities }) =>
    require?.includes("tsa") !== true || timestampAuthorities !== undefined,
  {
    error:
      "require: [tsa] demande timestampAuthorities : toute signature serait refusée | require: [tsa] needs timestampAuthorities: every signature would be refused",
  },
);

/** An authority whose certificates identify signers. */
export const authority = z.discriminatedUnion("kind", [sigstoreAuthority, pkiAuthority]);

/** An identity of a signer. */
export const identity = z.strictObject({
  authority: authorityId,
  issuer: optional(z.string().regex(/^https?:\/\/\S{1,1000}$/), {
    fr: "Émetteur du jeton d'identité, au caractère près : https://gitlab.example. Exigé pour une autorité sigstore, et là seulement.",
    en: "Issuer of the identity token, to the character: https://gitlab.example. Required for an authority of kind sigstore, and there only.",
  }),
  subject: described(SUBJECT, {
    fr: "Nom que le certificat donne au signataire, exactement ; ou son début jusqu'à un « / » ou « @ », puis *.",
    en: 'Name that the certificate gives the signer, exactly; or its beginning up to a "/" or "@", then *.',
  }),
  notBefore: optional(daySchema, {
    fr: "Premier jour où signer compte (UTC), d'après l'horodatage.",
    en: "First day on which signing counts (UTC), by the timestamp.",
  }),
  notAfter: optional(daySchema, {
    fr: "Dernier jour où signer compte, d'après l'horodatage.",
    en: "Last day on which signing counts, by the timestamp.",
  }),
});

export const AUTHORITY_KEYS = [...new Set([...Object.keys(sigstore.shape), ...Object.keys(pki.shape)])];
export const IDENTITY_KEYS = Object.keys(identity.shape);
