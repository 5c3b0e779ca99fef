import type { ContainerFacts, EnvFacts } from "../contract/pod-facts.ts";
import { References } from "./references.ts";

/** A variable that the manifest sets. */
export interface ManifestVariable {
  /**
   * What the process sees, `$(NAME)` replaced. A value that only the cluster knows stands as a
   * reference to itself, `$(NAME)` or `$(status.podIP)`: never a literal one.
   */
  readonly value: string;
  /** Its place in `env`. */
  readonly index: number;
}

/** The variables of a container's `env` by name; of two with one name the later wins. Those of `envFrom` are unknown. */
export function manifestEnvironment({ env = [] }: ContainerFacts): ReadonlyMap<string, ManifestVariable> {
  const references = new References();
  const variables = new Map<string, ManifestVariable>();
  for (const [index, entry] of env.entries()) {
    const { name = "" } = entry;
    if (name === "") continue;
    const value =
      unknownValue(entry) ?? references.expand(entry.value ?? "", (one) => variables.get(one)?.value);
    variables.set(name, { value, index });
  }
  return variables;
}

function unknownValue({ name, valueFrom }: EnvFacts): string | undefined {
  if (valueFrom === undefined) return undefined;
  return `$(${valueFrom.fieldRef?.fieldPath ?? name})`;
}
