import { compareDigits } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

const NUMBERS = /^\d+(?:[.-]\d+)*$/;

function parse(text: string): readonly string[] | undefined {
  return NUMBERS.test(text) ? text.split(/[.-]/) : undefined;
}

/** Compares like lists: `1.0` comes before `1.0.0`. */
function order(a: readonly string[], b: readonly string[]): number {
  for (const [index, number] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const found = compareDigits(number, other);
    if (found !== 0) return found;
  }
  return a.length - b.length;
}

/** Scheme of R's packages (package_version) and Haskell's (the Package Versioning Policy). */
export const numberList = versionScheme("list of numbers", parse, order);
