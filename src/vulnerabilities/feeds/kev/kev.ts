import { type Fields, isFields, objectsOf, stringOf } from "../../../json/fields.ts";
import type { FeedFormat, FeedSink } from "../../feed/feed.ts";
import { dateOf, isCve } from "../../feed/feed-texts.ts";

/** CISA's catalogue of known exploited vulnerabilities (https://www.cisa.gov/known-exploited-vulnerabilities-catalog). */
export const cisaKev: FeedFormat = {
  feed: "kev",
  recognises: (document) => "catalogVersion" in document && Array.isArray(document["vulnerabilities"]),
  read(document, sink) {
    const released = dateOf(document["dateReleased"]);
    if (released !== "") sink.dated(released);
    for (const entry of objectsOf(document["vulnerabilities"])) {
      exploited(stringOf(entry["cveID"]), "CISA KEV", dateOf(entry["dateAdded"]), sink);
    }
  },
};

/**
 * The European Union's list of exploited vulnerabilities: the CSIRTs network's file (enisaeu/CNW,
 * eukev.json), an array, or answers of ENISA's database (EUVD).
 */
export const euKev: FeedFormat = {
  feed: "eu-kev",
  recognises: (document) => isEntry(document) || isEntry(objectsOf(document["items"])[0]),
  read(document, sink) {
    const entries = isEntry(document) ? [document] : objectsOf(document["items"]);
    for (const entry of entries) readEntry(entry, sink);
  },
};

function isEntry(value: unknown): boolean {
  if (!isFields(value)) return false;
  const isListed = typeof value["cveID"] === "string" && "euvdID" in value;
  return isListed || (typeof value["aliases"] === "string" && "exploitedSince" in value);
}

function readEntry(entry: Fields, sink: FeedSink): void {
  if (typeof entry["cveID"] === "string") {
    const day = stringOf(entry["dateReported"]).replaceAll("/", "-");
    exploited(entry["cveID"], "EU KEV", dateOf(day), sink);
    return;
  }
  const since = stringOf(entry["exploitedSince"]);
  if (since === "") return;
  const ids = stringOf(entry["aliases"]).split(/\s+/).filter(isCve);
  for (const id of ids) exploited(id, "EU KEV", dayOf(since), sink);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Day of a time: `Apr 9, 2025, 12:00:00 AM` → `2025-04-09`. */
function dayOf(text: string): string {
  const [, month = "", day = "", year = ""] = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4})\b/.exec(text) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  return number === 0
    ? dateOf(text)
    : dateOf(`${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`);
}

function exploited(id: string, by: string, since: string, sink: FeedSink): void {
  if (!isCve(id)) {
    sink.malformed(id);
    return;
  }
  const listed = since === "" ? { by } : { by, since: since.slice(0, 10) };
  sink.cve(id, { severities: [], exploited: [listed] }, since);
}
