// The containers request no devices of the node (contract 1.1).
//
//   resources: an extended resource (nvidia.com/gpu: 1)        unproven: row 2, and the rows that a trial proves
//   resourceClaims, of an object or a template                 unproven, too
//   an amount of 0; cpu, memory, ephemeral-storage, hugepages, kubernetes.io/…     fine
//
// The node decides which devices a resource name refers to, and a trial cannot provide them. Claims with
// adminAccess are judged by 1.1-device-admin-access.

import { containerName, placements } from "../../contract/pod-containers.ts";
import type { ResourcesFacts } from "../../contract/pod-facts.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpts } from "../../contract/shown.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";

/** Maximum number of devices named in one sentence. */
const NAMED = 3;

export const devices = defineRule({
  id: "1.1-devices",
  rows: ["no-host-access", "read-only-root", "stdout-logs", "bind-all", "stateless"],
  title: {
    fr: "Les conteneurs ne demandent pas de périphériques du nœud",
    en: "The containers ask for no devices of the node",
  },
  why: {
    fr: "Un périphérique donné à un conteneur est un accès au matériel du nœud, par un pilote qui n'est pas dans le manifeste ; aucun essai ne l'a eu.",
    en: "A device that is given to a container is access to the node's hardware, by a driver that is not in the manifest; no trial had it.",
  },
  remedy: {
    fr: "Retirer cette ressource si l'application peut s'en passer ; sinon demander à la plateforme quel accès son pilote donne.",
    en: "Remove this resource if the application can do without; otherwise ask the platform what access its driver gives.",
  },
  needs: ["workload"],
  check({ workload }): Outcome {
    const found = devicesOf(workload);
    if (found.length === 0) return { status: "pass", proof: NONE };
    const named = excerpts(found, NAMED);
    return {
      status: "unproven",
      doubtful: true,
      reason: {
        fr: `périphériques du nœud demandés, que le manifeste ne décrit pas et qu'aucun essai n'a eus : ${named}`,
        en: `devices of the node are asked for, which the manifest does not describe and no trial had: ${named}`,
      },
      settle: {
        fr: "Retirer cette ressource si l'application peut s'en passer ; sinon demander à la plateforme quel accès son pilote donne.",
        en: "Remove this resource if the application can do without; otherwise ask the platform what access its driver gives.",
      },
    };
  },
});

function devicesOf(workload: WorkloadFacts): readonly string[] {
  const { resources, resourceClaims = [] } = workload.pod.spec;
  return [
    ...placements(workload).flatMap((placement) =>
      extendedIn(placement.spec.resources).map((name) => `${containerName(placement)}: ${name}`),
    ),
    ...extendedIn(resources),
    ...resourceClaims.map(({ name = "", resourceClaimName, resourceClaimTemplateName }) => {
      const object = resourceClaimName ?? resourceClaimTemplateName;
      return `resourceClaims ${name}${object === undefined ? "" : ` (${object})`}`;
    }),
  ];
}

function extendedIn({ limits = {}, requests = {} }: ResourcesFacts = {}): readonly string[] {
  const amounts = new Map([...Object.entries(requests), ...Object.entries(limits)]);
  return [...amounts].flatMap(([name, amount]) =>
    isExtended(name) && !/^[+-]?0{1,20}(?:\.0{0,20})?[a-zA-Z]{0,2}$/.test(amount) ? [name] : [],
  );
}

/** Whether a resource is none of Kubernetes' own (k8s.io/kubernetes, core/v1/helper, IsExtendedResourceName). */
function isExtended(name: string): boolean {
  if (name.startsWith("deviceclass.resource.kubernetes.io/")) return true;
  return name.includes("/") && !name.includes("kubernetes.io/") && !name.startsWith("requests.");
}

const NONE = {
  fr: "aucun conteneur ne demande de périphérique du nœud",
  en: "no container asks for a device of the node",
};
