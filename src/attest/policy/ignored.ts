import type { IgnoredAttestation } from "../../contract/attestation-facts.ts";
import type { Text } from "../../contract/text.ts";

/** Reason why a statement does not count. */
export type Ignored = Omit<IgnoredAttestation, "name">;

export function ignored(code: string, text: Text): Ignored {
  return { code, text };
}
