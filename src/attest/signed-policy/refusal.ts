import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** Error for a signed policy that does not count. @param what name of the policy, as the user typed it */
export function policyRefused(code: string, what: string, { fr, en }: Text): InvalidInputError {
  const name = quoted(what);
  return new InvalidInputError(code, {
    fr: `${name} : ${fr}. La politique est refusée.`,
    en: `${name}: ${en}. The policy is refused.`,
  });
}
