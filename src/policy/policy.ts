import { z } from "zod";
import type { AttestationPolicy } from "../contract/attestation-policy.ts";
import { FAIL_ON } from "../contract/fail-on.ts";
import { i18nMeta, optional } from "../contract/i18n-meta.ts";
import { JUDGING_DEFAULTS } from "../contract/judging-facts.ts";
import { ORIGINS } from "../contract/origin.ts";
import { ACCEPTED_FINDING_KEYS, acceptedFindingSchema } from "./accepted-finding.ts";
import { ACCEPTED_VULNERABILITY_KEYS, acceptedVulnerabilitySchema } from "./accepted-vulnerability.ts";
import { ADMISSION_KEYS, admissionSchema } from "./admission.ts";
import { APPLICATION_KEYS, applicationsSchema, mapProblem } from "./applications.ts";
import { ATTESTATION_KEYS, attestationsSchema } from "./attestations.ts";
import { basesSchema } from "./image-schemas.ts";
import { kubernetesSchema } from "./kubernetes-schema.ts";
import { NOTARY_KEYS, notarySchema } from "./notary.ts";
import { vulnerabilityDataSchema } from "./vulnerability-data.ts";

/** Settings reserved to the platform; teams cannot set them. */
const settings = z
  .strictObject({
    acceptedFindings: optional(z.array(acceptedFindingSchema), {
      fr: "Constats faux qui ne comptent pas ; rien ne permet d'en écarter un vrai.",
      en: "False findings that do not count; there is no way to waive a true one.",
    }),
    acceptedVulnerabilities: optional(z.array(acceptedVulnerabilitySchema), {
      fr: "Vulnérabilités sous le niveau critique avec lesquelles la plateforme vit jusqu'à une date. Ce qui est critique, exploité ou malveillant ne s'accepte pas.",
      en: "Vulnerabilities below critical that the platform lives with until a day. Critical or exploited vulnerabilities and malware are not accepted.",
    }),
    vulnerabilityDataDays: optional(z.int().min(1), {
      fr: `Âge en jours au-delà duquel des données de vulnérabilités ne prouvent plus rien. Par défaut : ${JUDGING_DEFAULTS.vulnerabilityDataDays}.`,
      en: `Age in days past which vulnerability data prove nothing any more. Default: ${JUDGING_DEFAULTS.vulnerabilityDataDays}.`,
    }),
    bases: basesSchema.exactOptional(),
    applications: applicationsSchema.exactOptional(),
    attestations: attestationsSchema.exactOptional(),
    enforceFuture: optional(z.boolean(), {
      fr: "Si les exigences futures du contrat décident aussi de l'admission.",
      en: "Whether the contract's future requirements decide on admission, too.",
    }),
    failOn: optional(z.enum(FAIL_ON), {
      fr: "À partir de quel verdict le code de retour n'est pas 0. Une équipe peut choisir le plus strict (unproven), jamais l'autre.",
      en: "From which verdict on the exit code is not 0. A team may choose the stricter one (unproven), never the other.",
    }),
    platform: optional(z.string().min(1), {
      fr: "os/architecture[/variante] des images que la plateforme exécute ; ce qu'une équipe en dit ne compte pas.",
      en: "os/architecture[/variant] of the images that the platform runs; a team's own statement does not count.",
    }),
    kubernetes: optional(kubernetesSchema, {
      fr: "Version du cluster de la plateforme, sous forme de texte ; ce qu'une équipe en dit ne compte pas.",
      en: "Version of the platform's cluster, as a text; a team's own statement does not count.",
    }),
    operatedKinds: optional(
      z.array(
        z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/[A-Z][A-Za-z0-9]*$/, {
          error:
            "un genre et son groupe, sans version (postgresql.cnpg.io/Cluster) | a kind with its group, without version (postgresql.cnpg.io/Cluster)",
        }),
      ),
      {
        fr: "Sortes de ressources personnalisées dont les opérateurs de la plateforme lancent les pods, chacune par groupe et sorte : postgresql.cnpg.io/Cluster. Elles sont signalées comme non jugées, et n'empêchent pas un répertoire d'être admis. Un gabarit de pod qui s'y trouve est jugé quand même.",
        en: "Kinds of custom resources whose pods the platform's own operators run, each by group and kind: postgresql.cnpg.io/Cluster. They are told as not judged, and do not keep a folder from being admitted. A pod template within one is judged all the same.",
      },
    ),
    sbomCoverage: optional(z.int().min(1).max(100), {
      fr: "Part des paquets présents dans l'image que son SBOM doit nommer, par écosystème, en pour cent. Par défaut : 90.",
      en: "Share of the packages in the image that its SBOM must name, per ecosystem, in per cent. Default: 90.",
    }),
    vulnerabilityData: vulnerabilityDataSchema.exactOptional(),
    notary: notarySchema.exactOptional(),
    admission: admissionSchema.exactOptional(),
    evidenceFrom: optional(z.array(z.enum(ORIGINS)), {
      fr: "D'où peuvent venir les preuves qui comptent : own-run (ce que cette exécution recueille elle-même compte toujours), handed-in (un fichier, non signé), signed. Par défaut : de partout.",
      en: "Where evidence may come from that counts: own-run (what this run gathers itself always does), handed-in (a file, unsigned), signed. Default: from anywhere.",
    }),
  })
  .meta({
    title: "Platform policy",
    ...i18nMeta({
      fr: "Réglages de la plateforme, passés par --policy.",
      en: "Settings of the platform, passed with --policy.",
    }),
  });

/** Settings reserved to the platform, with one map from projects to image repositories. */
export const policySchema = settings.superRefine((policy, context) => {
  const problem = mapProblem(policy);
  if (problem !== undefined) context.addIssue({ code: "custom", ...problem, path: [...problem.path] });
});

/** The platform's policy. If empty, no finding counts as accepted, and evidence of any origin counts. */
export type Policy = Omit<z.infer<typeof settings>, "attestations"> & {
  readonly attestations?: AttestationPolicy;
};

/** Keys by path, `""` for the top level, for suggestions in messages. */
export const POLICY_KEYS = {
  "": Object.keys(settings.shape),
  vulnerabilityData: Object.keys(vulnerabilityDataSchema.shape),
  ...APPLICATION_KEYS,
  ...NOTARY_KEYS,
  ...ADMISSION_KEYS,
  ...ACCEPTED_FINDING_KEYS,
  ...ACCEPTED_VULNERABILITY_KEYS,
  ...ATTESTATION_KEYS,
} as const satisfies Readonly<Record<string, readonly string[]>>;
