import { sha256 } from "../../contract/digest.ts";
import { DouaneError, InvalidInputError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";
import { mapLimit } from "../read/map-limit.ts";
import type { ReadingProblem } from "../read/reading.ts";
import type { BlobRef } from "../store/artifact-store.ts";
import { blobMissing } from "./blob-missing.ts";
import type { CopySource, CopyTarget } from "./copy-ports.ts";
import { type ManifestParts, manifestParts } from "./manifest-parts.ts";
import { verifiedStream } from "./verified-stream.ts";

/** Blobs that are transferred at the same time. */
export const BLOBS_AT_ONCE = 3;

/** Maximum depth of indexes within indexes; real images have one level. */
const LEVELS = 4;

/** Counts of a copy, updated while it runs. */
export interface CopyTally {
  copied: number;
  bytes: number;
  mounted: number;
  present: number;
}

/** Both places of a copy. */
export interface Copying {
  readonly source: CopySource;
  readonly target: CopyTarget;
  /**
   * Registry and repository of the source; set if the target's registry may already have the source's blobs.
   */
  readonly mountFrom?: string;
  readonly tally: CopyTally;
  /** Attachments that lists of the source name and that were not copied; filled while the copy runs. */
  readonly omitted: ReadingProblem[];
}

/** A manifest whose parts are at the target. */
export interface CopiedManifest {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/**
 * Copies all contents that a manifest names, and recursively the manifests of an index. The caller writes the
 * manifest itself, since a manifest may not be visible before its contents.
 *
 * @returns the manifest, then those below it
 * @throws InvalidInputError copy-incomplete, copy-levels; as manifestParts() and copyBlob()
 */
export async function copyParts(
  copying: Copying,
  bytes: Uint8Array,
  levels = LEVELS,
): Promise<readonly CopiedManifest[]> {
  const digest = sha256(bytes);
  const { mediaType, manifests, blobs } = manifestParts(bytes, digest);
  if (levels === 0) throw tooDeep(digest);
  const below: CopiedManifest[] = [];
  for (const child of manifests) {
    const content = await copying.source.manifest(child.digest);
    if (content === undefined) throw incomplete(digest, child);
    const [copied, ...others] = await copyParts(copying, content, levels - 1);
    if (copied === undefined) continue;
    await copying.target.putPart(copied.mediaType, copied.bytes);
    below.push(copied, ...others);
  }
  await mapLimit(distinctBlobs(blobs), BLOBS_AT_ONCE, (ref) => copyBlob(copying, ref));
  return [{ digest, bytes, mediaType }, ...below];
}

/**
 * Copies a blob, unless the target has it.
 *
 * @throws InvalidInputError copy-blob-missing; as verifiedStream(): the source's content is missing or another
 */
export async function copyBlob(copying: Copying, ref: BlobRef): Promise<void> {
  const { target, mountFrom, tally } = copying;
  if (await target.hasBlob(ref)) tally.present++;
  else if (mountFrom !== undefined && (await target.mount(ref.digest, mountFrom))) tally.mounted++;
  else {
    await transfer(copying, ref);
    tally.copied++;
    tally.bytes += ref.size;
  }
}

/** A failure of the source is thrown as it is, since the target's client may hide it. */
async function transfer({ source, target }: Copying, ref: BlobRef): Promise<void> {
  let failure: unknown;
  async function* content(): AsyncGenerator<Uint8Array> {
    try {
      yield* verifiedStream(ref, source.stream(ref));
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  try {
    await target.putStream(ref, content);
  } catch (error) {
    // A stream that the target's client ends receives the client's own error, which is none of douane's.
    throw failure instanceof DouaneError ? sourceFailure(failure, ref) : error;
  }
}

function sourceFailure(failure: DouaneError, { digest }: BlobRef): DouaneError {
  return failure.code === "image-not-found" ? blobMissing(digest) : failure;
}

export function distinctBlobs(refs: ManifestParts["blobs"]): readonly BlobRef[] {
  return [...new Map(refs.map((ref) => [ref.digest, ref])).values()];
}

function incomplete(index: string, { digest }: BlobRef): InvalidInputError {
  return new InvalidInputError("copy-incomplete", {
    fr: `l'index ${quoted(index)} liste ${digest}, que la source n'a pas : une copie sans lui serait une autre image. Copier l'image d'un registre qui l'a entière.`,
    en: `the index ${quoted(index)} lists ${digest}, which the source lacks: a copy without it would be another image. Copy the image from a registry that has all of it.`,
  });
}

function tooDeep(digest: string): InvalidInputError {
  return new InvalidInputError("copy-levels", {
    fr: `${quoted(digest)} : plus de ${LEVELS} index l'un dans l'autre. L'image n'est pas copiée.`,
    en: `${quoted(digest)}: more than ${LEVELS} indexes within each other. The image is not copied.`,
  });
}
