import type { ComponentFacts } from "../contract/package-facts.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { HeldPackages } from "../contract/verdict.ts";
import { escapeMarkup } from "./escape.ts";

/** Maximum number of lines of the table, some 400 kB; `douane sbom` lists all. */
const LINES = 2_000;

const WORDS = {
  title: { fr: "Paquets", en: "Packages" },
  filter: { fr: "Filtrer", en: "Filter" },
  name: { fr: "nom", en: "name" },
  version: { fr: "version", en: "version" },
  type: { fr: "écosystème", en: "ecosystem" },
  layer: { fr: "couche", en: "layer" },
  path: { fr: "chemin", en: "path" },
} as const satisfies Record<string, Text>;

const COLUMNS = ["name", "version", "type", "layer", "path"] as const;

/** Packages of an image, collapsed: a table that the script filters by any column. */
export function htmlComponents({ container, packages: { components } }: HeldPackages, lang: Lang): string {
  if (components.length === 0) return "";
  const shown = components.slice(0, LINES);
  const of = container === undefined ? "" : ` · ${escapeMarkup(container)}`;
  const rest = components.length > LINES ? `<p class="note">${restText(components.length)[lang]}</p>\n` : "";
  const head = COLUMNS.map((column) => `<th>${WORDS[column][lang]}</th>`).join("");
  return `<details class="components"><summary>${WORDS.title[lang]}${of} (${components.length})</summary>
<p><label hidden>${WORDS.filter[lang]} <input type="search"></label></p>
<table><thead><tr>${head}</tr></thead><tbody>
${shown.map(line).join("")}</tbody></table>
${rest}</details>
`;
}

function line({ namespace, name, version, type, layer, path, inside }: ComponentFacts): string {
  const full = namespace === undefined ? name : `${namespace}/${name}`;
  const place = inside === undefined ? path : `${path}!/${inside}`;
  const cells = [full, version, type, String(layer + 1), place];
  return `<tr>${cells.map((cell) => `<td>${escapeMarkup(cell)}</td>`).join("")}</tr>\n`;
}

function restText(count: number): Text {
  return {
    fr: `${LINES} des ${count} paquets sont montrés ; <code>douane sbom</code> les donne tous.`,
    en: `${LINES} of the ${count} packages are shown; <code>douane sbom</code> gives them all.`,
  };
}
