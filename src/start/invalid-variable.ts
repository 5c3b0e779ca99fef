import type { PlacementFacts } from "../contract/pod-containers.ts";
import type { EnvFacts } from "../contract/pod-facts.ts";
import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";

/** Names of variables allowed since Kubernetes 1.30: printable ASCII without `=`. */
const NAME = /^[\x20-\x3c\x3e-\x7e]+$/;

export function isVariableName(name: string): boolean {
  return NAME.test(name);
}

/** Reason why the API server refuses the container's first invalid variable (validation.go, ValidateEnv). */
export function invalidVariable({ path, spec }: PlacementFacts): Text | undefined {
  for (const [index, entry] of (spec.env ?? []).entries()) {
    const problem = problemOf(entry);
    if (problem === undefined) continue;
    const field = `${path}.env[${index}]`;
    return {
      fr: `manifeste non valide pour Kubernetes : ${field} ${problem.fr}`,
      en: `not valid Kubernetes: ${field} ${problem.en}`,
    };
  }
  return undefined;
}

function problemOf({ name = "", value = "", valueFrom }: EnvFacts): Text | undefined {
  if (name === "") return { fr: "n'a pas de nom", en: "has no name" };
  if (!isVariableName(name)) {
    return {
      fr: `ne peut pas s'appeler ${excerpt(name)} : un nom de variable est en ASCII, sans « = »`,
      en: `cannot be named ${excerpt(name)}: a variable's name is ASCII, without \`=\``,
    };
  }
  if (value === "" || valueFrom === undefined) return undefined;
  return { fr: "a à la fois une valeur et un valueFrom", en: "has a value and a valueFrom" };
}
