import parse from "spdx-expression-parse";
import type { Property } from "./properties.ts";

/** Whether a licence is an expression of SPDX's licences: else it is free text. */
export function isSpdxExpression(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Licences in SPDX: one expression, and beside it the licences that have no expression. */
export interface DeclaredLicense {
  /** Absent where not all are expressions of listed licences. */
  readonly expression?: string;
  /** Each licence as it was stated, where the expression alone does not give them back. */
  readonly properties: readonly Property[];
}

export function declaredLicense(licenses: readonly string[]): DeclaredLicense {
  const [only = "", ...others] = licenses;
  // A licence of one's own (LicenseRef-…) would need its text in the document.
  const isListed = licenses.every((one) => isSpdxExpression(one) && !one.includes("LicenseRef-"));
  if (isListed && licenses.length === 1) return { expression: only, properties: [] };
  const properties = licenses.map((one) => ["douane:license", one] as const);
  return isListed && others.length > 0
    ? { expression: licenses.map((one) => `(${one})`).join(" AND "), properties }
    : { properties };
}
