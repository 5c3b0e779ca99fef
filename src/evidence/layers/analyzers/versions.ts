import type { AnalyzerName } from "../facts/facts.ts";
import { PACKAGE_READERS, readersVersion } from "./package-readers.ts";

/**
 * Version of reading and numbering entries, part of all versions, since all facts refer to entries by number.
 */
const ENTRIES = 2;
/** Version of src/secrets, since kept texts are masked by it. */
const DETECTORS = 29;

/**
 * Analyzers in their order, each with the version under which its facts are cached. A version must be
 * increased if the analyzer derives other facts from the same layer; facts of other versions are ignored.
 */
export const VERSIONS: Readonly<Record<AnalyzerName, string>> = {
  entries: `${ENTRIES}`,
  files: `${ENTRIES}.2.${DETECTORS}`,
  scripts: `${ENTRIES}.5.${DETECTORS}`,
  secrets: `${ENTRIES}.25.${DETECTORS}`,
  // Catalogers and detectors have their own versions; this number covers their common code.
  packages: `${ENTRIES}.21.${DETECTORS}.${readersVersion(PACKAGE_READERS)}`,
};

export const ANALYZER_NAMES = Object.keys(VERSIONS) as readonly AnalyzerName[];
