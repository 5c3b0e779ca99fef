import { z } from "zod";
import { ATTESTED_ROWS, type AttestationPolicy, BUILD_LEVELS } from "../contract/attestation-policy.ts";
import { exactly } from "../contract/exactly.ts";
import { described, i18nMeta, optional } from "../contract/i18n-meta.ts";
import { daySchema } from "./accepted-finding.ts";
import { BUILDER, KEY_ID, PEM, TIME } from "./attestation-texts.ts";
import { AUTHORITY_KEYS, authority, IDENTITY_KEYS, identity } from "./authorities.ts";
import { HALF_OPEN, isHalfOpen, SOURCE_APPLICATION } from "./source-application.ts";
import { statementsSchema } from "./statement-requirements.ts";

const signerId = described(z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/), {
  fr: "Nom du signataire, que le reste de la section emploie.",
  en: "Name of the signer, which the rest of the section uses.",
});

const signerKey = z.strictObject({
  pem: optional(PEM, { fr: "Clé publique en PEM.", en: "Public key in PEM." }),
  file: optional(z.string().min(1), {
    fr: "Fichier de la clé publique, relatif au répertoire de la politique, à la place de pem.",
    en: "File of the public key, relative to the policy's folder, in place of pem.",
  }),
  notBefore: optional(daySchema, {
    fr: "Premier jour où les signatures de cette clé comptent (UTC).",
    en: "First day on which signatures of this key count (UTC).",
  }),
  notAfter: optional(daySchema, {
    fr: "Dernier jour où elles comptent : celui du jugement, puisqu'une signature n'a pas de date sûre.",
    en: "Last day on which they count: the day of judging, since a signature has no reliable date.",
  }),
});
const oneKey = signerKey
  .refine(({ pem, file }) => (pem === undefined) !== (file === undefined), {
    error: "une clé par pem ou par file | a key by pem or by file",
  })
  .meta({ oneOf: [{ required: ["pem"] }, { required: ["file"] }] });

const signer = z.strictObject({
  id: signerId,
  keys: optional(z.array(oneKey).min(1), {
    fr: "Ses clés : l'ancienne et la nouvelle pendant un renouvellement.",
    en: "Its keys: the old one and the new one during a rotation.",
  }),
  identities: optional(z.array(identity).min(1), {
    fr: "Ses identités, que certifie une autorité : celles d'un pipeline, sans clé.",
    en: "Its identities, which an authority certifies: those of a pipeline, without a key.",
  }),
});
const anySigner = signer
  .refine(({ keys, identities }) => keys !== undefined || identities !== undefined, {
    error: "des clés (keys) ou des identités (identities) | keys or identities",
  })
  .meta({ anyOf: [{ required: ["keys"] }, { required: ["identities"] }] });

const revokedKey = z.strictObject({
  id: described(KEY_ID, {
    fr: "Identifiant de la clé, que « douane verify » et « douane attest » affichent.",
    en: "Id of the key, as `douane verify` and `douane attest` print it.",
  }),
  from: described(TIME, {
    fr: "Moment à partir duquel aucune de ses signatures ne compte, quelle que soit la date qu'elle porte.",
    en: "Time from which none of its signatures counts, whatever date it bears.",
  }),
  reason: described(z.string().min(1), {
    fr: "Pourquoi ; figure dans les rapports.",
    en: "Why; it stands in reports.",
  }),
});

const builder = z.strictObject({
  signer: signerId,
  id: described(BUILDER, {
    fr: "builder.id de la provenance, exactement ; ou son début jusqu'à un « / » ou « @ », puis * : https://gitlab.example/*.",
    en: 'builder.id of the provenance, exactly; or its beginning up to a "/" or "@", then *: https://gitlab.example/*.',
  }),
  level: described(z.literal(BUILD_LEVELS), {
    fr: "Niveau de build SLSA que vaut ce couple : 1 affirmé par l'équipe, 2 signé par un tiers qui connaît la source, 3 sur des runners isolés.",
    en: "SLSA build level of this pair: 1 asserted by the team, 2 signed by a third party that knows the source, 3 on isolated runners.",
  }),
});

const application = z.strictObject(SOURCE_APPLICATION);

const enforcement = z.strictObject({
  mode: described(z.enum(["enforce", "warn"]), {
    fr: "enforce refuse l'image, warn le signale seulement. Par défaut enforce.",
    en: "enforce refuses the image, warn only reports it. Default: enforce.",
  }),
  from: optional(daySchema, {
    fr: "Premier jour où la ligne est exigée (UTC) ; avant, elle est seulement signalée.",
    en: "First day on which the row is required (UTC); before, it is only reported.",
  }),
});

