import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import type { DeclaredInput, SpecSources } from "./declared-input.ts";

type Place = readonly [place: string, input: DeclaredInput];

/** What runs in the container beside its first process, and what its pod is told. */
export function declaredProcess({ spec, workload }: SpecSources): readonly Place[] {
  const probes = execCommands(spec);
  const { postStart, preStop } = spec.lifecycle ?? {};
  const sysctls = workload?.pod.spec.securityContext?.sysctls ?? [];
  return [
    ...(probes.length === 0 ? [] : [["exec", { text: JSON.stringify(probes) }] as const]),
    ...(postStart === undefined && preStop === undefined
      ? []
      : [["hooks", { text: JSON.stringify([postStart ?? null, preStop ?? null]) }] as const]),
    ...(sysctls.length === 0 ? [] : [["sysctls", { text: JSON.stringify(sysctls) }] as const]),
    // Where the pod does not say, its ServiceAccount does.
    ["token", { text: `${workload?.pod.spec.automountServiceAccountToken ?? "by account"}` }],
  ];
}

function execCommands(spec: ContainerFacts): readonly (readonly string[])[] {
  const { startupProbe, readinessProbe, livenessProbe } = spec;
  return [startupProbe, readinessProbe, livenessProbe].flatMap((probe) => {
    const command = probe?.exec?.command ?? [];
    return command.length === 0 ? [] : [command];
  });
}
