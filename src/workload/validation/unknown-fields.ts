import { formatPath } from "../../contract/field-path.ts";
import { maskText } from "../../secrets/scan.ts";
import { isMapping } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import { entries, type Field, pairs, pathOf } from "./field.ts";
import { KNOWN_FIELDS } from "./known-fields.ts";

/** Maximum number of unknown fields reported per workload; more are deliberate. */
const MOST = 50;

const GROUPS: readonly string[] = ["", "apps", "batch"];

/**
 * Paths of unknown fields: kubectl refuses them, other clients drop them. Custom resources have no known
 * fields, so none are reported.
 */
export function unknownFields(object: KubernetesObject): readonly string[] {
  const found: string[] = [];
  if (GROUPS.includes(groupOf(object))) {
    collect({ value: object.value, at: object.path, invalid: [] }, object.kind, found);
  }
  return found;
}

function collect(field: Field, type: string, found: string[]): void {
  const known = KNOWN_FIELDS.get(type);
  if (known === undefined || !isMapping(field.value)) return;
  for (const [name, member] of pairs(field)) {
    if (member.value === undefined || found.length >= MOST) continue;
    if (!known.has(name)) found.push(formatPath([...pathOf(field), maskText(name)]));
    const of = known.get(name);
    if (of === undefined) continue;
    const inner = of.endsWith("[]") ? entries(member) : [member];
    for (const one of inner) collect(one, of.replace("[]", ""), found);
  }
}
