import { binds, type EnforcedRows } from "../../contract/admission.ts";
import { ROWS } from "../../contract/rows.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { AdmissionSettings } from "../../policy/admission.ts";
import type { VerdictDocument } from "../../verdicts/report-schema.ts";
import type { DecisionCause, JudgedImage, StoredVerdict } from "../ports.ts";
import { admits } from "./admits.ts";
import type { VerdictAnswer } from "./ports.ts";

type RowDocument = VerdictDocument["rows"][number];

/** Settings, beside the answer, on which the causes depend. */
interface Judging {
  readonly lang: Lang;
  readonly enforced: EnforcedRows;
  readonly admission: AdmissionSettings;
  /** Whether the subject is a pod template; tags will then be pinned in the pods created from it. */
  readonly isTemplate: boolean;
}

/**
 * Reasons against admission. The list is empty only if the verdict is complete: all rows, on at least one
 * image.
 */
export function causesOf(answer: VerdictAnswer, judging: Judging): readonly DecisionCause[] {
  if (answer.kind !== "known") return computed(answer, judging);
  const { lang, enforced, isTemplate, admission: settings } = judging;
  const by = JSON.stringify([lang, enforced, isTemplate]);
  const kept = KEPT.get(answer.stored);
  if (kept !== undefined && kept.by === by && kept.settings === settings) return kept.causes;
  const causes = computed(answer, judging);
  KEPT.set(answer.stored, { by, settings, causes });
  return causes;
}

/** Causes by verdict, cached: one verdict answers thousands of pods. */
const KEPT = new WeakMap<
  StoredVerdict,
  {
    readonly by: string;
    readonly settings: AdmissionSettings;
    readonly causes: readonly DecisionCause[];
  }
>();

function computed(answer: VerdictAnswer, judging: Judging): readonly DecisionCause[] {
  const { lang } = judging;
  const stored = answer.kind === "known" ? answer.stored : answer.soFar;
  const causes: DecisionCause[] = [];
  if (stored !== undefined) {
    causes.push(...rowCauses(stored, judging, answer.kind === "known"), ...tagCauses(stored.images, judging));
  }
  if (answer.kind === "under-examination") causes.push({ reason: "image-unknown", message: EXAMINING[lang] });
  if (answer.kind === "not-examined") causes.push({ reason: "image-unknown", message: answer.why[lang] });
  if (answer.kind === "unreadable") {
    const why = answer.why.length === 0 ? [NOTHING] : answer.why;
    causes.push(...why.map((text) => ({ reason: "image-unreadable", message: text[lang] }) as const));
  }
  return causes;
}

/** @param isWhole whether the images were examined; otherwise rows that only images can prove are omitted */
function rowCauses(
  stored: StoredVerdict,
  { lang, enforced }: Judging,
  isWhole: boolean,
): readonly DecisionCause[] {
  const { verdict, images } = stored;
  const { rows } = verdict;
  const causes = rows.filter((row) => binds(row, enforced)).flatMap((row) => causesOfRow(row, lang, isWhole));
  const isComplete = ROWS.every(({ id }) => rows.some((row) => row.id === id)) && images.length > 0;
  const isAdmitted = isComplete && admits(stored, enforced);
  if (!isWhole || isAdmitted || causes.length > 0) return causes;
  return [{ reason: "pod-unreadable", message: NOTHING[lang] }];
}

/**
 * Causes of a row's answer `no`, or `unproven`.
 *
 * @param isWhole whether the images were examined
 */
export function causesOfRow(row: RowDocument, lang: Lang, isWhole: boolean): readonly DecisionCause[] {
  if (row.answer === "no") return refusals(row, lang);
  return isWhole && row.answer === "unproven" ? unproven(row, lang) : [];
}

