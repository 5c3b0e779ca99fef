import type { Text } from "../../contract/text.ts";

/**
 * Signature algorithm of one type of key: the hash that douane signs with, and the hashes accepted from
 * others.
 */
export interface Algorithm {
  /** Name in messages: `ECDSA P-256`. */
  readonly name: string;
  /** Hash to sign with; null for Ed25519, which hashes itself. */
  readonly hash: "sha256" | null;
  /** Hashes accepted in others' signatures, the most usual first. */
  readonly accepted: readonly ("sha256" | "sha384" | "sha512" | null)[];
  /** Tools that do not read signatures of this type; absent if all do. */
  readonly unreadBy?: Text;
  /** Bytes of an ECDSA signature as r‖s; absent for other types. */
  readonly pairBytes?: number;
}
