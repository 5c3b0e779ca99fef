import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import { canonicalJson } from "../../../json/canonical-json.ts";
import { trialProbes } from "../probes.ts";
import { networkAction } from "./declared-handler.ts";
import type { DeclaredInput } from "./declared-input.ts";

type Place = readonly [place: string, input: DeclaredInput];

/** Network inputs of a container: its network probes, resolved, and its declared ports. */
export function declaredNetwork(spec: ContainerFacts): readonly Place[] {
  const { startupProbe, readinessProbe, livenessProbe, ports = [] } = spec;
  const probes = [startupProbe, readinessProbe, livenessProbe].map((probe) => networkAction(probe, spec));
  const planned = trialProbes(spec, {}).filter(({ does }) => !("exec" in does));
  const numbers = ports.map(({ containerPort, protocol = "TCP" }) => `${containerPort}/${protocol}`);
  return [
    ...(probes.every((probe) => probe === null) ? [] : [place("probes", [probes, planned])]),
    ...(numbers.length === 0 ? [] : [place("ports", numbers.toSorted())]),
  ];
}

function place(name: string, value: unknown): Place {
  return [name, { text: canonicalJson(value) }];
}
