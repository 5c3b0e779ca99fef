import { kindOfEvidence } from "../../src/contract/kinds.ts";
import { rowById } from "../../src/contract/rows.ts";
import type { AnyRule } from "../../src/contract/rule.ts";
import type { Lang, Text } from "../../src/contract/text.ts";

const LANGUAGE: Text = { fr: "Français", en: "English" };
const WORDS = {
  why: { fr: "Pourquoi", en: "Why" },
  remedy: { fr: "Remède", en: "Remedy" },
  rows: { fr: "Lignes du contrat qu'un échec réfute", en: "Rows of the contract that a failure refutes" },
  needs: { fr: "Preuves lues", en: "Evidence read" },
  optional: { fr: "si elles sont là", en: "when it is there" },
} as const satisfies Record<string, Text>;

/** `docs/rules/<rule>.md`: requirement, reason and remedy of the rule, in both languages. */
export function rulePage(rule: AnyRule): string {
  const head = `<!-- Généré depuis / generated from the code of ${rule.id}: UPDATE=1 node scripts/generate-docs.ts -->`;
  return `${[head, `# ${rule.id}`, section(rule, "fr"), section(rule, "en")].join("\n\n")}\n`;
}

function section({ title, why, remedy, rows, needs, uses = [] }: AnyRule, lang: Lang): string {
  const evidence = [
    ...needs.map((kind) => kindOfEvidence(kind).name[lang]),
    ...uses.map((kind) => `${kindOfEvidence(kind).name[lang]} (${WORDS.optional[lang]})`),
  ];
  return [
    `## ${LANGUAGE[lang]}`,
    `**${markdown(title[lang])}**`,
    `### ${WORDS.why[lang]}`,
    markdown(why[lang]),
    `### ${WORDS.remedy[lang]}`,
    markdown(remedy[lang]),
    `### ${WORDS.rows[lang]}`,
    rows.map((id) => `- ${rowById(id).title[lang]} (\`${id}\`)`).join("\n"),
    `### ${WORDS.needs[lang]}`,
    evidence.map((name) => `- ${name}`).join("\n"),
  ].join("\n\n");
}

/** Escapes emphasis and HTML outside code spans. */
export function markdown(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[*_<[\]\\]/g, "\\$&")))
    .join("");
}
