import { CLAUSES } from "../../src/contract/clauses.ts";
import type { AnyRule } from "../../src/contract/rule.ts";
import { markdown } from "./rule-page.ts";

/** `docs/rules/README.md`: every rule under its clause. */
export function ruleIndex(rules: readonly AnyRule[]): string {
  const sections = CLAUSES.flatMap(({ id, title }) => {
    const own = rules.filter((rule) => rule.id.startsWith(`${id}-`));
    if (own.length === 0) return [];
    const lines = own.map(
      (rule) => `- [\`${rule.id}\`](${rule.id}.md): ${markdown(rule.title.fr)} · ${markdown(rule.title.en)}`,
    );
    return [`## ${id} ${title.fr} · ${title.en}`, lines.join("\n")];
  });
  const head = "<!-- Généré / generated: UPDATE=1 node scripts/generate-docs.ts -->";
  const intro = "`douane explain` affiche la même chose · shows the same.";
  return `${[head, "# Règles · Rules", intro, ...sections].join("\n\n")}\n`;
}
