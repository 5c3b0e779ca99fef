import { containerName, placements } from "../../../contract/pod-containers.ts";
import type { ContainerFacts, ProbeFacts } from "../../../contract/pod-facts.ts";
import { excerpt } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { TrialFacts } from "../../../contract/trial-facts.ts";
import { probedPort } from "../../../start/declared-ports.ts";
import type { HandlerEvidence } from "./handler-findings.ts";

/** Name of another container of the pod whose manifest declares a port that this container does not. */
export function declaringSibling({ workload, placement }: HandlerEvidence, port: number): string | undefined {
  if (declares(placement.spec, port)) return undefined;
  const own = containerName(placement);
  const others = placements(workload).filter((one) => containerName(one) !== own);
  const declaring = others.find((one) => declares(one.spec, port));
  return declaring === undefined ? undefined : containerName(declaring);
}

function declares({ ports = [] }: ContainerFacts, port: number): boolean {
  return ports.some(({ containerPort }) => containerPort === port);
}

/**
 * Doubt about a probe whose port was served during the trial by another container of the pod, and not by this
 * container: containers of a pod share their addresses, so the kubelet's request reaches the other container.
 */
export function siblingPort(
  { placement }: HandlerEvidence,
  trial: TrialFacts | undefined,
  probe: ProbeFacts,
): { readonly doubt: Text; readonly settle: Text } | undefined {
  const port = probedPort(probe, placement.spec);
  const served = trial?.openBeside?.find((one) => one.port === port)?.container;
  const isHeard = trial?.observations.some((one) => one.kind === "listener" && one.port === port) === true;
  if (served === undefined || isHeard || served === containerName(placement)) return undefined;
  const name = excerpt(served);
  return {
    doubt: {
      fr: `elle interroge le port ${port}, où seul le conteneur ${name} a écouté pendant l'essai : elle aboutit même si ce conteneur-ci ne répond plus`,
      en: `it asks port ${port}, on which only container ${name} listened during the trial: it succeeds even if this container no longer answers`,
    },
    settle: {
      fr: "Interroger un port où ce conteneur écoute lui-même, et le déclarer dans ports.",
      en: "Ask a port on which this container itself listens, and declare it in ports.",
    },
  };
}
