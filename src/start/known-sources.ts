import type { ContainerFacts } from "../contract/pod-facts.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import { isVariableName } from "./invalid-variable.ts";
import { type EnvironmentSources, UNKNOWN_SOURCES } from "./manifest-environment.ts";

type Variables = Readonly<Record<string, string>>;

/** Known variables of a container: variables from ConfigMaps among the manifests. */
export function knownSources(workload: WorkloadFacts): EnvironmentSources {
  return {
    envFrom({ configMapRef }) {
      const variables = variablesOf(workload, configMapRef?.name) ?? {};
      return Object.entries(variables).filter(([name]) => isVariableName(name));
    },
    valueFrom(entry) {
      const { name, key = "" } = entry.valueFrom?.configMapKeyRef ?? {};
      const variables = variablesOf(workload, name) ?? {};
      return Object.hasOwn(variables, key) ? variables[key] : UNKNOWN_SOURCES.valueFrom(entry);
    },
  };
}

/** Whether `envFrom` adds variables that only the cluster knows. */
export function hasUnknownVariables(workload: WorkloadFacts, { envFrom = [] }: ContainerFacts): boolean {
  return envFrom.some(({ configMapRef }) => variablesOf(workload, configMapRef?.name) === undefined);
}

/** Variables of a ConfigMap; unknown if two ConfigMaps of that name differ. */
function variablesOf({ objects = [] }: WorkloadFacts, name = ""): Variables | undefined {
  const named = objects.filter((one) => one.kind === "ConfigMap" && one.name === name);
  const contents = new Set(
    named.map(({ variables = {} }) => JSON.stringify(Object.entries(variables).toSorted(byName))),
  );
  return contents.size === 1 ? named[0]?.variables : undefined;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
