import { packageName } from "../../contract/package-name.ts";
import type { Lang, Text } from "../../contract/text.ts";
import {
  VULNERABILITY_LEVELS,
  type VulnerabilityFinding,
  type VulnerabilityLevel,
} from "../../contract/vulnerability-facts.ts";
import { columns } from "../columns.ts";
import { elide, elideStart, type Style, type Terminal } from "../terminal.ts";

const WORDS = {
  severity: { fr: "gravité", en: "severity" },
  vulnerability: { fr: "vulnérabilité", en: "vulnerability" },
  package: { fr: "paquet", en: "package" },
  installed: { fr: "installée", en: "installed" },
  fixed: { fr: "corrigée en", en: "fixed in" },
  base: { fr: "base", en: "base" },
} as const satisfies Record<string, Text>;

const LEVELS = {
  critical: { word: { fr: "critique", en: "critical" }, style: "red" },
  high: { word: { fr: "élevée", en: "high" }, style: "red" },
  medium: { word: { fr: "moyenne", en: "medium" }, style: "yellow" },
  low: { word: { fr: "faible", en: "low" }, style: "dim" },
  negligible: { word: { fr: "négligeable", en: "negligible" }, style: "dim" },
  unknown: { word: { fr: "inconnue", en: "unknown" }, style: "yellow" },
} as const satisfies Record<VulnerabilityLevel, { readonly word: Text; readonly style: Style }>;

/** Columns of the table with their maximum widths; findings are sorted by them. */
const COLUMNS = [
  { word: WORDS.severity, most: 13 },
  { word: WORDS.vulnerability, most: 24 },
  { word: WORDS.package, most: 34 },
  { word: WORDS.installed, most: 26 },
  { word: WORDS.fixed, most: 30 },
] as const;

/** Table with one line per finding, in the given order, below the names of the columns. */
export function findingsTable(
  findings: readonly VulnerabilityFinding[],
  lang: Lang,
  { paint }: Pick<Terminal, "paint">,
): readonly string[] {
  const titles = COLUMNS.map(({ word }) => word[lang]);
  const lines = columns([titles, ...findings.map((finding) => cellsOf(finding, lang))]);
  return lines.map((line, at) => {
    const finding = findings[at - 1];
    return finding === undefined ? line : paint(LEVELS[finding.severity.level].style, line);
  });
}

/** Cells of a finding, each cut to its column's maximum width. */
function cellsOf(finding: VulnerabilityFinding, lang: Lang): readonly string[] {
  const { id, component, fixedIn, severity, exploited, isMalware, uncertain } = finding;
  const marks = `${isMalware === true || exploited.length > 0 ? "!" : ""}${uncertain === undefined ? "" : "?"}`;
  const base = component.ofBase === true ? ` (${WORDS.base[lang]})` : "";
  const [forSeverity, forId, forPackage, forInstalled, forFixed] = COLUMNS;
  return [
    elide(`${LEVELS[severity.level].word[lang]}${marks}`, forSeverity.most),
    elide(id, forId.most),
    // The end of a package's name distinguishes artifacts of a group.
    `${elideStart(packageName(component), forPackage.most - base.length)}${base}`,
    elide(component.version, forInstalled.most),
    elide(fixedIn.join(", ") || "–", forFixed.most),
  ];
}

/** Counts by severity, `1 critical, 2 low`; "" if there are none. */
export function levelCounts(findings: readonly VulnerabilityFinding[], lang: Lang): string {
  return VULNERABILITY_LEVELS.flatMap((level) => {
    const count = findings.filter(({ severity }) => severity.level === level).length;
    return count === 0 ? [] : [`${count} ${LEVELS[level].word[lang]}`];
  }).join(", ");
}
