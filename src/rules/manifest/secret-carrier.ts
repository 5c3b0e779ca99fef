import { parsePath } from "../../contract/field-path.ts";
import { type PlacementFacts, placements } from "../../contract/pod-containers.ts";
import type { WorkloadFacts, WorkloadSecretFacts } from "../../contract/workload-facts.ts";

/** The option, variable or field that passes a secret to the program. */
export interface SecretCarrier {
  /** Name of the variable or flag, otherwise of the field. */
  readonly name: string;
  readonly by: "variable" | "flag" | "field";
  readonly placement?: PlacementFacts;
}

/** Maximum number of characters before a value in which its flag is searched. */
const BEFORE = 120;
/**
 * A flag or assignment before a value, with the value's opening quote: `--db-password=`, `-p `,
 * `DB_PASSWORD=`.
 */
const FLAG_BEFORE = /(?:^|[\s'"=])(--?[A-Za-z][\w.-]*)(?:=|\s)['"]?$/;
const VARIABLE_BEFORE = /(?:^|[\s'";&|(])([A-Za-z_]\w*)=['"]?$/;
const FLAG = /^--?[A-Za-z][\w.-]*$/;

/**
 * @returns for a secret in `env`, the variable; for a secret in `command` or `args`, the flag or assignment
 * before the value
 */
export function secretCarrier(workload: WorkloadFacts, secret: WorkloadSecretFacts): SecretCarrier {
  const placement = placements(workload).find(({ path }) => secret.path.startsWith(`${path}.`));
  const field: SecretCarrier = { name: secret.name, by: "field", ...(placement && { placement }) };
  if (placement === undefined) return field;
  const [list, index] = parsePath(secret.path.slice(placement.path.length + 1));
  if (list === "env") return { ...field, by: "variable" };
  if ((list !== "args" && list !== "command") || typeof index !== "number") return field;
  const words = placement.spec[list] ?? [];
  const word = words[index] ?? "";
  const at = word.indexOf(secret.masked);
  const before = word.slice(Math.max(0, at - BEFORE), Math.max(0, at));
  const [, flag] = FLAG_BEFORE.exec(before) ?? [];
  if (flag !== undefined) return { ...field, name: flag, by: "flag" };
  const [, variable] = VARIABLE_BEFORE.exec(before) ?? [];
  if (variable !== undefined) return { ...field, name: variable, by: "variable" };
  const previous = words[index - 1] ?? "";
  return at === 0 && FLAG.test(previous) ? { ...field, name: previous, by: "flag" } : field;
}
