import type { SecretFacts } from "../contract/image-facts.ts";
import type { ScannedText } from "./scanned-text.ts";

/** Detector of a kind of secret that is identified by its content. */
export interface Detector {
  readonly kind: string;
  readonly confidence: SecretFacts["confidence"];
  /** Literals with which matches begin; the pattern is tried only where a literal occurs. */
  readonly anchors: readonly string[];
  /**
   * Pattern of the secret: sticky, with indices, every repetition bounded. The secret is the group `secret`;
   * without this group, the whole match.
   */
  readonly pattern: RegExp;
  /**
   * Cheap test of the bytes after a frequent anchor, before they are decoded; false if a match is impossible.
   */
  readonly may?: (bytes: Uint8Array, anchor: number) => boolean;
  /** Start of the match, if it precedes the anchor. */
  readonly begin?: (text: string, anchor: number) => number;
  /** Further condition on a match: a checksum, a decodable body, not a placeholder. */
  readonly valid?: (secret: string, match: RegExpExecArray, scanned: ScannedText) => boolean;
  /** Whether the anchor is part of a name and may occur inside a word. */
  readonly isWithinWord?: true;
  /** Whether binary files are searched, too. */
  readonly binary?: true;
}
