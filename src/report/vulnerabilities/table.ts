import type { Outcome } from "../../contract/rule.ts";
import type { Lang, Text } from "../../contract/text.ts";
import {
  VULNERABILITY_LEVELS,
  type VulnerabilityFinding,
  type VulnerabilityLevel,
} from "../../contract/vulnerability-facts.ts";
import { visible } from "../escape.ts";
import type { ReportOptions } from "../report.ts";
import { elide, pad, type Style, terminal, wrap } from "../terminal.ts";
import type { VulnerabilityScan } from "./scan.ts";

const WORDS = {
  severity: { fr: "gravité", en: "severity" },
  vulnerability: { fr: "vulnérabilité", en: "vulnerability" },
  package: { fr: "paquet", en: "package" },
  installed: { fr: "installée", en: "installed" },
  fixed: { fr: "corrigée en", en: "repaired in" },
  none: { fr: "Aucune vulnérabilité connue.", en: "No known vulnerabilities." },
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

const ANSWERS = {
  pass: { fr: "OUI", en: "YES" },
  fail: { fr: "NON", en: "NO" },
  unproven: { fr: "À PROUVER", en: "UNPROVEN" },
  "n/a": { fr: "SANS OBJET", en: "N/A" },
} as const satisfies Record<string, Text>;

export interface TableOptions extends Pick<ReportOptions, "width" | "color"> {
  readonly lang: Lang;
}

/** What was found, the gravest first, and what the gate makes of it, for a reader. */
export function vulnerabilitiesTable(scan: VulnerabilityScan, { lang, ...options }: TableOptions): string {
  const on = terminal(options);
  const { subject, facts, outcome } = scan;
  const head = [
    on.paint("bold", elide(visible(subject.name), on.width)),
    ...(subject.digest === undefined ? [] : [elide(visible(subject.digest), on.width)]),
    ...(subject.system === undefined ? [] : [elide(visible(subject.system), on.width)]),
  ];
  const rows = facts.findings.map((finding) => rowOf(finding, lang));
  const titles = COLUMNS.map(({ word }) => word[lang]);
  const widths = COLUMNS.map(({ most }, at) => {
    const cells = [titles, ...rows.map(({ cells: of }) => of)].map((of) => of.slice(at, at + 1).join(""));
    return Math.min(
      most,
      cells.reduce((widest, cell) => Math.max(widest, cell.length), 0),
    );
  });
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, at) => pad(elide(cells.slice(at, at + 1).join(""), width), width))
      .join("  ")
      .trimEnd();
  const table =
    rows.length === 0
      ? [WORDS.none[lang]]
      : [line(titles), ...rows.map(({ cells, style }) => on.paint(style, line(cells)))];
  return [
    ...head,
    "",
    ...table,
    "",
    ...counts(facts.findings, lang),
    ...conclusion(outcome, lang, on.width),
    "",
  ].join("\n");
}

/** With how many characters of each are shown at most. */
const COLUMNS = [
  { word: WORDS.severity, most: 13 },
  { word: WORDS.vulnerability, most: 24 },
  { word: WORDS.package, most: 34 },
  { word: WORDS.installed, most: 26 },
  { word: WORDS.fixed, most: 30 },
] as const;

interface Row {
  readonly cells: readonly string[];
  readonly style: Style;
}

function rowOf(finding: VulnerabilityFinding, lang: Lang): Row {
  const { id, component, fixedIn, severity, exploited, isMalware, uncertain } = finding;
  const { word, style } = LEVELS[severity.level];
  const marks = `${isMalware === true || exploited.length > 0 ? "!" : ""}${uncertain === undefined ? "" : "?"}`;
  const { namespace, name, ofBase } = component;
  const isWhole = namespace === undefined || ["deb", "apk", "rpm"].includes(component.type);
  const full = isWhole ? name : `${namespace}${component.type === "maven" ? ":" : "/"}${name}`;
  const base = ofBase === true ? ` (${WORDS.base[lang]})` : "";
  const cells = [`${word[lang]}${marks}`, id, `${full}${base}`, component.version, fixedIn.join(", ") || "–"];
  return { cells: cells.map(visible), style };
}

function counts(findings: readonly VulnerabilityFinding[], lang: Lang): readonly string[] {
  const all = VULNERABILITY_LEVELS.flatMap((level) => {
    const count = findings.filter(({ severity }) => severity.level === level).length;
    return count === 0 ? [] : [`${count} ${LEVELS[level].word[lang]}`];
  });
  return all.length === 0 ? [] : [all.join(", "), ""];
}

function conclusion(outcome: Outcome, lang: Lang, width: number): readonly string[] {
  const answer = `${ANSWERS[outcome.status][lang]}${lang === "fr" ? " :" : ":"}`;
  if (outcome.status === "fail") {
    return [answer, ...outcome.findings.flatMap(({ message }) => wrap(`- ${message[lang]}`, width))];
  }
  const said = outcome.status === "pass" ? outcome.proof : outcome.reason;
  return wrap(`${answer} ${said[lang]}`, width);
}
