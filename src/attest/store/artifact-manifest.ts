import * as z from "zod/mini";
import type { Digest as DigestText } from "../../contract/image-facts.ts";
import { Descriptor, Digest } from "../../image/documents/descriptor.ts";
import { parseDocument } from "../../json/document.ts";
import { attestationRefused } from "../dsse/refusal.ts";

export const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
export const INDEX_TYPE = "application/vnd.oci.image.index.v1+json";

const Manifest = z.object({
  artifactType: z.optional(z.string()),
  config: z.nullish(z.object({ mediaType: z.optional(z.string()) })),
  layers: z.nullish(z.array(Descriptor)),
  subject: z.nullish(z.object({ digest: Digest })),
});

/** Manifest of an artifact, as far as attestations are concerned. */
export interface ArtifactManifest {
  /** Own type, else the config's, as the specification of images says. */
  readonly artifactType: string;
  /** Media type of the config; "" without one. */
  readonly configType: string;
  readonly layers: readonly Descriptor[];
  /** Image that the artifact is attached to. */
  readonly subject: DigestText | undefined;
}

/** @throws InvalidInputError artifact-invalid; as parseDocument() */
export function parseArtifact(bytes: Uint8Array, what: string): ArtifactManifest {
  const { data } = z.safeParse(Manifest, parseDocument(bytes, what));
  if (data === undefined) {
    throw attestationRefused("artifact-invalid", what, {
      fr: "ce n'est pas le manifeste d'un artefact OCI",
      en: "not the manifest of an OCI artifact",
    });
  }
  return {
    artifactType: data.artifactType ?? data.config?.mediaType ?? "",
    configType: data.config?.mediaType ?? "",
    layers: data.layers ?? [],
    subject: data.subject?.digest,
  };
}
