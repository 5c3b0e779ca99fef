import parse from "spdx-expression-parse";

/** Whether a licence is an expression of SPDX's licences: else it is free text. */
export function isSpdxExpression(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}
