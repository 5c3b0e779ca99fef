import { hexOf } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";

/** Descriptor of the manifest or index that attestations are attached to. */
export interface SubjectDescriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
}

/** Tag of an image's referrers on a registry without the referrers API: `sha256-HEX`. */
export function referrersTag(digest: Digest): string {
  return `sha256-${hexOf(digest)}`;
}

/** Tag of one attachment alone, by 12 digits of its manifest's digest: `sha256-HEX.0123456789ab`. */
export function ownTag(image: Digest, attachment: Digest): string {
  return `${referrersTag(image)}.${hexOf(attachment).slice(0, 12)}`;
}

/** Whether the tag belongs to a single attachment of this image. */
export function isOwnTag(tag: string, image: Digest): boolean {
  const prefix = `${referrersTag(image)}.`;
  return tag.startsWith(prefix) && /^[0-9a-f]{12}$/.test(tag.slice(prefix.length));
}

/** Tags that cosign 2 reads: attestations, and signatures. */
export function cosignTag(digest: Digest, kind: "att" | "sig"): string {
  return `${referrersTag(digest)}.${kind}`;
}
