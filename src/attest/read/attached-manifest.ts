import type { Digest } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";
import { type ArtifactManifest, parseArtifact } from "../store/artifact-manifest.ts";
import type { Reading } from "./reading.ts";

/** Manifest of an attachment, with its bytes. */
export interface AttachedManifest extends ArtifactManifest {
  readonly bytes: Uint8Array;
}

/**
 * Manifest that a list names as attached to an image; undefined, and reported as a problem, if it is missing,
 * attached to another image or invalid. The manifest decides, not the list.
 *
 * @param reference digest, or tag
 * @throws as Reading.attempt()
 */
export function attachedManifest(
  reading: Reading,
  reference: string,
  image: Digest,
): Promise<AttachedManifest | undefined> {
  return reading.attempt(reference, async () => {
    const bytes = await reading.store.manifest(reference);
    if (bytes === undefined) {
      reading.problem({ name: reference, code: "attachment-missing", text: GONE });
      return undefined;
    }
    const manifest = parseArtifact(bytes, reference);
    if (manifest.subject === image) return { ...manifest, bytes };
    reading.problem({ name: reference, code: "other-image", text: foreign(manifest) });
    return undefined;
  });
}

const GONE: Text = {
  fr: "listé comme attaché à cette image, mais absent du registre",
  en: "listed as attached to this image, but missing from the registry",
};

function foreign({ subject }: ArtifactManifest): Text {
  const other = subject ?? "?";
  return {
    fr: `listé comme attaché à cette image, mais son manifeste l'attache à une autre (${other})`,
    en: `listed as attached to this image, but its manifest attaches it to another one (${other})`,
  };
}
