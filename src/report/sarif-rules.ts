import { type Category, type Clause, type Row, type RowId, rowById } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import { CLAUSE_URIS } from "./clause-uris.ts";
import type { RuleWords } from "./report.ts";

/** Descriptor of a rule: requirement, reason and remedy; `help` names the command that explains it. */
export function ruleDescriptor({ id, title, why, remedy, rows }: RuleWords, lang: Lang) {
  const { category } = rowById(rows[0]);
  const clause = clauseOf(id);
  const explain = {
    fr: `Pour en savoir plus : douane explain ${id}`,
    en: `To know more: douane explain ${id}`,
  };
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: title[lang] },
    fullDescription: { text: why[lang] },
    helpUri: CLAUSE_URIS[clause],
    help: { text: `${why[lang]}\n\n${remedy[lang]}\n\n${explain[lang]}` },
    defaultConfiguration: { level: category === "mandatory" ? "error" : "warning" },
    properties: { tags: tagsOf(category, [clause], rows) },
  };
}

/** Descriptor of a row. Unproven answers refer to it, since they belong to no single rule. */
export function rowDescriptor({ id, title, clauses, category }: Row, lang: Lang) {
  return {
    id,
    name: `Requirement${nameOf(id)}`,
    shortDescription: { text: title[lang] },
    helpUri: CLAUSE_URIS[clauses[0]],
    help: {
      text: { fr: `Pour en savoir plus : douane explain ${id}`, en: `To know more: douane explain ${id}` }[
        lang
      ],
    },
    defaultConfiguration: { level: "none" },
    properties: { category, clauses, tags: tagsOf(category, clauses, [id]) },
  };
}

/** Clause of a rule: the rule's id up to its first hyphen. */
function clauseOf(id: string): Clause {
  return id.slice(0, id.indexOf("-")) as Clause;
}

/** Name of a rule for people, in the form of §3.49.7: `1.1-image-user` → `ImageUser`. */
function nameOf(id: string): string {
  return id
    .split("-")
    .filter((word) => !/^\d/.test(word))
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("");
}

function tagsOf(category: Category, clauses: readonly Clause[], rows: readonly RowId[]): readonly string[] {
  return ["security", "container", category, ...clauses.map((clause) => `clause/${clause}`), ...rows];
}
