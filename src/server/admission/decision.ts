import type { Digest } from "../../contract/image-facts.ts";
import { objectAt, stringOf } from "../../json/fields.ts";
import type { DecisionKind } from "../decision-kinds.ts";
import type { Decision, DecisionCause, JudgedImage, StoredVerdict, VerdictKey } from "../ports.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import type { VerdictAnswer } from "./ports.ts";
import { ownerOf } from "./scope.ts";

/** Answer and causes that a decision rests on. */
export interface Grounds {
  readonly answer?: VerdictAnswer;
  /** Last day on which the pod is observed. */
  readonly observedUntil?: string;
  /** Identifiers of the releases that let the pod in. */
  readonly releases?: readonly string[];
  /** End of the grace period that lets the pod in. */
  readonly graceUntil?: string;
  /** Future rows that are not `yes` and only warn in the namespace. */
  readonly warned?: readonly string[];
  readonly causes: readonly DecisionCause[];
  /** Start digest of the pod (startDigest()); absent if the pod is not admitted. */
  readonly start?: Digest;
  /** Digest of its labels (labelsDigest()), beside its start. */
  readonly labels?: Digest;
}

/**
 * Decision about a request, as written to the audit log.
 *
 * @param now current time in milliseconds, as Date.now()
 */
export function decisionOf(
  request: AdmissionRequest,
  kind: DecisionKind,
  now: number,
  { answer, causes, start, labels, observedUntil, releases, graceUntil, warned }: Grounds = { causes: [] },
): Decision {
  const { group, resource, subresource, object = {} } = request;
  const owner = ownerOf(object);
  const { key, images } = namedBy(answer);
  return {
    at: new Date(now).toISOString(),
    uid: request.uid,
    kind,
    operation: request.operation,
    resource: `${resource}${group === "" ? "" : `.${group}`}${subresource === "" ? "" : `/${subresource}`}`,
    namespace: request.namespace,
    name: nameOf(request),
    ...(owner === undefined ? {} : { owner }),
    user: request.user,
    ...(key === undefined ? {} : { key }),
    ...(start === undefined ? {} : { start }),
    ...(labels === undefined ? {} : { labels }),
    images,
    ...(observedUntil === undefined ? {} : { observedUntil }),
    ...(releases === undefined ? {} : { releases }),
    ...(graceUntil === undefined ? {} : { graceUntil }),
    ...(warned === undefined ? {} : { warned }),
    ...recordedCauses(causes),
  };
}

/** Maximum number of causes of a decision, and of characters of each: the audit log keeps them for ever. */
const CAUSES = 100;
const CHARACTERS = 2_000;

/** Causes as recorded. Whoever may create pods chooses their number, and parts of their sentences. */
function recordedCauses(causes: readonly DecisionCause[]): Pick<Decision, "causes" | "moreCauses"> {
  const recorded = causes.slice(0, CAUSES).map((cause) => {
    const { message } = cause;
    if (message.length <= CHARACTERS) return cause;
    return { ...cause, message: `${message.slice(0, CHARACTERS - 1).toWellFormed()}…` };
  });
  const more = causes.length - recorded.length;
  return { causes: recorded, ...(more === 0 ? {} : { moreCauses: more }) };
}

function namedBy(answer: VerdictAnswer | undefined): {
  readonly key?: VerdictKey;
  readonly images: readonly JudgedImage[];
} {
  const stored = answer?.kind === "known" ? answer.stored : answer?.soFar;
  return stored === undefined ? { images: [] } : { key: stored.key, images: stored.images };
}

function nameOf({ name, object = {} }: AdmissionRequest): string {
  const generated = stringOf(objectAt(object, "metadata")["generateName"]);
  return name === "" && generated !== "" ? `${generated}*` : name;
}

/** Annotations for the API server's own audit log. */
export function annotations(
  decision: DecisionKind,
  answer: VerdictAnswer | undefined,
  causes: readonly DecisionCause[],
): Annotations {
  if (answer?.kind !== "known") return annotationsOf(decision, answer, causes);
  const kept = KEPT.get(causes);
  if (kept?.decision === decision && kept.stored === answer.stored) return kept.annotations;
  const made = annotationsOf(decision, answer, causes);
  KEPT.set(causes, { decision, stored: answer.stored, annotations: made });
  return made;
}

type Annotations = Readonly<Record<string, string>>;

/**
 * Annotations by list of causes, cached: causesOf() returns the same list for a known verdict, which answers
 * thousands of pods.
 */
const KEPT = new WeakMap<
  readonly DecisionCause[],
  { readonly decision: DecisionKind; readonly stored: StoredVerdict; readonly annotations: Annotations }
>();

function annotationsOf(
  decision: DecisionKind,
  answer: VerdictAnswer | undefined,
  causes: readonly DecisionCause[],
): Annotations {
  const { key, images } = namedBy(answer);
  const reasons = [
    ...new Set(causes.map(({ reason, answer: row }) => (row === undefined ? reason : `${reason}=${row}`))),
  ];
  const digests = [...new Set(images.flatMap(({ digest }) => digest ?? []))];
  return {
    decision,
    ...(key === undefined ? {} : { verdict: key.subject }),
    ...(digests.length === 0 ? {} : { images: digests.join(",") }),
    ...(reasons.length === 0 ? {} : { reasons: reasons.join(",") }),
  };
}
