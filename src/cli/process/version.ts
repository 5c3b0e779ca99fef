import { CONTRACT } from "../../contract/edition.ts";
import type { Text } from "../../contract/text.ts";

/** package.json's version, as a constant so that `--version` reads no file (a test holds them equal). */
export const VERSION = "0.1.0";

/** Put in by rolldown.config.ts. */
declare const DOUANE_COMMIT: string | undefined;

/** The commit that the bundle was made of, `-dirty` behind it when not all of it was committed; absent in a checkout. */
export const COMMIT = typeof DOUANE_COMMIT === "string" && DOUANE_COMMIT !== "" ? DOUANE_COMMIT : undefined;

/** Output of `--version`. */
export function versionLine(commit = COMMIT): Text {
  const behind = commit === undefined ? "" : `, commit ${commit}`;
  return {
    fr: `douane ${VERSION} (contrat ${CONTRACT}${behind})`,
    en: `douane ${VERSION} (contract ${CONTRACT}${behind})`,
  };
}
