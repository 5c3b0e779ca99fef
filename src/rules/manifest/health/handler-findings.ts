import type { Collected, Evidence } from "../../../contract/evidence.ts";
import type { Finding } from "../../../contract/finding.ts";
import { fingerprint } from "../../../contract/fingerprint.ts";
import { outcomeOf } from "../../../contract/outcome-of.ts";
import { containerName } from "../../../contract/pod-containers.ts";
import type { RuleId } from "../../../contract/rows.ts";
import type { Outcome } from "../../../contract/rule.ts";
import type { Text } from "../../../contract/text.ts";
import { invalidAt, manifestPlace, workloadKey } from "../../../contract/workload-facts.ts";
import type { HandlerMistake } from "./handler-mistakes.ts";

/** The evidence about one container's handlers. */
export type HandlerEvidence = Pick<Evidence, "workload" | "placement"> & Pick<Collected, "image">;

/** Mistakes of a handler, or the reason why it cannot be judged. */
export interface JudgedHandler {
  /** Field in the container: `readinessProbe`, `lifecycle.preStop`. */
  readonly field: string;
  readonly mistakes: readonly HandlerMistake[];
  readonly doubt?: Text;
  /** Action that would settle the doubt; default: the corrected manifest with its images. */
  readonly settle?: Text;
  /** Weaknesses that refute nothing. */
  readonly remarks?: readonly HandlerMistake[];
}

/** Joint outcome of a container's handlers. */
export function outcomeOfHandlers(
  id: RuleId,
  evidence: HandlerEvidence,
  handlers: readonly JudgedHandler[],
  proof: Text,
): Outcome {
  const { workload, placement } = evidence;
  const findings: Finding[] = [];
  let doubt: { readonly reason: Text; readonly settle: Text } | undefined;
  for (const { field, mistakes, doubt: own, settle = SETTLE } of handlers) {
    const invalid = invalidAt(workload, `${placement.path}.${field}`);
    const reason = invalid?.problem ?? own;
    if (reason !== undefined) doubt ??= { reason, settle: invalid === undefined ? settle : SETTLE };
    if (invalid === undefined)
      findings.push(...mistakes.map((mistake) => finding(id, evidence, field, mistake)));
  }
  return outcomeOf({ findings }, doubt === undefined ? proof : { status: "unproven", ...doubt });
}

/** Notes about handlers that are weak, but work. */
export function remarks(
  id: RuleId,
  evidence: HandlerEvidence,
  handlers: readonly JudgedHandler[],
): readonly Finding[] {
  return handlers.flatMap((handler) =>
    (handler.remarks ?? []).map((remark) => finding(id, evidence, handler.field, remark)),
  );
}

const SETTLE: Text = {
  fr: "Relire le manifeste corrigé avec ses images : douane check MANIFESTE.",
  en: "Read the corrected manifest with its images: douane check MANIFEST.",
};

function finding(
  id: RuleId,
  { workload, placement }: HandlerEvidence,
  handler: string,
  { field, value, message, remedy }: HandlerMistake,
): Finding {
  const whole = field === "" ? handler : `${handler}.${field}`;
  return {
    message: { fr: `${handler} : ${message.fr}`, en: `${handler}: ${message.en}` },
    remedy,
    fingerprint: fingerprint(id, workloadKey(workload), containerName(placement), whole, value),
    at: manifestPlace(workload, `${placement.path}.${whole}`),
  };
}
