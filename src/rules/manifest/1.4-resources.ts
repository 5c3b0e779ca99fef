// Every container declares its memory (contract 1.4: processes that scale): notes.
//
// The platform's LimitRange admits a limit of at most twice the request.
//
//   no limits.memory                              note: one container can take the whole node
//   limits.memory above 2 × requests.memory       note: the LimitRange refuses the pod
//   requests.memory absent: equal to the limit    fine
//   ephemeral containers                          can have none
//   resources that are not valid Kubernetes       silent: their meaning is unknown

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { containerName, type PlacementFacts, placements } from "../../contract/pod-containers.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { invalidAt, manifestPlace, type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";

const ID = "1.4-resources";
const RATIO = 2;
/** Factors of the suffixes of resource.Quantity (k8s.io/apimachinery). */
const SUFFIXES: ReadonlyMap<string, number> = new Map([
  ["m", 1e-3],
  ["", 1],
  ["k", 1e3],
  ["M", 1e6],
  ["G", 1e9],
  ["T", 1e12],
  ["P", 1e15],
  ["Ki", 1024],
  ["Mi", 1024 ** 2],
  ["Gi", 1024 ** 3],
  ["Ti", 1024 ** 4],
  ["Pi", 1024 ** 5],
]);

export const resources = defineRule({
  id: ID,
  rows: ["twelve-factor"],
  title: {
    fr: "La mémoire de chaque conteneur est bornée",
    en: "The memory of every container is bounded",
  },
  why: {
    fr: "Sans limite, une fuite de mémoire atteint toutes les applications du nœud ; au-delà du double de la demande, la plateforme refuse le pod.",
    en: "Without a limit, a memory leak reaches every application of the node; above twice the request, the platform refuses the pod.",
  },
  remedy: {
    fr: "Donner à chaque conteneur resources.requests.memory et resources.limits.memory, dans un rapport de 2 au plus.",
    en: "Give every container resources.requests.memory and resources.limits.memory, at most twice as much.",
  },
  needs: ["workload"],
  check({ workload }) {
    const judged = placements(workload).filter(({ role }) => role !== "ephemeral");
    const notes = judged.flatMap((placement) => remarks(workload, placement));
    return {
      status: "pass",
      proof: {
        fr: `remarques sur la mémoire des conteneurs : ${notes.length}`,
        en: `remarks about the containers' memory: ${notes.length}`,
      },
      notes,
    };
  },
});

function remarks(workload: WorkloadFacts, placement: PlacementFacts): readonly Finding[] {
  if (invalidAt(workload, `${placement.path}.resources`) !== undefined) return [];
  const { limits = {}, requests = {} } = placement.spec.resources ?? {};
  const [limit, request] = [limits["memory"], requests["memory"]];
  if (limit === undefined) {
    const message = {
      fr: "le conteneur n'a pas de limite de mémoire",
      en: "the container has no memory limit",
    };
    return [note(workload, placement, "absent", message)];
  }
  if (request === undefined || !(bytes(limit) / bytes(request) > RATIO)) return [];
  const [most, asked] = [excerpt(limit), excerpt(request)];
  return [
    note(workload, placement, "ratio", {
      fr: `la limite de mémoire (${most}) dépasse le double de la demande (${asked})`,
      en: `the memory limit (${most}) is more than twice the request (${asked})`,
    }),
  ];
}

/** Bytes of a quantity; NaN if invalid, which fails every comparison. */
function bytes(quantity: string): number {
  const [, number = "", suffix = ""] =
    /^(\d{1,30}(?:\.\d{0,30})?(?:[eE][+-]?\d{1,3})?)([a-zA-Z]{0,2})$/.exec(quantity) ?? [];
  return Number.parseFloat(number) * (SUFFIXES.get(suffix) ?? Number.NaN);
}

function note(workload: WorkloadFacts, placement: PlacementFacts, value: string, message: Text): Finding {
  const container = containerName(placement);
  return {
    message,
    fingerprint: fingerprint(ID, workloadKey(workload), container, value),
    container,
    at: manifestPlace(workload, `${placement.path}.resources.limits.memory`),
  };
}
