import type { Kind } from "./evidence.ts";
import type { Text } from "./text.ts";

interface KindOfEvidence {
  readonly name: Text;
  /** The command that gathers it; absent while no command of this version does. */
  readonly command?: string;
}

/** What evidence can be about. A kind that was not collected is not the same as one that found nothing. */
export const EVIDENCE_KINDS = {
  image: {
    name: { fr: "l'image elle-même", en: "the image itself" },
    command: "douane check IMAGE",
  },
  reference: {
    name: { fr: "la référence de l'image", en: "the image's reference" },
    command: "douane check REGISTRY/NAME:TAG",
  },
  workload: {
    name: { fr: "le manifeste du workload", en: "the workload's manifest" },
    command: "douane check MANIFEST",
  },
  trial: {
    name: {
      fr: "un essai de l'image sous le profil Restricted",
      en: "a trial of the image under the Restricted profile",
    },
    command: "douane trial IMAGE",
  },
  attestations: {
    name: { fr: "les attestations signées de l'image", en: "the image's signed attestations" },
  },
  sbom: { name: { fr: "le SBOM de l'image", en: "the image's SBOM" } },
  vulnerabilities: {
    name: { fr: "des données de vulnérabilités à jour", en: "fresh vulnerability data" },
  },
} as const satisfies Record<string, KindOfEvidence>;

export type EvidenceKind = keyof typeof EVIDENCE_KINDS;

/** The kind's entry, with its command typed as optional. */
export function kindOfEvidence(kind: EvidenceKind): KindOfEvidence {
  return EVIDENCE_KINDS[kind];
}

/** Kinds that are part of another one, or a subject of their own: no row waits for them. */
const OTHER_NAMES: Readonly<Record<Exclude<Kind, EvidenceKind>, Text>> = {
  cluster: { fr: "la version du cluster", en: "the cluster's version" },
  placement: { fr: "le conteneur dans le manifeste", en: "the container in the manifest" },
  dockerfile: { fr: "le Dockerfile", en: "the Dockerfile" },
};

/** What a kind of evidence that a rule reads is called. */
export function evidenceName(kind: Kind): Text {
  return isOther(kind) ? OTHER_NAMES[kind] : EVIDENCE_KINDS[kind].name;
}

function isOther(kind: Kind): kind is keyof typeof OTHER_NAMES {
  return Object.hasOwn(OTHER_NAMES, kind);
}
