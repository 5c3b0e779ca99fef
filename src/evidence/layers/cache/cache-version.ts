import { createHash } from "node:crypto";
import type { FileSelector } from "../../../contract/file-selector.ts";
import { FACTS_FORMAT } from "../facts.ts";
import { selectorText } from "../selector-text.ts";

/**
 * What stored facts depend on besides the layer: the version of douane (its detectors), the form
 * of the facts, and what is asked of files. 16 hexadecimal digits.
 */
export function cacheVersion(douane: string, selectors: readonly FileSelector[]): string {
  const wanted = new Set(selectors.map(selectorText));
  const text = JSON.stringify([douane, FACTS_FORMAT, ...wanted]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
