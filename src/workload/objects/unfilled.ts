import { isTemplate } from "../../secrets/placeholder.ts";

/** Whether a text is filled in before it is applied: a template, a value that SOPS encrypted. */
export function isUnfilled(text: string): boolean {
  return text.startsWith("ENC[") || isTemplate(text.trim());
}
