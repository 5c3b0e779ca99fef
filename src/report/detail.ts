import type { Finding } from "../contract/finding.ts";
import type { Lang } from "../contract/text.ts";
import { labelled } from "./words.ts";

/** One statement about a row, in the reader's language, neither cleaned nor escaped. */
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
  /**
   * Label before the text, such as "remedy" or "note"; absent if the text is a sentence about the row itself.
   */
  readonly label?: string;
  readonly text: string;
  /** Place, containers, qualification, rule. */
  readonly context: readonly string[];
  /** Command that collects the missing evidence. */
  readonly command?: string;
  /** Fingerprints of a finding, by which the platform's policy can accept a false finding. */
  readonly fingerprints?: readonly string[];
}

/** Text of the detail, after its label. */
export function sentence({ label, text }: Detail, lang: Lang): string {
  return label === undefined ? text : labelled(label, text, lang);
}

/** Key under which two findings of a verdict count as the same. */
export function identity({ container, fingerprint }: Finding): string {
  return JSON.stringify([container, fingerprint]);
}

/** Detail that counts statements not shown. */
export function more(count: number, lang: Lang): readonly Detail[] {
  if (count <= 0) return [];
  const where = { fr: "« --format json » les donne tous", en: "`--format json` lists them all" };
  const text = { fr: `… et ${count} de plus`, en: `… and ${count} more` };
  return [{ kind: "more", text: labelled(text[lang], where[lang], lang), context: [] }];
}
