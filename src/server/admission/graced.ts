import type { Lang } from "../../contract/text.ts";
import { graceUntil } from "../grace/grace-period.ts";
import type { DecisionCause, StoredVerdict } from "../ports.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { causesOf } from "./causes.ts";
import type { ReviewPorts, ReviewSettings, VerdictAnswer } from "./ports.ts";
import type { Subject } from "./subject.ts";

/** Milliseconds for which a refusal counts for a grace period while it cannot be judged again: as an admission does. */
const KNOWN_MS = 24 * 60 * 60_000;

/** Admission by a grace period, with the causes for which the pod will be refused. */
export interface Graced {
  /** ISO 8601 */
  readonly until: string;
  readonly answer: VerdictAnswer;
  readonly causes: readonly DecisionCause[];
}

/**
 * Grace period that admits a pod in spite of its causes; undefined if none does. It is for pods that are created, since
 * an update (`kubectl debug`, `resize`) is no restart, and for rows that are `no` alone. Never rejects.
 */
export async function graceOf(
  { namespace, operation, subresource }: Pick<AdmissionRequest, "namespace" | "operation" | "subresource">,
  subject: Subject,
  { answer, causes }: Pick<Graced, "answer" | "causes">,
  settings: Pick<ReviewSettings, "admission" | "lang" | "rowsOf">,
  ports: Pick<ReviewPorts, "gracePeriod" | "lastVerdict" | "now">,
): Promise<Graced | undefined> {
  const { gracePeriod } = settings.admission;
  if (gracePeriod === undefined || causes.length === 0) return undefined;
  if (operation !== "CREATE" || subresource !== "") return undefined;
  if (!causes.every((cause) => cause.answer === "no" || isUnknown(cause, answer))) return undefined;
  const period = await ports.gracePeriod?.(namespace, subject.digest).catch(() => undefined);
  // The namespace is compared here again, so that a faulty store cannot admit anything.
  if (period?.namespace !== namespace) return undefined;
  const stored = answer.kind === "known" ? answer.stored : await knownBefore(subject, ports);
  if (stored === undefined) return undefined;
  const { enforced } = settings.rowsOf(namespace);
  const until = graceUntil(stored, enforced, period, gracePeriod, ports.now());
  if (until === undefined) return undefined;
  if (answer.kind === "known") return { until, answer, causes };
  const known = { kind: "known", stored } as const;
  const said = causesOf(known, { ...settings, enforced, isTemplate: false });
  return said.every((cause) => cause.answer === "no") ? { until, answer: known, causes: said } : undefined;
}

/** Whether a cause says that the subject could not be examined in time, which no complete verdict says. */
function isUnknown({ reason }: DecisionCause, { kind }: VerdictAnswer): boolean {
  return kind !== "known" && (reason === "image-unknown" || reason === "image-unreadable");
}

/** Verdict of the last day: while a registry does not answer, a grace period counts like an admission. */
async function knownBefore(
  subject: Subject,
  ports: Pick<ReviewPorts, "lastVerdict" | "now">,
): Promise<StoredVerdict | undefined> {
  const stored = await ports.lastVerdict?.(subject).catch(() => undefined);
  if (stored === undefined) return undefined;
  const age = ports.now() - Date.parse(stored.judgedAt);
  return Math.abs(age) <= KNOWN_MS ? stored : undefined;
}

/** Sentence about a grace period, for the warnings of an answer. */
export function graceText(until: string, lang: Lang): string {
  const end = until.slice(0, 16);
  return lang === "fr"
    ? `douane : ce pod, admis auparavant, est refusé par de nouvelles données ou règles ; délai de grâce jusqu'au ${end} (UTC), puis il n'entre plus.`
    : `douane: new data or rules refuse this pod, which was admitted before; grace period until ${end} (UTC), after which it does not enter.`;
}
