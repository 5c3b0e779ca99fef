import { z } from "zod";
import { described, optional } from "../contract/i18n-meta.ts";
import { daySchema } from "./accepted-finding.ts";

/** Kind and name of a workload: `Deployment/web`. */
const WORKLOAD =
  /^(?:CronJob|DaemonSet|Deployment|Job|ReplicaSet|ReplicationController|StatefulSet)\/[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** @param label schema of a namespace's name */
export function observeSchema(label: z.ZodString) {
  return z
    .strictObject({
      until: described(daySchema, {
        fr: "AAAA-MM-JJ, le dernier jour d'observation (UTC) ; les refus sont appliqués ensuite, sans intervention.",
        en: "YYYY-MM-DD, the last day of observation (UTC); refusals are enforced afterwards, without any action.",
      }),
      reason: described(z.string().min(1).max(500), {
        fr: "Pourquoi ; figure dans chaque réponse.",
        en: "Why; shown in every answer.",
      }),
      namespace: optional(label, {
        fr: "Cet espace de noms. Par défaut : tout le cluster.",
        en: "This namespace. Default: the whole cluster.",
      }),
      workloads: optional(
        z
          .array(
            z.string().regex(WORKLOAD, {
              error:
                "un genre et un nom (Deployment/web, CronJob/purge) | a kind and a name (Deployment/web, CronJob/purge)",
            }),
          )
          .min(1),
        {
          fr: "Dans cet espace de noms, ces seuls workloads : ceux qui fonctionnaient à l'installation, et redémarrent jusqu'à cette date.",
          en: "In this namespace, only these workloads: those that ran at the installation, and restart until that day.",
        },
      ),
    })
    .refine(({ namespace, workloads }) => workloads === undefined || namespace !== undefined, {
      error: "un espace de noms avec des workloads (namespace) | a namespace with workloads (namespace)",
    });
}
