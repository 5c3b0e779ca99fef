import { z } from "zod";
import { FAIL_ON } from "../../contract/fail-on.ts";
import { i18nMeta, optional } from "../../contract/i18n-meta.ts";
import { LANGS } from "../../contract/text.ts";
import { kubernetesSchema } from "../../policy/kubernetes-schema.ts";
import { TRIAL_KEYS, trialSchema } from "./trial.ts";
import type { SettingsKind } from "./validate.ts";

/**
 * Schema of `douane.yaml`, an application team's settings. Each is the default of the option with the same
 * name.
 */
export const teamSettingsSchema = z
  .strictObject({
    team: optional(z.string().min(1), {
      fr: "Nom de l'équipe qui répond de l'image ; il figure dans chaque rapport.",
      en: "Name of the team that answers for the image; it stands in every report.",
    }),
    lang: optional(z.enum(LANGS), {
      fr: "Langue des textes : --lang.",
      en: "Language of the texts: --lang.",
    }),
    platform: optional(z.string().min(1), {
      fr: "os/architecture[/variante] de l'image à juger : --platform.",
      en: "os/architecture[/variant] of the image to judge: --platform.",
    }),
    kubernetes: optional(kubernetesSchema, {
      fr: "Version du cluster pour laquelle juger les manifestes, sous forme de texte : --kubernetes.",
      en: "Version of the cluster that manifests are judged for, as a text: --kubernetes.",
    }),
    formats: optional(z.array(z.string().min(1)), {
      fr: "Rapports à écrire, chacun NOM ou NOM=FICHIER : --format.",
      en: "Reports to write, each NAME or NAME=FILE: --format.",
    }),
    failOn: optional(z.enum(FAIL_ON), {
      fr: "À partir de quel verdict le code de retour n'est pas 0 : --fail-on.",
      en: "From which verdict on the exit code is not 0: --fail-on.",
    }),
    enforceFuture: optional(z.boolean(), {
      fr: "Si les exigences futures du contrat décident aussi de l'admission : --enforce-future.",
      en: "Whether the contract's future requirements decide on admission, too: --enforce-future.",
    }),
    trial: trialSchema.exactOptional(),
  })
  .meta({
    title: "douane.yaml",
    ...i18nMeta({ fr: "Réglages d'une équipe d'application.", en: "Settings of an application team." }),
  });

export type TeamSettings = z.infer<typeof teamSettingsSchema>;

export const TEAM_SETTINGS: SettingsKind<TeamSettings> = {
  schema: teamSettingsSchema,
  keys: { "": Object.keys(teamSettingsSchema.shape), ...TRIAL_KEYS },
  elsewhere: {
    evidenceFrom: {
      fr: "evidenceFrom n'est permis que dans la politique de la plateforme (--policy) : une équipe ne décide pas quelles preuves comptent",
      en: "evidenceFrom is allowed in the platform's policy only (--policy): a team does not decide which evidence counts",
    },
    bases: {
      fr: "bases n'est permis que dans la politique de la plateforme (--policy) : une équipe ne dit pas elle-même quelles images de base sont admises",
      en: "bases is allowed in the platform's policy only (--policy): a team does not say itself which base images are taken",
    },
    acceptedFindings: {
      fr: "acceptedFindings n'est permis que dans la politique de la plateforme (--policy) : une équipe ne peut pas écarter elle-même un constat",
      en: "acceptedFindings is allowed in the platform's policy only (--policy): a team cannot dismiss a finding itself",
    },
  },
};
