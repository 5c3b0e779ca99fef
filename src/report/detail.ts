import type { Finding } from "../contract/finding.ts";
import type { Lang } from "../contract/text.ts";
import { labelled } from "./words.ts";

/** One thing that a reader is told about a row, in the reader's language; neither cleaned nor escaped. */
export interface Detail {
  readonly kind:
    | "because"
    | "finding"
    | "more"
    | "same"
    | "remedy"
    | "doubt"
    | "settle"
    | "missing"
    | "proof"
    | "note"
    | "accepted";
  /** Announces the text, where it is no sentence about the row itself: "remedy", "note". */
  readonly label?: string;
  readonly text: string;
  /** Place, containers, what tempers it, rule. */
  readonly context: readonly string[];
  /** The command that gathers what is missing. */
  readonly command?: string;
  /** Of a finding: the names under which the platform's policy accepts it, were it false. */
  readonly fingerprints?: readonly string[];
}

/** The detail's text after its label. */
export function sentence({ label, text }: Detail, lang: Lang): string {
  return label === undefined ? text : labelled(label, text, lang);
}

/** What makes two findings of a verdict the same one. */
export function identity({ container, fingerprint }: Finding): string {
  return JSON.stringify([container, fingerprint]);
}

/** How many more there are than are told. */
export function more(count: number, lang: Lang): readonly Detail[] {
  if (count <= 0) return [];
  const where = { fr: "« --format json » les donne tous", en: "`--format json` lists them all" };
  const text = { fr: `… et ${count} de plus`, en: `… and ${count} more` };
  return [{ kind: "more", text: labelled(text[lang], where[lang], lang), context: [] }];
}
