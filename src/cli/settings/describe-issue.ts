import type { z } from "zod";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

const TYPES: Readonly<Record<string, Text>> = {
  string: { fr: "un texte", en: "a text" },
  boolean: { fr: "true ou false", en: "true or false" },
  array: { fr: "une liste", en: "a list" },
  object: { fr: "un ensemble de clés", en: "a mapping" },
  record: { fr: "un ensemble de clés", en: "a mapping" },
  number: { fr: "un nombre", en: "a number" },
  int: { fr: "un nombre entier", en: "an integer" },
};

/** Expected value for a version: without quotes, `1.30` is the number 1.3. */
const QUOTED: Text = { fr: "un texte entre guillemets", en: "a text between quotes" };

/** Description of an invalid value, including the value, for a sentence after `file:line:column:`. */
export function describeIssue(issue: z.core.$ZodIssue, value: unknown): Text {
  const key = issue.path.join(".");
  const [fr, en] = key === "" ? ["le fichier", "the file"] : [key, key];
  if (value === undefined) return { fr: `${fr} manque`, en: `${en} is missing` };
  const expected = typeof value === "number" && wantsText(issue) ? QUOTED : expectedOf(issue);
  const seen = quoted(typeof value === "string" ? value : JSON.stringify(value));
  return {
    fr: `${fr} doit être ${expected.fr}, pas ${seen}`,
    en: `${en} must be ${expected.en}, not ${seen}`,
  };
}

function wantsText(issue: z.core.$ZodIssue): boolean {
  return issue.code === "invalid_type" && issue.expected === "string";
}

function expectedOf(issue: z.core.$ZodIssue): Text {
  if (issue.code === "invalid_type") {
    return TYPES[issue.expected] ?? { fr: issue.expected, en: issue.expected };
  }
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    return { fr: values.join(" ou "), en: values.join(" or ") };
  }
  if (issue.code === "too_small" || issue.code === "too_big") return boundOf(issue);
  // Issue of a custom check: its message has both languages, as "français | English".
  const [fr = issue.message, en = fr] = issue.message.split(" | ");
  return { fr, en };
}

function boundOf(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Text {
  if (issue.code === "too_small") {
    if (issue.origin === "string") return { fr: "un texte non vide", en: "a text that is not empty" };
    if (issue.origin === "array") return { fr: "une liste non vide", en: "a list that is not empty" };
    return { fr: `au moins ${issue.minimum}`, en: `at least ${issue.minimum}` };
  }
  return { fr: `au plus ${issue.maximum}`, en: `at most ${issue.maximum}` };
}
