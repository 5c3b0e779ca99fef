import { createHash } from "node:crypto";
import type { FileSelector } from "../../../contract/file-selector.ts";

/** Texts of selectors, cached: each judgement compares those of all rules with the evidence's. */
const TEXTS = new WeakMap<FileSelector, string>();

/** Canonical text of a selector, of its reader the name and version: equal for equivalent selectors. */
export function selectorText(selector: FileSelector): string {
  const known = TEXTS.get(selector);
  if (known !== undefined) return known;
  // JSON would write a RegExp as an empty object.
  const text = JSON.stringify(selector, (_, value: unknown) =>
    value instanceof RegExp ? String(value) : value,
  );
  TEXTS.set(selector, text);
  return text;
}

/** Selectors without duplicates: a dozen rules request the same files. */
export function distinctSelectors(selectors: readonly FileSelector[]): readonly FileSelector[] {
  return [...new Map(selectors.map((selector) => [selectorText(selector), selector])).values()];
}

/** Identifier of a selector: 16 hexadecimal digits of its text's SHA-256. */
export function selectorId(selector: FileSelector): string {
  return createHash("sha256").update(selectorText(selector)).digest("hex").slice(0, 16);
}

/** Identifiers of the selectors, each once, sorted. */
export function selectorIds(selectors: readonly FileSelector[]): readonly string[] {
  return [...new Set(selectors.map(selectorId))].toSorted();
}
