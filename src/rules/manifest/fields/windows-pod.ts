import { fingerprint } from "../../../contract/fingerprint.ts";
import type { RuleId } from "../../../contract/rows.ts";
import type { Outcome } from "../../../contract/rule.ts";
import { manifestPlace, osPath, type WorkloadFacts, workloadKey } from "../../../contract/workload-facts.ts";

/**
 * Outcome of a Linux rule for a Windows pod. Pod Security exempts Windows pods since 1.25; the contract has
 * no exemption, since the platform runs Linux.
 */
export function windowsPod(id: RuleId, workload: WorkloadFacts): Outcome {
  return {
    status: "fail",
    findings: [
      {
        message: {
          fr: "spec.os.name vaut windows : la plateforme n'exécute que Linux, et Kubernetes n'y applique pas ce réglage à un pod Windows",
          en: "spec.os.name is windows: the platform runs Linux only, and Kubernetes does not apply this setting to a Windows pod",
        },
        remedy: {
          fr: "Retirer spec.os du pod, puis ajouter ce que demande le profil Restricted (douane fix).",
          en: "Remove spec.os from the pod, then add what the Restricted profile asks for (douane fix).",
        },
        fingerprint: fingerprint(id, workloadKey(workload), "spec.os.name", "windows"),
        at: manifestPlace(workload, osPath(workload)),
      },
    ],
  };
}
