import type { Finding } from "../../../contract/finding.ts";
import { fingerprint } from "../../../contract/fingerprint.ts";
import { outcomeOf } from "../../../contract/outcome-of.ts";
import type { RuleId } from "../../../contract/rows.ts";
import type { Outcome } from "../../../contract/rule.ts";
import type { Text } from "../../../contract/text.ts";
import {
  type InvalidField,
  invalidAt,
  manifestPlace,
  podField,
  type WorkloadFacts,
  workloadKey,
} from "../../../contract/workload-facts.ts";
import type { Holder } from "./holder.ts";
import { misplacedAt, misplacedMessage } from "./misplaced.ts";

/** A field that a rule examined, and its problem, if any. */
export interface Field {
  readonly holder: Holder<object>;
  /**
   * Name relative to its holder: `securityContext.privileged`, `ports[0].hostPort`; `ports[*]` for all
   * entries of a list.
   */
  readonly name: string;
  /** Other fields that the judgement depends on, by path in the document. */
  readonly also?: readonly string[];
  readonly wrong?: Wrong | undefined;
}

export interface Wrong {
  /** Value that distinguishes this finding from other findings about the same field. */
  readonly value: string;
  readonly message: Text;
  readonly remedy: Text;
}

const SETTLE: Text = {
  fr: "Corriger ce champ du manifeste, puis relancer douane.",
  en: "Correct this field of the manifest, then run douane again.",
};

/** Joint outcome of the fields: a wrong field refutes, an invalid field leaves the row unproven. */
export function judgeFields(
  id: RuleId,
  workload: WorkloadFacts,
  fields: readonly Field[],
  proof: Text,
): Outcome {
  const findings: Finding[] = [];
  let doubt: InvalidField | undefined;
  for (const field of fields) {
    const invalid = invalidIn(workload, field);
    doubt ??= invalid;
    if (invalid === undefined && field.wrong !== undefined)
      findings.push(finding(id, workload, field, field.wrong));
  }
  return outcomeOf({ findings }, doubt === undefined ? proof : unprovenBy(doubt));
}

/** Outcome for a field that Kubernetes cannot decode. */
export function unprovenBy({ problem }: InvalidField): Outcome {
  return { status: "unproven", reason: problem, settle: SETTLE, unreadable: true };
}

/** Name of the field in messages: `spec.hostNetwork`, `securityContext.privileged`. */
export function labelOf(holder: Holder<object>, name: string): string {
  return `${holder.prefix}${name}`;
}

/** Fields of every container; an invalid list of containers leaves them unproven. */
export function ofContainers(workload: WorkloadFacts, fields: readonly Field[]): readonly Field[] {
  const pod = { path: podField(workload, "spec"), prefix: "spec.", spec: {} };
  const lists = ["initContainers", "containers", "ephemeralContainers"];
  return [...fields, ...lists.map((list) => ({ holder: pod, name: `${list}[*]` }))];
}

function invalidIn(workload: WorkloadFacts, { holder, name, also = [] }: Field): InvalidField | undefined {
  for (const path of [pathOf(holder, name), ...also]) {
    const invalid = invalidAt(workload, path);
    if (invalid !== undefined) return invalid;
  }
  return undefined;
}

function finding(id: RuleId, workload: WorkloadFacts, { holder, name }: Field, wrong: Wrong): Finding {
  const { value, message, remedy } = placed(workload, holder, name, wrong);
  const container = holder.container === undefined ? {} : { container: holder.container };
  // Names, unlike positions in lists, stay the same when the manifest is edited.
  const field = labelOf(holder, name).replace(/\[\d+\]/g, "");
  return {
    message,
    remedy,
    fingerprint: fingerprint(id, workloadKey(workload), ...Object.values(container), field, value),
    ...container,
    at: manifestPlace(workload, pathOf(holder, name)),
  };
}

/** Problem of a field, with the actual place of a misplaced field. */
function placed(workload: WorkloadFacts, holder: Holder<object>, name: string, wrong: Wrong): Wrong {
  const path = wrong.value === "absent" ? misplacedAt(workload, holder.path, name) : undefined;
  if (path === undefined) return wrong;
  const { fr, en } = wrong.remedy;
  const remedy = { fr: `Le retirer de là. ${fr}`, en: `Remove it there. ${en}` };
  return { ...wrong, message: misplacedMessage(path, placeOf(name)), remedy };
}

function placeOf(name: string): Text {
  if (!name.startsWith("securityContext.")) return { fr: "le conteneur", en: "the container" };
  if (/runAsNonRoot|seccompProfile/.test(name)) {
    return {
      fr: "le securityContext du pod ou du conteneur",
      en: "the securityContext of the pod or the container",
    };
  }
  return { fr: "le securityContext du conteneur", en: "the container's securityContext" };
}

/** The field's path in the document. */
export function pathOf({ path }: Holder<object>, name: string): string {
  return `${path}.${name}`;
}
