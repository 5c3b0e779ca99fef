import * as z from "zod/mini";
import type { Digest as DigestText } from "../../contract/image-facts.ts";
import { Descriptor, Digest } from "../../image/documents/descriptor.ts";
import { parseDocument } from "../../json/document.ts";
import { attestationRefused } from "../dsse/refusal.ts";

export const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
export const INDEX_TYPE = "application/vnd.oci.image.index.v1+json";

/** Content of the empty config that artifacts have. */
export const EMPTY_CONFIG = Buffer.from("{}");
const EMPTY_DESCRIPTOR = {
  mediaType: "application/vnd.oci.empty.v1+json",
  digest: "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
  size: EMPTY_CONFIG.length,
};

/** Manifest of an artifact with one layer, to be written. */
interface WrittenArtifact {
  readonly artifactType: string;
  readonly layer: { readonly mediaType: string; readonly digest: string; readonly size: number };
  /** Image that the artifact is attached to. */
  readonly subject?: { readonly mediaType: string; readonly digest: string; readonly size: number };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Bytes of an artifact's manifest, identical for the same artifact. The config is EMPTY_CONFIG. */
export function artifactManifest({ artifactType, layer, subject, annotations }: WrittenArtifact): Buffer {
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    artifactType,
    config: EMPTY_DESCRIPTOR,
    layers: [layer],
    ...(subject === undefined ? {} : { subject: descriptorOf(subject) }),
    ...(annotations === undefined ? {} : { annotations }),
  };
  return Buffer.from(JSON.stringify(manifest));
}

/** The descriptor's fields alone, from a value that may have other fields. */
function descriptorOf({ mediaType, digest, size }: NonNullable<WrittenArtifact["subject"]>) {
  return { mediaType, digest, size };
}

const Manifest = z.object({
  artifactType: z.optional(z.string()),
  config: z.nullish(z.object({ mediaType: z.optional(z.string()) })),
  layers: z.nullish(z.array(Descriptor)),
  subject: z.nullish(z.object({ digest: Digest })),
});

/** Manifest of an artifact, as far as attestations are concerned. */
export interface ArtifactManifest {
  /** Artifact type; if absent, the config's media type, as the image specification demands. */
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
