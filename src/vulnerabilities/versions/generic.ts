import { compareDigits } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

const NUMBERS = /^\d+(?:\.\d+)*$/;

function parse(text: string): readonly string[] | undefined {
  return NUMBERS.test(text) ? text.split(".") : undefined;
}

function order(a: readonly string[], b: readonly string[]): number {
  const parts = Math.max(a.length, b.length);
  for (let index = 0; index < parts; index += 1) {
    const found = compareDigits(a[index] ?? "", b[index] ?? "");
    if (found !== 0) return found;
  }
  return 0;
}

/** Scheme of dotted numbers, which needs no convention: missing parts are zero. */
export const generic = versionScheme("dotted numbers", parse, order);
