import type { DecisionCause } from "../ports.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { causesOf } from "./causes.ts";
import { namedImages, registryCauses } from "./image-registries.ts";
import type { ReviewPorts, ReviewSettings, VerdictAnswer, VerdictRequest } from "./ports.ts";
import { type Remarks, remarksOf } from "./remarks.ts";
import type { Subject } from "./subject.ts";

/**
 * Verdict on a subject, with the causes against its admission: the one judgement of the webhook and of a check before
 * it.
 */
export async function groundsOf(
  { namespace, resource, isDryRun }: Pick<AdmissionRequest, "namespace" | "resource" | "isDryRun">,
  subject: Subject,
  left: Pick<VerdictRequest, "until" | "verify" | "isAgain" | "unexamined">,
  settings: ReviewSettings,
  ports: Pick<ReviewPorts, "verdictOf">,
): Promise<{
  readonly answer: VerdictAnswer;
  readonly causes: readonly DecisionCause[];
  readonly remarks: Remarks;
}> {
  const { admission, lang } = settings;
  const { enforced, warned } = settings.rowsOf(namespace);
  let refusals: readonly DecisionCause[] | undefined;
  const unlisted = () => (refusals ??= registryCauses(namedImages(subject.object), admission, lang));
  const answer = await ports.verdictOf(subject, {
    namespace,
    ...(admission.futureRows === undefined ? {} : { enforced }),
    ...left,
    // Read only for a subject without a verdict: images from unlisted registries are never examined.
    get mayExamine() {
      return !isDryRun && left.unexamined === undefined && unlisted().length === 0;
    },
  });
  const causes = causesOf(answer, {
    ...settings,
    enforced,
    isTemplate: resource !== "pods",
  });
  const remarks = remarksOf(answer, warned, lang);
  if (answer.kind === "known" || unlisted().length === 0) return { answer, causes, remarks };
  const others = causes.filter(({ reason }) => reason !== "image-unknown");
  return { answer, causes: [...unlisted(), ...others], remarks };
}
