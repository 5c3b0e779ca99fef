import type { Evidence } from "./evidence.ts";
import type { Text } from "./text.ts";

interface KindOfEvidence {
  readonly name: Text;
  /** Scope of a piece: the subject as a whole, or each of its containers. */
  readonly scope: "subject" | "container";
  /** Command that collects the evidence; absent if no command of this version does. */
  readonly command?: string;
}

/** Table of all kinds of evidence. A kind that was not collected differs from a kind without findings. */
export const EVIDENCE_KINDS = {
  image: {
    name: { fr: "l'image elle-même", en: "the image itself" },
    scope: "container",
    command: "douane check IMAGE",
  },
  reference: {
    name: { fr: "la référence de l'image", en: "the image's reference" },
    scope: "container",
    command: "douane check REGISTRY/NAME:TAG",
  },
  workload: {
    name: { fr: "le manifeste du workload", en: "the workload's manifest" },
    scope: "subject",
    command: "douane check MANIFEST",
  },
  cluster: {
    name: { fr: "la version du cluster", en: "the cluster's version" },
    scope: "subject",
  },
  placement: {
    name: { fr: "le conteneur dans le manifeste", en: "the container in the manifest" },
    scope: "container",
  },
  dockerfile: {
    name: { fr: "le Dockerfile", en: "the Dockerfile" },
    scope: "container",
    command: "douane check DOCKERFILE",
  },
  trial: {
    name: {
      fr: "un essai de l'image sous le profil Restricted",
      en: "a trial of the image under the Restricted profile",
    },
    scope: "container",
    command: "douane trial IMAGE",
  },
  attestations: {
    name: { fr: "les attestations signées de l'image", en: "the image's signed attestations" },
    scope: "container",
    command: "douane verify IMAGE --policy FILE",
  },
  sbom: {
    name: { fr: "les paquets de l'image et son SBOM", en: "the image's packages and its SBOM" },
    scope: "container",
    command: "douane check IMAGE",
  },
  judging: {
    name: { fr: "la date et les seuils du jugement", en: "the date and the measures of judging" },
    scope: "subject",
  },
  vulnerabilities: {
    name: { fr: "des données de vulnérabilités à jour", en: "fresh vulnerability data" },
    scope: "container",
    command: "douane vulns import FILE",
  },
} as const satisfies Record<string, KindOfEvidence> & Record<keyof Evidence, KindOfEvidence>;

export type EvidenceKind = keyof typeof EVIDENCE_KINDS;

/** Entry of a kind, with its optional fields. */
export function kindOfEvidence(kind: EvidenceKind): KindOfEvidence {
  return EVIDENCE_KINDS[kind];
}
