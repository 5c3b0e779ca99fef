import { type Fields, fieldsOf, isFields, stringOf, textsOf } from "../../../json/fields.ts";
import type { Advisory, StatedSeverity } from "../../advisory.ts";
import { familyOf } from "../../database/rows/keys.ts";
import { ecosystemOf } from "../../ecosystems/ecosystem.ts";
import type { FeedFormat, FeedSink } from "../../feed/feed.ts";
import { dateOf, firstLine, isCve, wordOf } from "../../feed/feed-texts.ts";
import { apk } from "../../versions/apk.ts";
import { dpkg } from "../../versions/dpkg.ts";
import { rpm } from "../../versions/rpm.ts";
import { affectedVersions } from "./affected-entry.ts";
import { severitiesOf } from "./severities.ts";

/** A record of OSV (https://ossf.github.io/osv-schema/), from any database. */
export const osv: FeedFormat = {
  feed: "osv",
  recognises: (document) =>
    stringOf(document["id"]) !== "" &&
    stringOf(document["modified"]) !== "" &&
    (Array.isArray(document["affected"]) ||
      "schema_version" in document ||
      "withdrawn" in document ||
      "details" in document),
  read: readOsv,
};

function readOsv(document: Fields, sink: FeedSink): void {
  const id = wordOf(document["id"]);
  const modified = dateOf(document["modified"]);
  const { affected = [] } = document;
  if (id === "" || !Array.isArray(affected)) {
    sink.malformed(stringOf(document["id"]));
    return;
  }
  sink.advisories(
    isWithdrawn(document, sink.now) ? [] : affected.flatMap((entry) => advisoryOf(id, document, entry)),
    modified,
  );
}

/**
 * Whether a record is withdrawn at the time `now` (https://ossf.github.io/osv-schema/#withdrawn-field),
 * independent of the record's last change. An invalid date does not withdraw a record.
 */
function isWithdrawn(document: Fields, now: string): boolean {
  return Date.parse(dateOf(document["withdrawn"])) <= Date.parse(now);
}

function advisoryOf(id: string, document: Fields, entry: unknown): readonly Advisory[] {
  const described = fieldsOf(isFields(entry) ? entry["package"] : undefined);
  const [ecosystem, name] = [wordOf(described["ecosystem"]), wordOf(described["name"])];
  if (ecosystem === "" || name === "") return [];
  const affected = fieldsOf(entry);
  const [published, modified] = [dateOf(document["published"]), dateOf(document["modified"])];
  const summary = firstLine(stringOf(document["summary"]) || stringOf(document["details"]));
  const decision = decisionOf(ecosystem, affected);
  return [
    {
      id,
      aliases: namesOf(id, ecosystem, document),
      feed: "osv",
      ecosystem,
      package: name,
      affected: affectedVersions(ecosystem, affected),
      severities: uniqueSeverities(severitiesOf(id, document, affected)),
      ...(decision === undefined ? {} : { decision }),
      ...(summary === "" ? {} : { summary }),
      ...(id.startsWith("MAL-") ? { isMalware: true as const } : {}),
      ...(published === "" ? {} : { published }),
      ...(modified === "" ? {} : { modified }),
    },
  ];
}

/** Maximum number of aliases of a record; the largest real records have some 100. */
const MOST_NAMES = 1_000;

function namesOf(id: string, ecosystem: string, document: Fields): readonly string[] {
  const stated = [...textsOf(document["aliases"]), ...textsOf(document["upstream"])].map(wordOf);
  const isNameless = ![id, ...stated].some((name) => name.includes("CVE-"));
  const names = isNameless && isDistribution(ecosystem) ? [...stated, ...repairedBy(document)] : stated;
  return [...new Set(names)].filter((name) => name !== "" && name !== id).slice(0, MOST_NAMES);
}

/**
 * CVEs that a distribution's notice repairs. Notices about several CVEs (RHSA, ALSA, DSA, USN) are not
 * aliases of each. The CVEs are in `upstream`; in older records, and in some databases still, they are in
 * `related`.
 */
function repairedBy(document: Fields): readonly string[] {
  return textsOf(document["related"]).filter(isCve);
}

const OF_DISTRIBUTIONS = new Set([dpkg, rpm, apk]);

function isDistribution(ecosystem: string): boolean {
  const scheme = ecosystemOf(ecosystem)?.scheme;
  return scheme !== undefined && OF_DISTRIBUTIONS.has(scheme);
}

/** Debian's decision, derived from the urgency. */
function decisionOf(ecosystem: string, affected: Fields): Advisory["decision"] | undefined {
  if (familyOf(ecosystem) !== "Debian") return undefined;
  const urgency = stringOf(fieldsOf(affected["ecosystem_specific"])["urgency"]);
  return urgency === "unimportant" || urgency === "end-of-life" ? urgency : undefined;
}

function uniqueSeverities(severities: readonly StatedSeverity[]): readonly StatedSeverity[] {
  const byText = new Map(severities.map((severity) => [JSON.stringify(severity), severity]));
  return [...byText.values()];
}
