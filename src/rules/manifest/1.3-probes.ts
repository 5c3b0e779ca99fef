// Every long-running container has a readiness and a liveness probe (contract 1.3).
//
//   app containers and sidecars of Deployment, StatefulSet, DaemonSet…     both, else fail
//   startupProbe                                                           no substitute for either
//   init containers, ephemeral containers                                  can have none
//   Job, CronJob, a pod that ends                                          n/a
//   HEALTHCHECK of the image                                               Kubernetes does not read it
//
// 1.3-probe-targets judges whether a probe can work.

import { containerName, type PlacementFacts, placements } from "../../contract/pod-containers.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type Field, judgeFields, ofContainers } from "./fields/judge-fields.ts";

const ID = "1.3-probes";

const PROBES = ["readinessProbe", "livenessProbe"] as const;
type Probe = (typeof PROBES)[number];

export const probes = defineRule({
  id: ID,
  rows: ["health"],
  title: {
    fr: "Chaque conteneur de longue durée a une readinessProbe et une livenessProbe",
    en: "Every long-running container has a readinessProbe and a livenessProbe",
  },
  why: {
    fr: "Sans readinessProbe, le Service envoie des requêtes à un conteneur qui n'est pas prêt ; sans livenessProbe, un conteneur bloqué n'est jamais relancé.",
    en: "Without a readinessProbe, the Service sends requests to a container that is not ready; without a livenessProbe, one that hangs is never restarted.",
  },
  remedy: {
    fr: "Ajouter au conteneur une readinessProbe et une livenessProbe qui interrogent l'application.",
    en: "Add a readinessProbe and a livenessProbe to the container that query the application.",
  },
  needs: ["workload"],
  check({ workload }) {
    if (workload.lifetime === "batch") {
      return {
        status: "n/a",
        reason: {
          fr: "tâche batch : elle n'a pas de conteneur de longue durée",
          en: "a batch task: it has no long-running container",
        },
      };
    }
    const running = placements(workload).filter(({ role }) => role === "app" || role === "sidecar");
    const fields = running.flatMap((placement) => PROBES.map((probe) => fieldOf(placement, probe)));
    const names = running.map((placement) => excerpt(containerName(placement))).join(", ");
    return judgeFields(ID, workload, ofContainers(workload, fields), {
      fr: `readinessProbe et livenessProbe présentes : ${names}`,
      en: `readinessProbe and livenessProbe present: ${names}`,
    });
  },
});

function fieldOf(placement: PlacementFacts, probe: Probe): Field {
  const { spec, path } = placement;
  const holder = { path, container: containerName(placement), prefix: "", spec };
  const wrong = spec[probe] === undefined ? wrongIn(spec, probe) : undefined;
  return { holder, name: probe, wrong };
}

function wrongIn(spec: ContainerFacts, probe: Probe): Field["wrong"] {
  const startup: Text =
    spec.startupProbe === undefined
      ? { fr: "", en: "" }
      : {
          fr: " : startupProbe ne vaut que pendant le démarrage",
          en: ": startupProbe holds during the start only",
        };
  const example = `${probe}: { httpGet: { path: ${probe === "readinessProbe" ? "/ready" : "/live"}, port: ${portOf(spec)} } }`;
  return {
    value: "absent",
    message: {
      fr: `le conteneur n'a pas de ${probe}${startup.fr}`,
      en: `the container has no ${probe}${startup.en}`,
    },
    remedy: {
      fr: `Ajouter au conteneur, par exemple, « ${example} », avec un chemin qui reflète l'état de l'application.`,
      en: `Add to the container, for example, \`${example}\`, with a path that reflects the application's state.`,
    },
  };
}

/** The container's first port: its name if the port has one, otherwise its number. */
function portOf({ ports = [] }: ContainerFacts): string {
  const [first] = ports;
  return excerpt(first?.name ?? String(first?.containerPort ?? 8080));
}
