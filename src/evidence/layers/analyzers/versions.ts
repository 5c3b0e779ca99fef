import type { AnalyzerName } from "../facts/facts.ts";
import { PACKAGE_READERS, readersVersion } from "./package-readers.ts";

/** Counts up when entries are read, or numbered, otherwise: the others name files by their numbers. */
const ENTRIES = 2;
/** Counts up when src/secrets recognises or masks otherwise: texts were kept with the secrets known then. */
const DETECTORS = 24;

/**
 * The analyzers, in their order, each with the version under which its facts are kept. It counts up
 * when an analyzer makes something else of the same layer; facts of other versions are not used.
 */
export const VERSIONS: Readonly<Record<AnalyzerName, string>> = {
  entries: `${ENTRIES}`,
  files: `${ENTRIES}.1.${DETECTORS}`,
  scripts: `${ENTRIES}.3.${DETECTORS}`,
  secrets: `${ENTRIES}.19.${DETECTORS}`,
  // Catalogers and detectors have versions of their own; the number is of what they have in common.
  packages: `${ENTRIES}.19.${DETECTORS}.${readersVersion(PACKAGE_READERS)}`,
};

export const ANALYZER_NAMES = Object.keys(VERSIONS) as readonly AnalyzerName[];
