import { type Fields, fieldsOf, isFields, numberOf, objectsOf, stringOf } from "../../../json/fields.ts";
import type { StatedSeverity } from "../../advisory.ts";
import type { FeedFormat, FeedSink } from "../../feed/feed.ts";
import { dateOf, isCve, wordOf } from "../../feed/feed-texts.ts";

/**
 * Documents of NVD's API 2.0 (https://nvd.nist.gov/developers/vulnerabilities): a feed, a page of the API, or
 * a single element.
 */
export const nvd: FeedFormat = {
  feed: "nvd",
  recognises: (document) => isElement(document) || isElement(objectsOf(document["vulnerabilities"])[0]),
  read(document, sink) {
    const elements = isElement(document) ? [document] : objectsOf(document["vulnerabilities"]);
    for (const element of elements) readElement(fieldsOf(element["cve"]), sink);
    const made = dateOf(document["timestamp"]);
    if (made !== "") sink.dated(made);
  },
};

function isElement(value: unknown): value is Fields {
  return isFields(value) && isFields(value["cve"]) && isCve(stringOf(value["cve"]["id"]));
}

const METRICS = ["cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2"] as const;

function readElement(cve: Fields, sink: FeedSink): void {
  const id = stringOf(cve["id"]);
  if (!isCve(id)) {
    sink.malformed(id);
    return;
  }
  if (stringOf(cve["vulnStatus"]) === "Rejected") {
    sink.cve(id, REJECTED, dateOf(cve["lastModified"]));
    return;
  }
  const metrics = fieldsOf(cve["metrics"]);
  const severities = METRICS.flatMap((name) =>
    objectsOf(metrics[name]).flatMap((metric) => severityOf(metric, cve)),
  );
  const published = dateOf(cve["published"]);
  const facts = {
    severities,
    exploited: [],
    ...(published === "" ? {} : { published: published.slice(0, 10) }),
  };
  sink.cve(id, facts, dateOf(cve["lastModified"]));
}

const REJECTED = { severities: [], exploited: [], isRejected: true } as const;

/** Identifier of CISA's ADP in NVD's records. */
const CISA_ADP = "134c704f-9b21-4f2e-91b3-4a467353bcc0";

/** Severities by NVD, and severities that NVD copied from other authors. */
function severityOf(metric: Fields, cve: Fields): readonly StatedSeverity[] {
  const rated = fieldsOf(metric["cvssData"]);
  const [vector, score] = [wordOf(rated["vectorString"]), numberOf(rated["baseScore"])];
  if (vector === "" && score === undefined) return [];
  const by = raterOf(wordOf(metric["source"]), wordOf(cve["sourceIdentifier"]));
  return [{ by, ...(vector === "" ? {} : { vector }), ...(score === undefined ? {} : { score }) }];
}

function raterOf(source: string, assigner: string): string {
  if (source === "" || source === "nvd@nist.gov") return "NVD";
  if (source === CISA_ADP) return "CISA-ADP";
  return source === assigner ? "CNA" : source.slice(0, 60);
}
