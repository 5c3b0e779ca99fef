// The pods that run are the judged pods: no label or annotation of the pod requests containers, variables or volumes
// that the cluster adds at the creation of the pod (contract 1.1).
//
//   sidecar.istio.io/inject: "true", linkerd.io/inject: enabled, vault.hashicorp.com/agent-inject: "true",
//   instrumentation.opentelemetry.io/inject-java, dapr.io/enabled…          unproven, every row that rests on the pods
//   the same on the workload: the Jaeger operator and Odigos change the pod template            unproven
//   "false", disabled; the status written by an injector; settings of a proxy without a request      fine
//   a Pod read from the cluster: its containers are judged                   fine
//
// The same labels on a Namespace are judged by 1.1-admission-mutations.

import { formatPath } from "../../contract/field-path.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { injectionMarks, workloadMarks } from "../../start/injections.ts";
import { metadataField } from "./annotation-place.ts";
import { listedFields } from "./listed-fields.ts";
import { POD_ROWS } from "./pod-rows.ts";

export const injection = defineRule({
  id: "1.1-injection",
  rows: POD_ROWS,
  title: {
    fr: "Aucune annotation ne fait ajouter de conteneur aux pods à leur création",
    en: "No annotation has containers added to the pods when they are created",
  },
  why: {
    fr: "Un injecteur ajoute un conteneur, des variables ou des volumes que personne n'a jugés, et dont d'autres annotations choisissent parfois l'image ou l'utilisateur.",
    en: "An injector adds a container, variables or volumes that nobody has judged, and whose image or user other annotations may choose.",
  },
  remedy: {
    fr: "Juger les pods tels que le cluster les a créés (kubectl get pods -o yaml | douane check -f -), ou retirer cette annotation.",
    en: "Judge the pods as the cluster created them (kubectl get pods -o yaml | douane check -f -), or remove this annotation.",
  },
  needs: ["workload"],
  check({ workload }): Outcome {
    const marks = workload.created === true ? [] : marksOf(workload);
    if (marks.length === 0) return { status: "pass", proof: NONE };
    const named = listedFields(marks);
    return {
      status: "unproven",
      doubtful: true,
      reason: {
        fr: `${named} fait ajouter aux pods, à leur création, ce que le manifeste ne montre pas`,
        en: `${named} has the cluster add to the pods what the manifest does not show`,
      },
      settle: {
        fr: "Juger les pods tels que le cluster les a créés : kubectl get pods -o yaml | douane check -f - ; ou retirer cette annotation.",
        en: "Judge the pods as the cluster created them: kubectl get pods -o yaml | douane check -f -; or remove this annotation.",
      },
    };
  },
});

/** Paths of the marks of the pods, and of the workload. */
function marksOf(workload: WorkloadFacts): readonly string[] {
  const ofPod = injectionMarks(workload.pod).map((mark) => metadataField(workload, mark.in, mark.key));
  if (workload.podPath === workload.path) return ofPod;
  const own = workloadMarks(workload, workload.pod);
  return [...ofPod, ...own.map((mark) => formatPath(["metadata", mark.in, mark.key]))];
}

const NONE = {
  fr: "aucune annotation ne fait ajouter de conteneur aux pods",
  en: "no annotation has containers added to the pods",
};
