import type { Lang } from "../../contract/text.ts";
import { rowsOfNamespace } from "../../policy/enforced-rows.ts";
import type { Policy } from "../../policy/policy.ts";
import { causesOf } from "../admission/causes.ts";
import { namedImages, registryCauses } from "../admission/image-registries.ts";
import type { VerdictAnswer } from "../admission/ports.ts";
import { exemptNamespaces } from "../admission/scope.ts";
import type { Subject } from "../admission/subject.ts";
import type { Examined } from "../examine/examinations.ts";
import type { DecisionCause } from "../ports.ts";
import type { KeptSubject } from "../store/kept-subjects.ts";

/** Answer that a policy would give to the pods of a subject. */
type PreviewAnswer = "admitted" | "exempt" | "refused" | "unproven" | "unread";

/** A subject under another policy. */
export interface Previewed extends Pick<KeptSubject, "namespace" | "workloads"> {
  readonly answer: PreviewAnswer;
  /** Causes for which the pod would be refused; empty if it would be admitted, or if its namespace is exempt. */
  readonly causes: readonly DecisionCause[];
}

/** Ports of a preview. */
export interface PreviewPorts {
  /** @param readImages false for images of registries that the policy does not list */
  judge(subject: Subject, readImages: boolean): Promise<Examined>;
  /** Current time in milliseconds, as Date.now(). */
  now(): number;
}

/**
 * Judges subjects by a policy as admission would, one after the other. Observed pods are judged as if the policy were
 * enforced. Labels of namespaces are unknown, so the stricter answer of each entry applies.
 *
 * Rejects if the subjects do, or the judge.
 */
export async function* preview(
  subjects: AsyncIterable<KeptSubject>,
  policy: Policy,
  lang: Lang,
  ports: PreviewPorts,
): AsyncGenerator<Previewed> {
  const { admission = {} } = policy;
  const exempt = exemptNamespaces(admission);
  for await (const { subject, namespace, workloads } of subjects) {
    if (exempt.has(namespace)) {
      yield { namespace, workloads, answer: "exempt", causes: [] };
      continue;
    }
    const unlisted = registryCauses(namedImages(subject.object), admission, lang);
    const answer = answerOf(await ports.judge(subject, unlisted.length === 0), unlisted.length > 0);
    const today = new Date(ports.now()).toISOString().slice(0, 10);
    const { enforced } = rowsOfNamespace(policy, today, { name: namespace, labels: undefined });
    const isTemplate = subject.object["kind"] !== "Pod";
    // Pods of the store were pinned where the policy pins tags; a tag that is left is named as a movable one.
    const causes = causesOf(answer, { lang, enforced, admission, isTemplate });
    const all = [
      ...unlisted,
      ...causes.filter(({ reason }) => unlisted.length === 0 || reason !== "image-unknown"),
    ];
    yield { namespace, workloads, answer: previewAnswer(all), causes: all };
  }
}

function answerOf({ stored, problems }: Examined, isUnlisted: boolean): VerdictAnswer {
  if (!isUnlisted && stored !== undefined && problems.length === 0) return { kind: "known", stored };
  const soFar = stored === undefined ? {} : { soFar: stored };
  return isUnlisted
    ? { kind: "under-examination", ...soFar }
    : { kind: "unreadable", why: problems, ...soFar };
}

function previewAnswer(causes: readonly DecisionCause[]): PreviewAnswer {
  if (causes.length === 0) return "admitted";
  const open = causes.filter(({ answer, reason }) => answer === "unproven" || UNREAD.has(reason));
  if (open.length < causes.length) return "refused";
  return causes.some(({ reason }) => UNREAD.has(reason)) ? "unread" : "unproven";
}

/** Causes which mean that an image or a pod could not be examined. */
const UNREAD: ReadonlySet<DecisionCause["reason"]> = new Set([
  "image-unknown",
  "image-unreadable",
  "pod-unreadable",
]);
