import type { Digest } from "./image-facts.ts";
import type { Text } from "./text.ts";
import type { VulnerabilityLevel } from "./vulnerability-facts.ts";

/** Place of a finding. Lines and columns count from 1. */
export interface Place {
  /** A file of the user: a manifest, a Dockerfile. */
  readonly file?: string;
  /** UID of an API object in which `path` is a field; instead of a file. */
  readonly uid?: string;
  readonly line?: number;
  readonly column?: number;
  /** A path inside the image, or a field (`config.User`, `history[3]`). */
  readonly path?: string;
  /** Digest of the layer, or its diffId if no digest is known. */
  readonly layer?: Digest;
}

/** Whether a place is in an image: neither in a file of the user nor in an object of the API. */
export function isInImage({ file, uid }: Place): boolean {
  return file === undefined && uid === undefined;
}

/** Vulnerability that a finding is about, for readers that act by its severity. */
export interface FoundVulnerability {
  /** Best known name: the CVE, if there is one. */
  readonly id: string;
  readonly level: VulnerabilityLevel;
  /** Set if a list of exploited vulnerabilities contains the vulnerability. */
  readonly isExploited?: true;
  /** Set if the package itself is malware. */
  readonly isMalware?: true;
}

export interface Finding {
  readonly message: Text;
  /** Remedy of this finding; default: the rule's. */
  readonly remedy?: Text;
  /** Identifier of the finding, the same in every run (see fingerprint.ts). */
  readonly fingerprint: string;
  readonly container?: string;
  readonly at?: Place;
  readonly vulnerability?: FoundVulnerability;
}
