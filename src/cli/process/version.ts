import { CONTRACT } from "../../contract/edition.ts";
import type { Text } from "../../contract/text.ts";

/**
 * Version of package.json, as a constant so that `--version` reads no file (a test verifies that they are
 * equal).
 */
export const VERSION = "0.1.0";

/** Commit, inserted by rolldown.config.ts. */
declare const DOUANE_COMMIT: string | undefined;

/** Commit of the bundle, followed by `-dirty` if there were uncommitted changes; absent in a checkout. */
export const COMMIT = typeof DOUANE_COMMIT === "string" && DOUANE_COMMIT !== "" ? DOUANE_COMMIT : undefined;

/** Output of `--version`. */
export function versionLine(commit = COMMIT): Text {
  const behind = commit === undefined ? "" : `, commit ${commit}`;
  return {
    fr: `douane ${VERSION} (contrat ${CONTRACT}${behind})`,
    en: `douane ${VERSION} (contract ${CONTRACT}${behind})`,
  };
}
