import { type Fields, isFields, listAt, objectsAt, textAt, textsAt } from "../../../json/fields.ts";
import { cwesIn } from "../format/cwe.ts";
import { graver, type Severity, severityOf } from "../format/severity.ts";
import type { Tally } from "../format/tally.ts";

/** Categories of SonarQube (`securityCategory`) that are injections, with their weakness. */
const CATEGORIES: Readonly<Record<string, number>> = {
  "sql-injection": 89,
  rce: 94,
  "object-injection": 470,
  "command-injection": 78,
  "ldap-injection": 90,
  "xpath-injection": 643,
  "expression-lang-injection": 917,
  "log-injection": 117,
  xss: 79,
  "http-response-splitting": 113,
};

/** Words of the status or resolution of a dismissed issue. */
const SET_ASIDE: ReadonlySet<unknown> = new Set(["FALSE-POSITIVE", "FALSE_POSITIVE", "WONTFIX", "ACCEPTED"]);
const GONE: ReadonlySet<unknown> = new Set(["FIXED", "REMOVED"]);

/** Counts an issue that is about security. */
export function countIssue(issue: unknown, findings: Tally): void {
  if (!isFields(issue) || textAt(issue, "rule") === undefined) return findings.unreadable();
  const severity = securityOf(issue);
  if (severity === undefined) return undefined;
  const states = [issue["issueStatus"], issue["resolution"], issue["status"]];
  if (states.some((state) => SET_ASIDE.has(state))) return findings.suppress();
  if (states.some((state) => GONE.has(state)) || issue["status"] === "CLOSED") return undefined;
  return findings.open(severity, cwesIn(textsAt(issue, "tags")));
}

/**
 * Severity of an issue about security: the more severe of its own and of its impact on security. Undefined
 * for bugs and code smells.
 */
export function securityOf(issue: Fields): Severity | undefined {
  const impacts = objectsAt(issue, "impacts").filter(({ softwareQuality }) => softwareQuality === "SECURITY");
  const isVulnerability = issue["type"] === "VULNERABILITY" || issue["type"] === "SECURITY_HOTSPOT";
  if (!isVulnerability && impacts.length === 0) return isOfQuality(issue) ? undefined : "unknown";
  const words = [
    ...(isVulnerability ? [issue["severity"]] : []),
    ...impacts.map((impact) => impact["severity"]),
  ];
  return words.map(ofWord).reduce(graver, "unknown");
}

/** Whether the issue states that it is not about security. */
function isOfQuality(issue: Fields): boolean {
  return issue["type"] === "BUG" || issue["type"] === "CODE_SMELL" || listAt(issue, "impacts").length > 0;
}

/** SonarQube's CRITICAL is the second of five severities, below BLOCKER. */
function ofWord(word: unknown): Severity {
  return word === "CRITICAL" ? "high" : severityOf(word);
}

/** Counts a hotspot: a place that a person has to review. */
export function countHotspot(hotspot: unknown, findings: Tally): void {
  if (!isFields(hotspot) || textAt(hotspot, "status") === undefined) return findings.unreadable();
  const { status, resolution, securityCategory, vulnerabilityProbability } = hotspot;
  if (status === "REVIEWED" && resolution === "SAFE") return findings.suppress();
  if (status === "REVIEWED" && resolution === "FIXED") return undefined;
  const category = String(securityCategory);
  const cwes = Object.hasOwn(CATEGORIES, category) ? [CATEGORIES[category] as number] : [];
  return findings.open(severityOf(vulnerabilityProbability), cwes);
}
