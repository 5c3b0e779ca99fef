import { CATEGORIES, ROWS } from "../../contract/rows.ts";
import type { Lang } from "../../contract/text.ts";
import { pad, paragraph, type Terminal } from "../../report/terminal.ts";
import { CATEGORY_WORDS } from "../../report/words.ts";

/** List of the 18 rows by category. */
export function explainContract(lang: Lang, on: Terminal): readonly string[] {
  const column = 2 + Math.max(...ROWS.map(({ id }) => id.length));
  const sections = CATEGORIES.map((category) => [
    on.paint("bold", CATEGORY_WORDS[category][lang]),
    ...ROWS.filter((row) => row.category === category).flatMap(({ id, title, clauses }) =>
      paragraph(on, {
        head: `  ${pad(id, column)}`,
        indent: column + 2,
        text: `${title[lang]} (${clauses.join(", ")})`,
      }),
    ),
  ]);
  const hint = {
    fr: "« douane explain LIGNE » dit ce qui prouve une ligne.",
    en: "`douane explain ROW` says what proves a row.",
  };
  return [
    ...sections
      .map((lines) => lines.join("\n"))
      .join("\n\n")
      .split("\n"),
    "",
    hint[lang],
  ];
}