const section = z
  .strictObject({
    signers: described(z.array(anySigner), {
      fr: "Ceux dont la signature compte. Une clé qu'une attestation porte elle-même ne compte jamais.",
      en: "Those whose signature counts. A key that an attestation carries itself never does.",
    }),
    authorities: optional(z.array(authority), {
      fr: "Autorités dont les certificats identifient des signataires.",
      en: "Authorities whose certificates identify signers.",
    }),
    revokedKeys: optional(z.array(revokedKey), {
      fr: "Clés révoquées, par identifiant ; aussi celles de certificats.",
      en: "Revoked keys, by id; also those of certificates.",
    }),
    builders: described(z.array(builder), {
      fr: "Niveau de chaque couple signataire et builder.id. Un niveau qu'une attestation s'attribue ne compte pas.",
      en: "Level of each pair of signer and builder.id. A level that an attestation claims does not count.",
    }),
    applications: described(z.array(application), {
      fr: "Quel projet remplit quels dépôts d'images, pour une politique sans la liste applications du premier niveau. Une image dont aucune entrée ne nomme le dépôt est refusée.",
      en: "Which project fills which image repositories, for a policy without the list applications at its top level. An image whose repository no entry names is refused.",
    }).default([]),
    statements: statementsSchema,
    rows: optional(
      z.strictObject({ provenance: enforcement.exactOptional(), scans: enforcement.exactOptional() }),
      {
        fr: "Comment chaque exigence future s'applique. Les exigences fortes n'ont pas un tel réglage.",
        en: "How each future requirement binds. Mandatory requirements have no such setting.",
      },
    ),
  })
  .superRefine((value, context) => {
    const known = new Set(value.signers.map(({ id }) => id));
    for (const { path, id } of namedSigners(value)) {
      if (!known.has(id)) context.addIssue({ code: "custom", path: [...path], message: UNKNOWN_SIGNER });
    }
    if (known.size < value.signers.length)
      context.addIssue({ code: "custom", path: ["signers"], message: TWO_SIGNERS });
    const authorities = new Map((value.authorities ?? []).map(({ id, kind }) => [id, kind]));
    for (const [index, { identities = [] }] of value.signers.entries()) {
      for (const [at, one] of identities.entries()) {
        const path = ["signers", index, "identities", at];
        const kind = authorities.get(one.authority);
        if (kind === undefined)
          context.addIssue({ code: "custom", path: [...path, "authority"], message: UNKNOWN_AUTHORITY });
        else if (kind === "pki" && one.subject.endsWith("*"))
          context.addIssue({ code: "custom", path: [...path, "subject"], message: PKI_GROUP });
        else if ((kind === "sigstore") !== (one.issuer !== undefined))
          context.addIssue({ code: "custom", path: [...path, "issuer"], message: ISSUER });
      }
    }
    if (authorities.size < (value.authorities ?? []).length)
      context.addIssue({ code: "custom", path: ["authorities"], message: TWO_AUTHORITIES });
    for (const [index, one] of value.applications.entries()) {
      if (isHalfOpen(one))
        context.addIssue({ code: "custom", path: ["applications", index], message: HALF_OPEN });
    }
  })
  .meta(
    i18nMeta({
      fr: "Attestations exigées. La présence de la section suffit : sans attestation qui convient, la réponse est non.",
      en: "Attestations that are required. The section's presence suffices: without a matching attestation the answer is no.",
    }),
  );

/** Section `attestations` of the policy. */
export const attestationsSchema = exactly<Omit<AttestationPolicy, "scanners">>()(section);

/** Keys by path, for suggestions in messages. */
export const ATTESTATION_KEYS = {
  attestations: Object.keys(section.shape),
  "attestations.signers": Object.keys(signer.shape),
  "attestations.signers.keys": Object.keys(signerKey.shape),
  "attestations.signers.identities": IDENTITY_KEYS,
  "attestations.authorities": AUTHORITY_KEYS,
  "attestations.revokedKeys": Object.keys(revokedKey.shape),
  "attestations.builders": Object.keys(builder.shape),
  "attestations.applications": Object.keys(application.shape),
  "attestations.statements": Object.keys(statementsSchema.shape),
  "attestations.rows": [...ATTESTED_ROWS],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Places of the section that name a signer. */
function namedSigners({ builders, statements }: z.infer<typeof section>) {
  return [
    ...builders.map(({ signer: id }, index) => ({ path: ["builders", index, "signer"], id })),
    ...Object.entries(statements).flatMap(([kind, { signers }]) =>
      signers.map((id, index) => ({ path: ["statements", kind, "signers", index], id })),
    ),
  ];
}

const UNKNOWN_SIGNER =
  "un signataire déclaré sous attestations.signers | a signer declared under attestations.signers";
const PKI_GROUP =
  "sans * : un certificat d'une organisation ne nomme pas de projet, que les applications limiteraient | without *: an organisation's certificate states no project that the applications would limit";
const UNKNOWN_AUTHORITY =
  "une autorité déclarée sous attestations.authorities | an authority declared under attestations.authorities";
const ISSUER =
  "l'émetteur du jeton, pour une autorité sigstore et là seulement | the token's issuer, for an authority of kind sigstore and there only";
const TWO_AUTHORITIES = "une seule autorité par nom | one authority for each name";
const TWO_SIGNERS =
  "un seul signataire par nom (ses clés forment une liste) | one signer for each name (its keys are a list)";
