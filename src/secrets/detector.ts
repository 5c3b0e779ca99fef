import type { SecretFacts } from "../contract/image-facts.ts";
import type { ScannedText } from "./scanned-text.ts";

/** A kind of secret that its content identifies. */
export interface Detector {
  readonly kind: string;
  readonly confidence: SecretFacts["confidence"];
  /** Literals, one of which begins every match; the pattern is tried only where one occurs. */
  readonly anchors: readonly string[];
  /** Sticky, with indices. Group `secret` is the secret, without it the whole match. Every repetition is bounded. */
  readonly pattern: RegExp;
  /** A look at the bytes behind an anchor that is met often, before they are decoded: false, there is no match. */
  readonly may?: (bytes: Uint8Array, anchor: number) => boolean;
  /** Start of the match, if it lies before the anchor. */
  readonly begin?: (text: string, anchor: number) => number;
  /** Further condition on a match: a checksum, a decodable body, not a placeholder. */
  readonly valid?: (secret: string, match: RegExpExecArray, scanned: ScannedText) => boolean;
  /** The anchor is part of a name and may occur inside a word. */
  readonly isWithinWord?: true;
  /** Looked for in binary files, too. */
  readonly binary?: true;
}
