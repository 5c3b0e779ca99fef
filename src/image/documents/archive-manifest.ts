// manifest.json of `docker save`:
// https://github.com/moby/docker-image-spec/blob/main/spec.md#combined-image-json--filesystem-changeset-format

import * as z from "zod/mini";
import { LIMITS } from "../../contract/limits.ts";
import { parseDocument } from "../../json/document.ts";
import { fold, verifySpelling } from "../../json/spelling.ts";
import { conforming } from "./schema-error.ts";

/** Image of the archive; `config` and `layers` are names of files in the archive. */
export const ArchivedImage = z.object({
  Config: z.string(),
  RepoTags: z.pipe(
    z.nullish(z.array(z.string())),
    z.transform((tags) => tags ?? []),
  ),
  Layers: z.pipe(
    z.nullish(z.array(z.string()).check(z.maxLength(LIMITS.layersPerImage))),
    z.transform((layers) => layers ?? []),
  ),
});
export type ArchivedImage = z.infer<typeof ArchivedImage>;

const ArchiveManifest = z.nullable(z.array(ArchivedImage).check(z.maxLength(LIMITS.manifestsPerIndex)));

const NAMES = ["Config", "RepoTags", "Layers"] as const;

/**
 * @returns no images for `null`, which some tools write
 * @throws InvalidInputError json-too-deep, json-invalid, duplicate-key, json-surrogate, ambiguous-key,
 * document-invalid
 */
export function parseArchiveManifest(bytes: Uint8Array, what: string): readonly ArchivedImage[] {
  const value = parseDocument(bytes, what);
  const images = Array.isArray(value) ? value.map((image) => capitalized(image, what)) : value;
  return conforming(ArchiveManifest, images, what) ?? [];
}

/**
 * The image with capitalised keys: Jib writes `config`, `repoTags` and `layers`, which Docker accepts.
 * Refused if both spellings occur.
 */
function capitalized(image: unknown, what: string): unknown {
  if (typeof image !== "object" || image === null) return image;
  const keys = Object.keys(image);
  const entries = Object.entries(image).map(([key, value]) => {
    const name = NAMES.find((known) => fold(known) === fold(key));
    if (name === undefined) return [key, value];
    const isAlone = keys.filter((other) => fold(other) === fold(key)).length === 1;
    if (!isAlone) verifySpelling({ [key]: value }, { [name]: {} }, what);
    return [name, value];
  });
  return Object.fromEntries(entries) as unknown;
}
