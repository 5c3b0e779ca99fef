import type { z } from "zod";
import { excerpt } from "../../contract/shown.ts";
import { problemTitle, type SourceProblem } from "../../contract/source-problem.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { Answer } from "../../contract/verdict.ts";
import type { ServerAnswer } from "./server-answer.ts";
import type { serverCheckSchema } from "./server-check-schema.ts";

/** A workload of the manifests, with the server's answer. */
export interface CheckedWorkload {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly answer: ServerAnswer;
}

/** Lines about a workload: the decision, the rows by answer, each cause, each warning. */
export function workloadText(
  { file, line, kind, name, namespace, answer }: CheckedWorkload,
  lang: Lang,
): string {
  const place = `${excerpt(file)}:${line} ${excerpt(kind)}/${excerpt(name)} (${excerpt(namespace)})`;
  const lines = [
    `${place}${lang === "fr" ? " :" : ":"} ${DECISIONS[answer.decision][lang]}`,
    ...observedLines(answer, lang),
    ...rowLines(answer, lang).map((one) => `  ${one}`),
    ...answer.causes.map(({ message }) => `  - ${message}`),
    ...(answer.more === 0 ? [] : [`  - … +${answer.more}`]),
    ...(answer.verdict === "under-examination" ? [`  ${AGAIN[lang]}`] : []),
    ...answer.warnings.map((warning) => `  ${warning}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** In an observed namespace, the decision is that of the day after. */
function observedLines({ observedUntil, causes }: ServerAnswer, lang: Lang): readonly string[] {
  if (observedUntil === undefined || causes.length === 0) return [];
  return lang === "fr"
    ? [
        `  observé jusqu'au ${observedUntil} inclus : le webhook laisse entrer ces pods jusque-là, et les refuse ensuite pour :`,
      ]
    : [
        `  observed until ${observedUntil}, included: the webhook lets these pods in until then, and refuses them afterwards for:`,
      ];
}

/** Rows by their answer, the worst first. */
function rowLines({ rows }: ServerAnswer, lang: Lang): readonly string[] {
  return ANSWERS.flatMap((answer) => {
    const ids = rows
      .filter((row) => row.answer === answer)
      .map(({ id, enforced }) => (enforced ? id : `(${id})`));
    if (ids.length === 0) return [];
    return [`${WORDS[answer][lang]} (${ids.length})${lang === "fr" ? " :" : ":"} ${ids.join(", ")}`];
  });
}

/** All answers as JSON. */
export function serverDocument(
  server: URL,
  workloads: readonly CheckedWorkload[],
  errors: readonly SourceProblem[],
  skipped: readonly SourceProblem[],
): string {
  const problem = ({ about, message }: SourceProblem) => ({ about: problemTitle(about), message });
  const document: z.input<typeof serverCheckSchema> = {
    schema: "douane/server-check/v1",
    server: server.origin,
    workloads: [...workloads],
    errors: errors.map(problem),
    skipped: skipped.map(problem),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const ANSWERS: readonly Answer[] = ["no", "unproven", "yes", "n/a"];
const WORDS: Readonly<Record<Answer, Text>> = {
  no: { fr: "non", en: "no" },
  unproven: { fr: "à prouver", en: "unproven" },
  yes: { fr: "oui", en: "yes" },
  "n/a": { fr: "sans objet", en: "not applicable" },
};
const DECISIONS: Readonly<Record<ServerAnswer["decision"], Text>> = {
  admitted: { fr: "admis", en: "admitted" },
  refused: { fr: "refusé", en: "refused" },
  unproven: { fr: "refusé, faute de preuve", en: "refused, for lack of proof" },
  exempt: {
    fr: "non jugé : la politique exempte cet espace de noms",
    en: "not judged: the policy exempts this namespace",
  },
};
const AGAIN: Text = {
  fr: "Examen en cours : redemander dans quelques minutes.",
  en: "Examination under way: ask again in a few minutes.",
};
