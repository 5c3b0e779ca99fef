// The manifest makes Kubernetes verify that no container runs as root (contract 1.1; Restricted:
// runAsNonRoot).
//
//   spec.securityContext.runAsNonRoot           true or absent
//   each container's securityContext.…          true, or absent when the pod's is true
//
// From 1.35 on, Restricted accepts `hostUsers: false` instead. This rule does not, since the contract forbids root.

import { defineRule } from "../../contract/rule.ts";
import { containersOf, type Holder, podOf } from "./fields/holder.ts";
import { type Field, judgeFields, labelOf, ofContainers, pathOf, type Wrong } from "./fields/judge-fields.ts";
import { lineToAdd, lineToWrite } from "./fields/remedy-lines.ts";

const ID = "1.1-run-as-non-root";
const FIELD = "securityContext.runAsNonRoot";

export const runAsNonRoot = defineRule({
  id: ID,
  rows: ["non-root"],
  title: {
    fr: "Le manifeste impose « runAsNonRoot: true » à chaque conteneur",
    en: "The manifest sets `runAsNonRoot: true` for every container",
  },
  why: {
    fr: "Avec runAsNonRoot, le kubelet vérifie l'UID au démarrage et refuse root, quoi que devienne l'image. « hostUsers: false » ne le remplace pas : le contrat veut que jamais rien ne s'exécute en root.",
    en: "With runAsNonRoot the kubelet verifies the UID at start and refuses root, whatever becomes of the image. `hostUsers: false` is not a substitute: the contract requires that nothing ever runs as root.",
  },
  remedy: {
    fr: "Ajouter « runAsNonRoot: true » au securityContext du pod.",
    en: "Add `runAsNonRoot: true` to the pod's securityContext.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    const pod = podOf(workload);
    const ofPod = pod.spec.securityContext?.runAsNonRoot;
    const missing = ofPod === undefined ? missingIn(pod) : undefined;
    const fields = containersOf(workload).map((container): Field => {
      const own = container.spec.securityContext?.runAsNonRoot;
      if (own !== undefined)
        return { holder: container, name: FIELD, wrong: own ? undefined : no(container) };
      return { holder: container, name: FIELD, also: [pathOf(pod, FIELD)], wrong: missing };
    });
    const ownField: Field = { holder: pod, name: FIELD, wrong: ofPod === false ? no(pod) : undefined };
    return judgeFields(ID, workload, [ownField, ...ofContainers(workload, fields)], {
      fr: "« runAsNonRoot: true » vaut pour chaque conteneur",
      en: "`runAsNonRoot: true` holds for every container",
    });
  },
});

function no(holder: Holder): Wrong {
  const label = labelOf(holder, FIELD);
  return {
    value: "false",
    message: { fr: `${label} vaut false : root est admis`, en: `${label} is false: root is allowed` },
    remedy: lineToWrite(holder, FIELD, "true"),
  };
}

function missingIn(pod: Holder): Wrong {
  return {
    value: "absent",
    message: {
      fr: "ni le pod ni le conteneur ne fixent « runAsNonRoot: true » : Kubernetes ne refuserait pas root",
      en: "`runAsNonRoot: true` is not set, on the pod or on the container: Kubernetes would not refuse root",
    },
    remedy: lineToAdd(pod, FIELD, "true"),
  };
}
