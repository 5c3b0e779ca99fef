import { sha256 } from "../contract/digest.ts";
import type { Digest } from "../contract/image-facts.ts";
import type { Policy } from "./policy.ts";

/** Digest of a policy's text, see policyText(). */
export function policyDigest(policy: Policy): Digest {
  return sha256(policyText(policy));
}

/**
 * Policy as applied, including keys from files, as JSON. The text is independent of the order of keys, of
 * layout and of comments.
 */
export function policyText(policy: Policy): string {
  return JSON.stringify(sorted(policy));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