function refusals(row: RowDocument, lang: Lang): readonly DecisionCause[] {
  const { id: reason, findings, because = [] } = row;
  const own = findings.map(({ message, remedy, at, container }) => ({
    reason,
    answer: "no" as const,
    ...(at?.uid === undefined || at.path === undefined ? {} : { field: excerpt(at.path) }),
    message: `${head(row, lang, container)} ${message[lang]} ${remedy[lang]}`,
  }));
  // A row derived from other rows (`because`) adds no cause: those rows have one.
  if (own.length > 0 || because.length > 0) return own;
  return [{ reason, answer: "no", message: head(row, lang) }];
}

function unproven(row: RowDocument, lang: Lang): readonly DecisionCause[] {
  const { id: reason, doubts, missing, because = [] } = row;
  if (because.length > 0 && doubts.length === 0) return [];
  const said = doubts.map(({ reason: why, settle }) => [why[lang], settle?.[lang] ?? ""].join(" ").trim());
  const commands = [...new Set(missing.flatMap(({ command }) => command ?? []))];
  const settle = commands.length === 0 ? "" : SETTLE(commands)[lang];
  const parts = [head(row, lang), ...new Set(said), settle];
  return [{ reason, answer: "unproven", message: parts.filter((part) => part !== "").join(" ") }];
}

/** `1.1 seccomp (Seccomp profile RuntimeDefault), container "web": no.` */
function head({ id, answer }: RowDocument, lang: Lang, container?: string): string {
  const row = ROWS.find((one) => one.id === id);
  const [clauses, title] = [row?.clauses.join(", ") ?? "", row?.title[lang] ?? ""];
  const whose = container === undefined ? "" : CONTAINER(container)[lang];
  const [colon, word] = lang === "fr" ? [" :", WORDS.fr[answer]] : [":", WORDS.en[answer]];
  return `${clauses} ${id} (${title})${whose}${colon} ${word}.`;
}

const WORDS = {
  fr: { yes: "oui", no: "non", unproven: "à prouver", "n/a": "sans objet" },
  en: { yes: "yes", no: "no", unproven: "unproven", "n/a": "not applicable" },
} as const;

/** Causes for images named by a movable tag: the node could pull an image other than the judged one. */
function tagCauses(
  images: readonly JudgedImage[],
  { lang, isTemplate, admission: { movingTags = [], pinTags = false } }: Judging,
): readonly DecisionCause[] {
  if (isTemplate && pinTags) return [];
  return images
    .filter(({ isPinned }) => !isPinned)
    .filter(({ container, repository }) =>
      movingTags.every((one) => one.container !== container || one.repository !== repository),
    )
    .map((image) => ({ reason: "tag-movable", message: movable(image)[lang] }));
}

function movable({ container, reference, digest }: JudgedImage): Text {
  const [name, image] = [quoted(container), quoted(reference)];
  const pinned = digest === undefined ? "@sha256:…" : `@${digest}`;
  return {
    fr: `conteneur ${name} : l'image ${image} est désignée par un tag, qui peut en désigner une autre quand le nœud la télécharge. La désigner par son empreinte : ${pinned}`,
    en: `container ${name}: the image ${image} is named by a tag, which may point to another image when the node pulls it. Name it by its digest: ${pinned}`,
  };
}

const EXAMINING: Text = {
  fr: "image inconnue : examen en cours. Une nouvelle tentative a lieu automatiquement (ReplicaSet, Job…) ; créer de nouveau un pod seul.",
  en: "unknown image: it is being examined. Retried automatically (by the ReplicaSet, Job…); create a bare pod again.",
};
const NOTHING: Text = {
  fr: "le pod n'a pas pu être jugé.",
  en: "the pod could not be judged.",
};
const CONTAINER = (name: string): Text => ({
  fr: `, conteneur ${quoted(name)}`,
  en: `, container ${quoted(name)}`,
});
const SETTLE = (commands: readonly string[]): Text => ({
  fr: `À prouver par : ${commands.join(" ; ")}`,
  en: `Prove it by: ${commands.join("; ")}`,
});
