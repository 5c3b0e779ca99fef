import { digestOfBytes, type LayerValue } from "./layer.ts";

/** An image of one platform as a value: every change gives a new one. */
export interface ImageValue {
  /** The config document without its rootfs, which the layers say. */
  readonly document: Readonly<Record<string, unknown>>;
  /** Bottom first. */
  readonly layers: readonly LayerValue[];
  /** Of the manifest. */
  readonly annotations: Readonly<Record<string, string>>;
  /** in-toto statements, stored as BuildKit does: an attestation manifest beside the image in an index. */
  readonly attestations: readonly unknown[];
}

/** A step of the history, in the config's own terms. */
export interface HistoryEntry {
  readonly created?: string;
  readonly created_by?: string;
  readonly comment?: string;
  readonly author?: string;
  readonly empty_layer?: true;
}

/** A document that a layout or registry stores under its digest. */
export interface BlobValue {
  readonly mediaType: string;
  readonly digest: ReturnType<typeof digestOfBytes>;
  readonly bytes: Uint8Array;
}

/** An image without layers, for `os/architecture[/variant]`. */
export function emptyImage(platform = "linux/amd64"): ImageValue {
  return { document: platformOf(platform), layers: [], annotations: {}, attestations: [] };
}

/** One more layer on top, and the step of the history that made it. */
export function withLayer(image: ImageValue, layer: LayerValue, history: HistoryEntry = {}): ImageValue {
  return withHistory({ ...image, layers: [...image.layers, layer] }, history);
}

export function withHistory(image: ImageValue, ...entries: readonly HistoryEntry[]): ImageValue {
  return withFields(image, { history: [...historyOf(image), ...entries] });
}

/** Fields of the config's `config`: `User`, `Env`, `Entrypoint`, `Cmd`, `Labels`… */
export function withConfig(image: ImageValue, config: Readonly<Record<string, unknown>>): ImageValue {
  return withFields(image, { config: { ...(image.document["config"] as object | undefined), ...config } });
}

/** Fields of the config document itself: `author`, `created`… */
export function withFields(image: ImageValue, fields: Readonly<Record<string, unknown>>): ImageValue {
  return { ...image, document: { ...image.document, ...fields } };
}

export function withAnnotations(
  image: ImageValue,
  annotations: Readonly<Record<string, string>>,
): ImageValue {
  return { ...image, annotations: { ...image.annotations, ...annotations } };
}

export function withAttestation(image: ImageValue, statement: unknown): ImageValue {
  return { ...image, attestations: [...image.attestations, statement] };
}

/** The config document; its digest is the image id. */
export function configOf(image: ImageValue): BlobValue {
  const rootfs = { type: "layers", diff_ids: image.layers.map((layer) => layer.diffId) };
  return jsonBlob("application/vnd.oci.image.config.v1+json", { ...image.document, rootfs });
}

export function manifestOf(image: ImageValue): BlobValue {
  return writeManifest(configOf(image), image.layers, image.annotations);
}

/** Every blob that the manifest names. */
export function blobsOf(image: ImageValue): readonly BlobValue[] {
  return [configOf(image), ...image.layers.map(layerBlob)];
}

/** An index of these images, of different platforms, with their attestation manifests. */
export function indexOf(images: readonly ImageValue[]): BlobValue {
  const manifests = images.flatMap((image) => {
    const manifest = { ...descriptorOf(manifestOf(image)), platform: platformFields(image) };
    return image.attestations.length === 0 ? [manifest] : [manifest, attestationDescriptor(image)];
  });
  const mediaType = "application/vnd.oci.image.index.v1+json";
  return jsonBlob(mediaType, { schemaVersion: 2, mediaType, manifests });
}

/** What holds the image's statements: its manifest first, then the blobs it names; empty without statements. */
export function attestationBlobs(image: ImageValue): readonly BlobValue[] {
  if (image.attestations.length === 0) return [];
  const layers = image.attestations.map((statement) => jsonBlob("application/vnd.in-toto+json", statement));
  const config = configOf({ ...emptyImage("unknown/unknown"), layers: [] });
  return [writeManifest(config, layers, {}), config, ...layers];
}

export function descriptorOf(blob: BlobValue): { mediaType: string; digest: string; size: number } {
  return { mediaType: blob.mediaType, digest: blob.digest, size: blob.bytes.length };
}

/** https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md */
function attestationDescriptor(image: ImageValue): object {
  const [manifest] = attestationBlobs(image);
  return {
    ...(manifest === undefined ? {} : descriptorOf(manifest)),
    platform: { architecture: "unknown", os: "unknown" },
    annotations: {
      "vnd.docker.reference.digest": manifestOf(image).digest,
      "vnd.docker.reference.type": "attestation-manifest",
    },
  };
}

function writeManifest(
  config: BlobValue,
  layers: readonly (BlobValue | LayerValue)[],
  annotations: Readonly<Record<string, string>>,
): BlobValue {
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  return jsonBlob(mediaType, {
    schemaVersion: 2,
    mediaType,
    config: descriptorOf(config),
    layers: layers.map((layer) => descriptorOf("bytes" in layer ? layer : layerBlob(layer))),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  });
}

function layerBlob({ mediaType, digest, blob }: LayerValue): BlobValue {
  return { mediaType, digest, bytes: blob };
}

function jsonBlob(mediaType: string, value: unknown): BlobValue {
  const bytes = Buffer.from(JSON.stringify(value));
  return { mediaType, digest: digestOfBytes(bytes), bytes };
}

function platformOf(platform: string): Record<string, string> {
  const [os = "", architecture = "", variant] = platform.split("/");
  return { architecture, os, ...(variant === undefined ? {} : { variant }) };
}

function platformFields({ document }: ImageValue): object {
  const { architecture, os, variant } = document;
  return { architecture, os, ...(variant === undefined ? {} : { variant }) };
}

function historyOf(image: ImageValue): readonly HistoryEntry[] {
  return (image.document["history"] as readonly HistoryEntry[] | undefined) ?? [];
}
