/** Severities of a finding, most severe first; `unknown`: the report gives no severity, or an unknown one. */
const SEVERITIES = ["critical", "high", "medium", "low", "info", "unknown"] as const;
export type Severity = (typeof SEVERITIES)[number];

const WORDS: Readonly<Record<string, Severity>> = {
  critical: "critical",
  blocker: "critical",
  high: "high",
  error: "high",
  major: "medium",
  medium: "medium",
  moderate: "medium",
  warning: "medium",
  low: "low",
  minor: "low",
  note: "low",
  info: "info",
  informational: "info",
  none: "info",
};

/** Severity of a word that most tools use alike, in any case. */
export function severityOf(word: unknown): Severity {
  if (typeof word !== "string" || !Object.hasOwn(WORDS, word.toLowerCase())) return "unknown";
  return WORDS[word.toLowerCase()] as Severity;
}

/** The more severe of two severities; any severity outranks `unknown`. */
export function graver(one: Severity, other: Severity): Severity {
  return SEVERITIES.indexOf(one) <= SEVERITIES.indexOf(other) ? one : other;
}
