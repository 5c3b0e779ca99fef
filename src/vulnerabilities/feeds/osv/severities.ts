import { type Fields, fieldsOf, objectsOf, stringOf } from "../../../json/fields.ts";
import type { StatedSeverity } from "../../advisory.ts";
import { wordOf } from "../../feed/feed-texts.ts";

/** Words without a rating. */
const NO_WORDS: ReadonlySet<string> = new Set(["", "unknown", "not yet assigned", "none", "unspecified"]);

/**
 * Severities in all places of an OSV record: vectors of the record and of the package, and the ratings of
 * database and distribution.
 *
 * @param affected one entry of `affected`
 */
export function severitiesOf(id: string, document: Fields, affected: Fields): readonly StatedSeverity[] {
  const by = databaseOf(id);
  const rated = [...objectsOf(affected["severity"]), ...objectsOf(document["severity"])];
  const words = [affected, document].flatMap((stated) =>
    ["database_specific", "ecosystem_specific"].flatMap((place) => {
      const { severity, urgency } = fieldsOf(stated[place]);
      return [severityWord(by, stringOf(severity)), severityWord("Debian", stringOf(urgency))].flat();
    }),
  );
  return [...rated.flatMap((severity) => vectorOf(by, severity)), ...words];
}

function vectorOf(by: string, { type, score }: Fields): readonly StatedSeverity[] {
  const text = wordOf(score);
  if (text === "") return [];
  if (/^CVSS_V\d/.test(stringOf(type))) return /[A-Z]:[A-Z]/i.test(text) ? [{ by, vector: text }] : [];
  // Ubuntu's ratings are words, with Ubuntu as their author.
  return severityWord(stringOf(type) || by, text);
}

function severityWord(by: string, text: string): readonly StatedSeverity[] {
  const word = text.trim().toLowerCase();
  return NO_WORDS.has(word) || word.length > 30 ? [] : [{ by, word }];
}

const DATABASES: readonly (readonly [prefix: string, name: string])[] = [
  ["GHSA-", "GHSA"],
  ["BIT-", "Bitnami"],
  ["RUSTSEC-", "RustSec"],
  ["PYSEC-", "PyPA"],
  ["GO-", "Go"],
  ["MAL-", "OpenSSF"],
  ["ALSA-", "AlmaLinux"],
  ["RLSA-", "Rocky Linux"],
  ["RHSA-", "Red Hat"],
  ["SUSE-", "SUSE"],
  ["openSUSE-", "SUSE"],
  ["USN-", "Ubuntu"],
  ["UBUNTU-", "Ubuntu"],
];

/** Author of a record's severities; for converted CVEs, OSV itself. */
function databaseOf(id: string): string {
  return DATABASES.find(([prefix]) => id.startsWith(prefix))?.[1] ?? "OSV";
}
