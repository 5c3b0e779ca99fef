// The Services of the manifests call ports that the pods have (contract 1.3).
//
//   targetPort with a name that no container of the pods called has     unproven: the Service has no target
//   a name of a port of another workload that the Service calls         fine
//   a number that no container declares                                 see 1.3-trial-listen
//
// 1.3-trial-listen judges whether a program listens on the port. Source: FindPort makes the endpoints
// (k8s.io/kubernetes, pkg/api/v1/pod).

import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { relatedPlace } from "./related-place.ts";

/** Maximum number of Services named in one sentence. */
const NAMED = 3;

export const servicePorts = defineRule({
  id: "1.3-service-ports",
  rows: ["bind-all"],
  title: {
    fr: "Les Services appellent des ports que les pods ont",
    en: "The Services call ports that the pods have",
  },
  why: {
    fr: "Un Service dont le targetPort nomme un port inconnu n'a aucune destination : l'application écoute, et personne ne l'atteint.",
    en: "A Service whose targetPort names an unknown port has no destination: the application listens, and nobody reaches it.",
  },
  remedy: {
    fr: "Donner ce nom à un port du conteneur (ports[].name), ou corriger le targetPort du Service.",
    en: "Give this name to a port of the container (ports[].name), or correct the Service's targetPort.",
  },
  needs: ["workload"],
  check({ workload: { related = [] } }): Outcome {
    const missing = related.flatMap((object) => {
      const { effect } = object;
      if (effect.is !== "service") return [];
      return [{ place: relatedPlace(object), ports: effect.missingPorts.map(excerpt).join(", ") }];
    });
    if (missing.length === 0) return { status: "pass", proof: PROOF };
    const named = (colon: string): string => {
      const shown = missing.slice(0, NAMED).map(({ place, ports }) => `${place}${colon}${ports}`);
      return [...shown, ...(missing.length > NAMED ? ["…"] : [])].join(", ");
    };
    return {
      status: "unproven",
      doubtful: true,
      reason: {
        fr: `aucun conteneur n'a de port de ce nom, que le Service appelle : ${named(" : ")}`,
        en: `no container has a port of this name, which the Service calls: ${named(": ")}`,
      },
      settle: {
        fr: "Donner ce nom à un port du conteneur (ports[].name), ou corriger le targetPort du Service.",
        en: "Give this name to a port of the container (ports[].name), or correct the Service's targetPort.",
      },
    };
  },
});

const PROOF = {
  fr: "chaque port nommé par un Service des manifestes est celui d'un conteneur",
  en: "every port that a Service of the manifests names is a container's",
};
