import type { Outcome } from "../../contract/rule.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { visible } from "../escape.ts";
import type { ReportOptions } from "../report.ts";
import { elide, terminal, wrap } from "../terminal.ts";
import { findingsTable, levelCounts } from "./findings-table.ts";
import type { VulnerabilityScan } from "./scan.ts";
import { vexLines } from "./vex-lines.ts";

const NONE: Text = { fr: "Aucune vulnérabilité connue.", en: "No known vulnerabilities." };

const ANSWERS = {
  pass: { fr: "OUI", en: "YES" },
  fail: { fr: "NON", en: "NO" },
  unproven: { fr: "À PROUVER", en: "UNPROVEN" },
  "n/a": { fr: "SANS OBJET", en: "N/A" },
} as const satisfies Record<string, Text>;

export interface TableOptions extends Pick<ReportOptions, "width" | "color"> {
  readonly lang: Lang;
}

/** Findings, most severe first, and the gate's outcome, as text. */
export function vulnerabilitiesTable(scan: VulnerabilityScan, { lang, ...options }: TableOptions): string {
  const on = terminal(options);
  const { subject, facts, outcome } = scan;
  const head = [
    on.paint("bold", elide(visible(subject.name), on.width)),
    ...(subject.digest === undefined ? [] : [elide(visible(subject.digest), on.width)]),
    ...(subject.system === undefined ? [] : [elide(visible(subject.system), on.width)]),
  ];
  const { findings } = facts;
  const table = findings.length === 0 ? [NONE[lang]] : findingsTable(findings, lang, on);
  const counts = findings.length === 0 ? [] : [levelCounts(findings, lang), ""];
  const vex = vexLines(findings, lang, on.width);
  return [...head, "", ...table, "", ...counts, ...vex, ...conclusion(outcome, lang, on.width), ""].join(
    "\n",
  );
}

function conclusion(outcome: Outcome, lang: Lang, width: number): readonly string[] {
  const answer = `${ANSWERS[outcome.status][lang]}${lang === "fr" ? " :" : ":"}`;
  if (outcome.status === "fail") {
    // One update fixes many findings, so each remedy is shown once, below its findings.
    const byRemedy = Map.groupBy(outcome.findings, ({ remedy }) => remedy?.[lang] ?? "");
    const told = [...byRemedy].flatMap(([remedy, findings]) => [
      ...findings.flatMap(({ message }) => wrap(`- ${message[lang]}`, width)),
      ...(remedy === "" ? [] : wrap(`→ ${remedy}`, width)),
    ]);
    return [answer, ...told];
  }
  const said = outcome.status === "pass" ? outcome.proof : outcome.reason;
  return wrap(`${answer} ${said[lang]}`, width);
}
