import type { ContainerFacts, EnvFacts, EnvSourceFacts } from "../contract/pod-facts.ts";
import { isVariableName } from "./invalid-variable.ts";
import { References } from "./variable-references.ts";

/** A variable that the manifest sets. */
export interface ManifestVariable {
  /**
   * Value that the process sees, with `$(NAME)` replaced. For a value that only the cluster knows, a
   * reference, `$(NAME)` or `$(status.podIP)`; never a literal.
   */
  readonly value: string;
  /** Index in `env`; absent for a variable from `envFrom` or from a trial's settings. */
  readonly index?: number;
}

/** Lookups for values that are outside the manifest. */
export interface EnvironmentSources {
  /** Variables of a whole ConfigMap or Secret, without the prefix. */
  envFrom(source: EnvSourceFacts): Iterable<readonly [name: string, value: string]>;
  /** Value of `valueFrom`; undefined if there is none, so that the variable is not set. */
  valueFrom(entry: EnvFacts): string | undefined;
  /**
   * Variables that the kubelet adds unless the manifest sets them; variables of the manifest may refer to
   * them.
   */
  readonly services?: ReadonlyMap<string, string>;
  /** Variables that override the manifest's, without expansion. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Lookups with the manifest alone: names of `envFrom` and values of `valueFrom` are unknown. */
export const UNKNOWN_SOURCES: EnvironmentSources = {
  envFrom: () => [],
  valueFrom: ({ name = "", valueFrom }) => reference(valueFrom?.fieldRef?.fieldPath ?? name),
};

/**
 * Variables of a container by name, as the kubelet determines them (kubelet_pods.go,
 * makeEnvironmentVariables): `envFrom`, then `env` in order; of two variables with the same name, the later
 * wins. `value` takes precedence over `valueFrom`, and only `value` may refer to earlier variables. Names
 * that the API server refuses are omitted.
 */
export function manifestEnvironment(
  { env = [], envFrom = [] }: ContainerFacts,
  sources: EnvironmentSources = UNKNOWN_SOURCES,
  references: References = new References(),
): ReadonlyMap<string, ManifestVariable> {
  const variables = new Map<string, ManifestVariable>();
  for (const source of envFrom) {
    const { prefix = "" } = source;
    for (const [name, value] of sources.envFrom(source)) variables.set(`${prefix}${name}`, { value });
  }
  for (const [index, entry] of env.entries()) {
    const { name = "", value = "", valueFrom } = entry;
    if (!isVariableName(name)) continue;
    const seen =
      value === "" && valueFrom !== undefined
        ? sources.valueFrom(entry)
        : references.expand(value, (one) => variables.get(one)?.value ?? sources.services?.get(one));
    if (seen !== undefined) variables.set(name, { value: seen, index });
  }
  for (const [name, value] of sources.services ?? []) {
    if (!variables.has(name)) variables.set(name, { value });
  }
  for (const [name, value] of Object.entries(sources.settings ?? {})) variables.set(name, { value });
  return variables;
}

/** Value of an unknown variable: a reference to it, as if it was never replaced. */
export function reference(name: string): string {
  return `$(${name})`;
}
