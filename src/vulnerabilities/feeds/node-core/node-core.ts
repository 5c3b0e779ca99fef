import { type Fields, isFields, stringOf, textsOf } from "../../../json/fields.ts";
import type { Advisory } from "../../advisory.ts";
import type { FeedFormat, FeedSink } from "../../feed/feed.ts";
import { dateOf, firstLine, wordOf } from "../../feed/feed-texts.ts";
import type { RangeEvent } from "../../ranges/affected-versions.ts";

/**
 * Advisories of Node.js itself (nodejs/security-wg, vuln/core): a single advisory, or all advisories by
 * number (index.json). `vulnerable` names release lines, `patched` the first fixed version of each.
 */
export const nodeCore: FeedFormat = {
  feed: "node-core",
  recognises: (document) => isNodeAdvisory(document) || isNodeAdvisory(Object.values(document)[0]),
  read(document, sink) {
    const entries = isNodeAdvisory(document) ? [document] : Object.values(document);
    for (const entry of entries) {
      if (isNodeAdvisory(entry)) readAdvisory(entry, sink);
      else sink.malformed("");
    }
  },
};

function isNodeAdvisory(value: unknown): value is Fields {
  return isFields(value) && Array.isArray(value["cve"]) && typeof value["vulnerable"] === "string";
}

function readAdvisory(entry: Fields, sink: FeedSink): void {
  const [id, ...aliases] = textsOf(entry["cve"]).map(wordOf);
  const ranges = rangesOf(stringOf(entry["vulnerable"]), stringOf(entry["patched"]));
  if (id === undefined || id === "" || ranges === undefined) {
    sink.malformed(firstLine(stringOf(entry["ref"])));
    return;
  }
  const word = wordOf(entry["severity"]).toLowerCase();
  const summary = firstLine(stringOf(entry["description"]) || stringOf(entry["overview"]));
  const published = dateOf(entry["publishedDate"]);
  const advisory: Advisory = {
    id,
    aliases,
    feed: "node-core",
    ecosystem: "Bitnami",
    package: "node",
    affected: { ranges: ranges.map((events) => ({ type: "SEMVER", events })) },
    severities: word === "" || word === "unknown" ? [] : [{ by: "Node.js", word }],
    ...(summary === "" ? {} : { summary }),
    ...(published === "" ? {} : { published }),
  };
  sink.advisories([advisory], published);
}

/** One range per release line; undefined if a range has another form. */
function rangesOf(vulnerable: string, patched: string): readonly (readonly RangeEvent[])[] | undefined {
  const repaired = wordsOf(patched).map(lineOf);
  const ranges: (readonly RangeEvent[])[] = [];
  for (const word of wordsOf(vulnerable)) {
    const line = lineOf(word);
    if (line === undefined) return undefined;
    // A fix applies to its own line: the major version, or the minor version below 1.0.0.
    const repair = repaired.find((found) => found?.base === line.base);
    const end: RangeEvent =
      repair === undefined
        ? { event: "limit", version: nextLine(line.base) }
        : { event: "fixed", version: repair.version };
    ranges.push([{ event: "introduced", version: line.version }, line.until ?? end]);
  }
  return ranges;
}

interface ReleaseLine {
  /** Release line: `18`, or `0.12`. */
  readonly base: string;
  /** First version of the range. */
  readonly version: string;
  readonly until?: RangeEvent;
}

/** Release line of a range: `4.x`, `0.10.x`, `^8.1.4`, `~0.10.47`, `<= 5.6.0`, `>=18.0.0`, `6.2.1`. */
function lineOf(word: string): ReleaseLine | undefined {
  const found = /^([\^~]|[<>]=?)? ?v?(\d{1,3})(?:\.(\d{1,3}|x))?(?:\.(\d{1,3}|x))?$/.exec(word);
  if (found === null) return undefined;
  const [, sign = "", major = "", minor = "x", patch = "x"] = found;
  const base = major === "0" && minor !== "x" ? `0.${minor}` : major;
  const version = [major, minor, patch].map((part) => (part === "x" ? "0" : part)).join(".");
  const first = major === "0" ? `${base}.0` : `${base}.0.0`;
  if (sign === "<") return { base, version: first, until: { event: "fixed", version } };
  if (sign === "<=") return { base, version: first, until: { event: "last_affected", version } };
  const isOne = sign === "" && patch !== "x" && minor !== "x";
  return isOne ? { base, version, until: { event: "last_affected", version } } : { base, version };
}

function nextLine(base: string): string {
  const [major = "0", minor] = base.split(".");
  return minor === undefined ? `${Number(major) + 1}.0.0-0` : `0.${Number(minor) + 1}.0-0`;
}

function wordsOf(text: string): readonly string[] {
  return text
    .split("||")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
