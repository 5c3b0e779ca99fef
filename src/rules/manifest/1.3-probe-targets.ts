// The probes of a container can work, and show the state of the application (contract 1.3).
//
// The rule judges readinessProbe, livenessProbe and startupProbe of app containers and sidecars that keep running.
//
//   no action, or several; no port, port 0; an empty command       fail: Kubernetes refuses it (Knative fills the port in)
//   a port's name that the container does not declare              fail
//   host: localhost                                                fail: localhost is the node
//   exec of a program, or a shell, that the image does not have    fail; unproven if the image was not read,
//                                                                  or if a volume may contain the program
//   exec of a file without an execute bit                          fail
//   exec of `true`, `curl … || true`, `ls /`, `kill -0 1`          fail: its result does not depend on the application
//   exec that reads a file that only hooks, or no process, write   fail: the same
//   exec that asks another host; that only sees a process that
//   lives about as long as the container                           unproven
//   a port that only another container of the pod served on trial  unproven; a note if it declares the port
//   a port's number that is not among the declared ones            note: declaring ports is optional
//   exec `cat /tmp/healthy`, which a trial saw the application write    fine; unproven without such a trial
//   exec that sees the process of one of several programs          fine, with a note

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { containerName } from "../../contract/pod-containers.ts";
import type { ProbeFacts } from "../../contract/pod-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { manifestPlace, workloadKey } from "../../contract/workload-facts.ts";
import { probeOverride } from "../../start/entrypoint-and-command.ts";
import { isLongRunning } from "../start/long-running.ts";
import { judgedTarget } from "./health/absent-program.ts";
import { execTarget } from "./health/exec-target.ts";
import {
  type HandlerEvidence,
  type JudgedHandler,
  outcomeOfHandlers,
  remarks,
} from "./health/handler-findings.ts";
import { handlerMistakes } from "./health/handler-mistakes.ts";
import { hollowness } from "./health/hollow-probe.ts";
import { withKnativePort } from "./health/knative-port.ts";
import { declaringSibling, siblingPort } from "./health/sibling-port.ts";

const ID = "1.3-probe-targets";
const PROBES = ["readinessProbe", "livenessProbe", "startupProbe"] as const;

export const probeTargets = defineRule({
  id: ID,
  rows: ["health"],
  title: {
    fr: "Les sondes peuvent fonctionner et reflètent l'état de l'application",
    en: "The probes can work, and reflect the application's state",
  },
  why: {
    fr: "Une readinessProbe qui ne peut pas aboutir laisse le conteneur hors du Service pour toujours ; une livenessProbe le relance en boucle ; une sonde qui ne vérifie rien le déclare toujours sain.",
    en: "A readinessProbe that cannot succeed keeps the container out of the Service for ever, a livenessProbe restarts it in a loop, and a probe that checks nothing always succeeds.",
  },
  remedy: {
    fr: "Interroger l'application par httpGet, tcpSocket ou grpc sur le port où elle écoute.",
    en: "Ask the application by httpGet, tcpSocket or grpc, on the port that it listens on.",
  },
  needs: ["workload", "placement"],
  uses: ["image", "trial"],
  check({ trial, ...evidence }) {
    const { spec } = evidence.placement;
    const given = PROBES.flatMap((field) => {
      const probe = spec[field];
      return probe === undefined ? [] : [{ field, probe: withKnativePort(probe, evidence.workload, spec) }];
    });
    if (!isLongRunning(evidence) || given.length === 0) {
      return { status: "n/a", reason: NONE };
    }
    const names = given.map(({ field }) => field).join(", ");
    const handlers = given.map(({ field, probe }) => judge(evidence, trial, field, probe));
    const proof = {
      fr: `rien dans le manifeste ni dans l'image ne contredit ${names}`,
      en: `nothing in the manifest or in the image contradicts ${names}`,
    };
    const notes = given.flatMap(({ field, probe }) => undeclared(evidence, field, probe));
    return {
      ...outcomeOfHandlers(ID, evidence, handlers, proof),
      notes: [...remarks(ID, evidence, handlers), ...notes],
    };
  },
});

const NONE: Text = {
  fr: "pas de sonde sur un conteneur de longue durée",
  en: "no probe of a long-running container",
};
const ASK_BY_HTTP: Text = {
  fr: "Utiliser httpGet, tcpSocket ou grpc, que le kubelet exécute lui-même : l'image n'a alors besoin ni de shell ni de curl.",
  en: "Use httpGet, tcpSocket or grpc, which the kubelet performs itself: the image then needs neither a shell nor curl.",
};

function judge(
  evidence: HandlerEvidence,
  trial: TrialFacts | undefined,
  field: string,
  probe: ProbeFacts,
): JudgedHandler {
  const { spec } = evidence.placement;
  const mistakes = handlerMistakes(probe, spec);
  const command = probe.exec?.command ?? [];
  if (mistakes.length > 0) return { field, mistakes };
  if (command.length === 0) return { field, mistakes, ...siblingPort(evidence, trial, probe) };
  const seen = hollowness(command, evidence, trial);
  const said = (reason: Text) => ({
    field: "exec.command",
    value: "hollow",
    message: reason,
    remedy: ASK_BY_HTTP,
  });
  if (seen.kind === "hollow") return { field, mistakes: [said(seen.reason)] };
  const target = judgedTarget(
    execTarget(evidence.image, probeOverride(spec, command), spec.volumeMounts),
    ASK_BY_HTTP,
  );
  if (seen.kind === "weak") return { field, ...target, remarks: [said(seen.reason)] };
  if (seen.kind === "sound" || target.mistakes.length > 0) return { field, ...target };
  return {
    field,
    mistakes: [],
    doubt: seen.reason,
    settle: seen.settle,
  };
}

/**
 * Note about an undeclared port. containerPort is informational only: the probe may be right and the list of
 * ports incomplete.
 */
function undeclared(evidence: HandlerEvidence, field: string, probe: ProbeFacts): readonly Finding[] {
  const { workload, placement } = evidence;
  const { ports = [] } = placement.spec;
  const kind = (["httpGet", "tcpSocket", "grpc"] as const).find((one) => probe[one] !== undefined);
  const port = kind === undefined ? undefined : probe[kind]?.port;
  if (kind === undefined || typeof port !== "number") return [];
  const sibling = declaringSibling(evidence, port);
  if (ports.length === 0 && sibling === undefined) return [];
  if (ports.some(({ containerPort }) => containerPort === port)) return [];
  const other = sibling === undefined ? undefined : excerpt(sibling);
  return [
    {
      message: {
        fr: `${field} interroge le port ${port}, absent des ports déclarés du conteneur${other === undefined ? "" : ` ; le conteneur ${other} le déclare`}`,
        en: `${field} asks port ${port}, which is not among the container's declared ports${other === undefined ? "" : `; container ${other} declares it`}`,
      },
      remedy: {
        fr: `Vérifier que l'application écoute sur ${port}, et le déclarer dans ports.`,
        en: `Check that the application listens on ${port}, and declare it in ports.`,
      },
      fingerprint: fingerprint(ID, workloadKey(workload), containerName(placement), field, `port-${port}`),
      at: manifestPlace(workload, `${placement.path}.${field}.${kind}.port`),
    },
  ];
}
