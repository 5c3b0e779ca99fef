import type { Digest } from "./image-facts.ts";
import type { Text } from "./text.ts";

/** Place of a finding. Lines and columns count from 1. */
export interface Place {
  /** A file of the user's: a manifest, a Dockerfile. */
  readonly file?: string;
  /** UID of an object of the API, in which `path` is a field; in place of a file. */
  readonly uid?: string;
  readonly line?: number;
  readonly column?: number;
  /** A path inside the image, or a field (`config.User`, `history[3]`). */
  readonly path?: string;
  /** The layer's digest, or its diffId where no digest is known. */
  readonly layer?: Digest;
}

/** Whether a place is in an image: in no file of the user's and in no object of the API. */
export function isInImage({ file, uid }: Place): boolean {
  return file === undefined && uid === undefined;
}

export interface Finding {
  readonly message: Text;
  /** Remedy of this finding; default: the rule's. */
  readonly remedy?: Text;
  /** The same finding has the same fingerprint in every run (see fingerprint.ts). */
  readonly fingerprint: string;
  readonly container?: string;
  readonly at?: Place;
}
