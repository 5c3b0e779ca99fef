import { z } from "zod";
import { described, optional } from "../contract/i18n-meta.ts";
import type { Text } from "../contract/text.ts";
import { HALF_OPEN, isHalfOpen, SOURCE_APPLICATION } from "./source-application.ts";

const application = z.strictObject({
  ...SOURCE_APPLICATION,
  builds: optional(z.boolean(), {
    fr: "Si ce projet construit l'image, ce qui est le cas par défaut. false pour un dépôt de déploiement, dont le pipeline analyse une image construite ailleurs : il ne prouve pas la source, et ses rapports peuvent nommer un autre commit.",
    en: "Whether this project builds the image, which is the default. false for a deployment repository, whose pipeline scans an image that was built elsewhere: it does not prove the source, and its reports may name another commit.",
  }),
  predicates: optional(z.array(z.string().regex(/^[a-z][a-z0-9+.-]*:\S+$/)).min(1), {
    fr: "Types des prédicats que ses jobs peuvent faire signer par le notaire, en URI. Par défaut aucun.",
    en: "Types of the predicates that its jobs may have the notary sign, as URIs. Default: none.",
  }),
});

/** The platform's map from projects to image repositories. */
export const applicationsSchema = described(
  z.array(application.refine((one) => !isHalfOpen(one), { error: HALF_OPEN })).min(1),
  {
    fr: "Quel projet remplit quels dépôts d'images, et ce que ses jobs peuvent faire signer : pour attestations et pour notary.",
    en: "Which project fills which image repositories, and what its jobs may have signed: for attestations and for notary.",
  },
);

/** Keys by path, for suggestions in messages. */
export const APPLICATION_KEYS = { applications: Object.keys(application.shape) } as const;

/** Maps of a policy: its own, and those of its sections. */
interface Maps {
  readonly applications?: readonly object[];
  readonly attestations?: { readonly applications: readonly object[] };
  readonly notary?: { readonly applications: readonly object[] };
}

/** Problem of a policy's maps, with its place; undefined if each section that needs a map has one. */
export function mapProblem({
  applications,
  attestations,
  notary,
}: Maps): { readonly path: readonly string[]; readonly message: string } | undefined {
  const own = { attestations: attestations?.applications ?? [], notary: notary?.applications ?? [] };
  if (applications !== undefined) {
    const besides = Object.values(own).some((list) => list.length > 0);
    return besides ? { path: ["applications"], message: BESIDE } : undefined;
  }
  return notary !== undefined && own.notary.length === 0
    ? { path: ["applications"], message: WITHOUT }
    : undefined;
}

const BESIDE =
  "une seule carte : applications remplace attestations.applications et notary.applications | one map: applications replaces attestations.applications and notary.applications";
const WITHOUT =
  "une liste, que le notaire demande (applications) | a list, which the notary needs (applications)";

/** Notice that a policy has two maps; undefined if it has one. */
export function twoMaps({ attestations, notary }: Maps, file: string): Text | undefined {
  const lists = [attestations?.applications ?? [], notary?.applications ?? []];
  if (lists.some((list) => list.length === 0)) return undefined;
  return {
    fr: `${file} : attestations.applications et notary.applications disent deux fois quel projet remplit quel dépôt d'images, et peuvent se contredire ; les deux sont lues comme avant. Écrire une seule liste, applications.`,
    en: `${file}: attestations.applications and notary.applications say twice which project fills which image repository, and may differ; both are read as before. Write one list, applications.`,
  };
}
