import type { SecretFacts } from "../contract/image-facts.ts";
import type { ScannedText } from "./scanned-text.ts";

/** One kind of secret that is recognised by its content. */
export interface Detector {
  readonly kind: string;
  readonly confidence: SecretFacts["confidence"];
  /** The pattern is tried only where one of these stands; each is what the match begins with. */
  readonly anchors: readonly string[];
  /** Sticky, with indices. Group `secret` is the secret, without it the whole match. Every repetition is bounded. */
  readonly pattern: RegExp;
  /** A look at the bytes behind an anchor that is met often, before they are decoded: false, there is no match. */
  readonly may?: (bytes: Uint8Array, anchor: number) => boolean;
  /** Where the match begins, if that is before the anchor. */
  readonly begin?: (text: string, anchor: number) => number;
  /** What else must hold: a checksum, a decodable body, no placeholder. */
  readonly valid?: (secret: string, match: RegExpExecArray, scanned: ScannedText) => boolean;
  /** The anchor is a part of a name, which may stand in its middle. */
  readonly isWithinWord?: true;
  /** Looked for in binary files, too. */
  readonly binary?: true;
}
