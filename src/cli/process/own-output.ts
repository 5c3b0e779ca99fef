import { REPORTS } from "../../report/index.ts";

/** Beginning of douane's own JSON documents: evidence, reports. */
const DOCUMENT = /^\{\s*"schema": ?"douane\//;

/**
 * Whether the text was written by douane as a report or as evidence. A repository can fake such a text, but
 * then only its own file is overwritten.
 */
export function isOwnOutput(text: string): boolean {
  return DOCUMENT.test(text) || REPORTS.some(({ own }) => own.test(text));
}
