import type { Advisory, StatedSeverity } from "../../advisory.ts";
import { familyOf } from "../../database/rows/keys.ts";
import type { FeedFormat, FeedSink, JsonObject } from "../../feed/feed.ts";
import { dateOf, firstLine, isObject, objectOf, textOf, textsOf, wordOf } from "../../feed/json-values.ts";
import { affectedVersions } from "./affected-versions.ts";
import { severitiesOf } from "./severities.ts";

/** A record of OSV (https://ossf.github.io/osv-schema/), from any database. */
export const osv: FeedFormat = {
  feed: "osv",
  recognises: (document) =>
    textOf(document["id"]) !== "" &&
    textOf(document["modified"]) !== "" &&
    (Array.isArray(document["affected"]) ||
      "schema_version" in document ||
      "withdrawn" in document ||
      "details" in document),
  read: readOsv,
};

function readOsv(document: JsonObject, sink: FeedSink): void {
  const id = wordOf(document["id"]);
  const modified = dateOf(document["modified"]);
  const { affected = [] } = document;
  if (id === "" || !Array.isArray(affected)) {
    sink.malformed(textOf(document["id"]));
    return;
  }
  sink.advisories(
    isWithdrawn(document, sink.now) ? [] : affected.flatMap((entry) => advisoryOf(id, document, entry)),
    modified,
  );
}

/**
 * Whether a record is withdrawn by now (https://ossf.github.io/osv-schema/#withdrawn-field), whenever it was
 * last changed. An invalid date does not withdraw a record.
 */
function isWithdrawn(document: JsonObject, now: string): boolean {
  return Date.parse(dateOf(document["withdrawn"])) <= Date.parse(now);
}

function advisoryOf(id: string, document: JsonObject, entry: unknown): readonly Advisory[] {
  const described = objectOf(isObject(entry) ? entry["package"] : undefined);
  const [ecosystem, name] = [wordOf(described["ecosystem"]), wordOf(described["name"])];
  if (ecosystem === "" || name === "") return [];
  const affected = objectOf(entry);
  const [published, modified] = [dateOf(document["published"]), dateOf(document["modified"])];
  const summary = firstLine(textOf(document["summary"]) || textOf(document["details"]));
  const decision = decisionOf(ecosystem, affected);
  return [
    {
      id,
      aliases: namesOf(id, document),
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

/** Most aliases of a record; the largest real records have some 100. */
const MOST_NAMES = 1_000;

function namesOf(id: string, document: JsonObject): readonly string[] {
  const names = [...textsOf(document["aliases"]), ...textsOf(document["upstream"])].map(wordOf);
  return [...new Set(names)].filter((name) => name !== "" && name !== id).slice(0, MOST_NAMES);
}

/** Debian's decision, derived from the urgency. */
function decisionOf(ecosystem: string, affected: JsonObject): Advisory["decision"] | undefined {
  if (familyOf(ecosystem) !== "Debian") return undefined;
  const urgency = textOf(objectOf(affected["ecosystem_specific"])["urgency"]);
  return urgency === "unimportant" || urgency === "end-of-life" ? urgency : undefined;
}

function uniqueSeverities(severities: readonly StatedSeverity[]): readonly StatedSeverity[] {
  const byText = new Map(severities.map((severity) => [JSON.stringify(severity), severity]));
  return [...byText.values()];
}
