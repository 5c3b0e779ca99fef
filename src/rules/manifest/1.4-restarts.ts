// A container that ends is started again (contract 1.4: processes can be stopped and restarted).
//
//   app containers of Deployment, StatefulSet, DaemonSet…, restartPolicy of the container (Kubernetes 1.34):
//     Never, OnFailure     fail: a server that ends, with 0 after a failed liveness probe, stays down
//     Always, or none      fine
//   the same before 1.34   note: Kubernetes drops the field
//   activeDeadlineSeconds of a long-running pod: the kubelet then ends the pod for good     fail
//   initContainers[].restartPolicy: Always (a sidecar); Jobs, pods that end     fine
//
// Source: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#individual-container-restarts

import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { containerName, type PlacementFacts, placements } from "../../contract/pod-containers.ts";
import { RESTART_POLICY } from "../../contract/pod-defaults.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import {
  invalidAt,
  manifestPlace,
  podField,
  type WorkloadFacts,
  workloadKey,
} from "../../contract/workload-facts.ts";
import { invalidField } from "../../start/invalid-fields.ts";
import { unprovenBy } from "./fields/judge-fields.ts";

const ID = "1.4-restarts";
/** Minor version of Kubernetes since which a container has the field (ContainerRestartRules). */
const SINCE = 34;

export const restarts = defineRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Un conteneur qui s'arrête est relancé",
    en: "A container that ends is started again",
  },
  why: {
    fr: "Un processus qui meurt, ou que la livenessProbe arrête, doit être relancé par la plateforme : sans cela, le pod reste sans application.",
    en: "A process that dies, or that the livenessProbe stops, has to be started again by the platform: otherwise the pod stays without its application.",
  },
  remedy: {
    fr: "Retirer restartPolicy (et restartPolicyRules) du conteneur : Always est la valeur par défaut.",
    en: "Remove restartPolicy (and restartPolicyRules) from the container: Always is the default.",
  },
  needs: ["workload", "cluster"],
  check({ workload, cluster: { minor } }) {
    if (workload.lifetime === "batch") return { status: "n/a", reason: BATCH };
    const running = placements(workload).filter(({ role }) => role === "app");
    const paths = running.map(({ path }) => path);
    const invalid =
      invalidField(workload, paths, ["restartPolicy"]) ?? invalidAt(workload, podField(workload, DEADLINE));
    const judged = [...running.flatMap((one) => judge(workload, one, minor)), ...deadline(workload)];
    return outcomeOf(sortFindings(judged), invalid === undefined ? PROOF : unprovenBy(invalid));
  },
});

const BATCH: Text = {
  fr: "tâche batch : elle se termine d'elle-même",
  en: "a batch task: it ends by itself",
};
const PROOF: Text = {
  fr: "chaque conteneur qui s'arrête est relancé (restartPolicy: Always)",
  en: "every container that ends is started again (restartPolicy: Always)",
};

/**
 * Field of the pod after which the kubelet ends the pod as failed; its controller does not start it again.
 */
const DEADLINE = "spec.activeDeadlineSeconds";

function deadline(workload: WorkloadFacts): readonly JudgedOne[] {
  const { activeDeadlineSeconds: limit } = workload.pod.spec;
  if (limit === undefined) return [];
  const finding = {
    message: {
      fr: `activeDeadlineSeconds: ${limit} : le kubelet arrête le pod après ce délai, et rien ne le relance`,
      en: `activeDeadlineSeconds: ${limit}: the kubelet ends the pod after this time, and nothing starts it again`,
    },
    remedy: {
      fr: "Retirer activeDeadlineSeconds : il est fait pour les tâches (Job).",
      en: "Remove activeDeadlineSeconds: it is meant for tasks (Job).",
    },
    fingerprint: fingerprint(ID, workloadKey(workload), "deadline"),
    at: manifestPlace(workload, podField(workload, DEADLINE)),
  };
  return [{ refutes: true, finding }];
}

function judge(workload: WorkloadFacts, placement: PlacementFacts, minor: number): readonly JudgedOne[] {
  const { restartPolicy: policy = RESTART_POLICY } = placement.spec;
  if (policy === "Always") return [];
  const [container, shown] = [containerName(placement), excerpt(policy)];
  const isKnown = minor >= SINCE;
  const old = isKnown
    ? { fr: "", en: "" }
    : { fr: ` (Kubernetes 1.${minor} ignore ce champ)`, en: ` (Kubernetes 1.${minor} ignores this field)` };
  const finding = {
    message: {
      fr: `restartPolicy: ${shown} sur le conteneur : la plateforme ne le relance pas toujours quand il s'arrête${old.fr}`,
      en: `restartPolicy: ${shown} on the container: the platform does not always start it again when it ends${old.en}`,
    },
    fingerprint: fingerprint(ID, workloadKey(workload), container, policy),
    container,
    at: manifestPlace(workload, `${placement.path}.restartPolicy`),
  };
  return [{ refutes: isKnown, finding }];
}
