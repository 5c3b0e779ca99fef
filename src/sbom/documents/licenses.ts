import parse from "spdx-expression-parse";
import type { Property } from "./properties.ts";

/** Whether a licence is an SPDX expression; otherwise it is free text. */
export function isSpdxExpression(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Licences in SPDX: one expression, and properties for licences that are not expressions. */
export interface DeclaredLicense {
  /** Expression; absent unless all licences are expressions of listed licences. */
  readonly expression?: string;
  /** Each licence as written, if the expression does not preserve the licences. */
  readonly properties: readonly Property[];
}

export function declaredLicense(licenses: readonly string[]): DeclaredLicense {
  const [only = "", ...others] = licenses;
  // A custom licence (LicenseRef-…) would require its text in the document.
  const isListed = licenses.every((one) => isSpdxExpression(one) && !one.includes("LicenseRef-"));
  if (isListed && licenses.length === 1) return { expression: only, properties: [] };
  const properties = licenses.map((one) => ["douane:license", one] as const);
  return isListed && others.length > 0
    ? { expression: licenses.map((one) => `(${one})`).join(" AND "), properties }
    : { properties };
}
