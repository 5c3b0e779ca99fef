import { sha256 } from "../../contract/digest.ts";
import { CONTRACT } from "../../contract/edition.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { RULES } from "../../rules/index.ts";

/** Digest of the rules of this version of douane. */
export function rulesDigest(douane: string): Digest {
  return sha256(rulesText(douane));
}

/** Edition of the contract, version of douane and identifiers of its rules, as JSON. */
export function rulesText(douane: string): string {
  return JSON.stringify([CONTRACT, douane, RULES.map(({ id }) => id).toSorted()]);
}
