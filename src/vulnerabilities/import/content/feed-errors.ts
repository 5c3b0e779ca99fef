import { InvalidInputError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { quoted } from "../../../contract/shown.ts";

const EXPECTED =
  "OSV (zip, JSON, NDJSON), Debian security tracker, Alpine secdb, Node.js vuln/core, CVE List V5, NVD JSON 2.0, CISA KEV, EU KEV, EPSS (CSV), endoflife.date";

export function unknownFeed(name: string): InvalidInputError {
  return new InvalidInputError("feed-unknown", {
    fr: `${quoted(name)} n'est d'aucun format connu de données de vulnérabilités. Attendu : ${EXPECTED} ; aussi dans un zip, un répertoire ou compressé par gzip.`,
    en: `${quoted(name)} is of no known format of vulnerability data. Expected: ${EXPECTED}; also within a zip, a folder, or compressed by gzip.`,
  });
}

export function malformedFeed(name: string, what: string): InvalidInputError {
  return new InvalidInputError("feed-malformed", {
    fr: `${quoted(name)} n'est pas lisible : ce n'est pas du JSON entier (${quoted(what)}). Le télécharger de nouveau.`,
    en: `${quoted(name)} cannot be read: its JSON is incomplete or invalid (${quoted(what)}). Download it again.`,
  });
}

export function damagedArchive(name: string, what: string): InvalidInputError {
  return new InvalidInputError("feed-archive-damaged", {
    fr: `L'archive ${quoted(name)} est endommagée ou incomplète (${what}). La télécharger de nouveau.`,
    en: `The archive ${quoted(name)} is damaged or incomplete (${what}). Download it again.`,
  });
}

export function tooMuch(
  name: string,
  bound:
    | "folderEntries"
    | "vulnerabilityArchiveEntries"
    | "vulnerabilityUnpackedBytes"
    | "expansionRatio"
    | "packedDepth",
): InvalidInputError {
  return new InvalidInputError("feed-too-large", {
    fr: `${quoted(name)} dépasse la limite ${bound} (${LIMITS[bound]}). Est-ce bien le bon fichier ?`,
    en: `${quoted(name)} exceeds the limit ${bound} (${LIMITS[bound]}). Is it the right file?`,
  });
}
