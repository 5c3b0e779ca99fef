import { sha256 } from "../../contract/digest.ts";
import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";
import type { Descriptor } from "../../image/documents/descriptor.ts";
import { parseManifest } from "../../image/documents/manifest.ts";
import { formatPlatform, ofPlatform, wantedPlatform } from "../../image/documents/platform.ts";
import { INDEX_TYPE, MANIFEST_TYPE } from "../store/artifact-manifest.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { SubjectDescriptor } from "./subject.ts";

/** Maximum depth of indexes within indexes; real images have one level. */
const LEVELS = 3;

/** Manifests of an image to which attestations are attached. */
export interface ImageSubjects {
  /** Descriptors: the index, if there is one, then the manifests; or the manifest of one platform. */
  readonly subjects: readonly SubjectDescriptor[];
  /** Platforms of the image. */
  readonly platforms: readonly string[];
  /**
   * Manifests of an index with their platforms; empty for a single manifest, whose platform is in its config.
   */
  readonly leaves: readonly Descriptor[];
}

/**
 * Index and manifests of an image. Entries of an index without a platform (attestations of BuildKit) are
 * omitted.
 *
 * @param reference tag or digest
 * @param platform `os/architecture[/variant]`: select this manifest only
 * @throws UnavailableError image-not-found
 * @throws InvalidInputError no-such-platform; as parseManifest()
 */
export async function imageSubjects(
  store: ArtifactStore,
  reference: string,
  platform?: string,
): Promise<ImageSubjects> {
  const bytes = await store.manifest(reference);
  if (bytes === undefined) throw notFound(reference);
  const { kind } = parseManifest(bytes, reference);
  const mediaType = mediaTypeOf(bytes) ?? (kind === "index" ? INDEX_TYPE : MANIFEST_TYPE);
  const top = { mediaType, digest: sha256(bytes), size: bytes.length };
  if (kind === "manifest") return { subjects: [top], platforms: [], leaves: [] };
  const all = await leavesOf(store, bytes, LEVELS);
  const leaves = platform === undefined ? all : ofPlatform(all, wantedPlatform(platform));
  const platforms = [...new Set(all.map(platformOf))];
  const manifests = leaves.map(({ mediaType, digest, size }) => ({ mediaType, digest, size }));
  if (manifests.length === 0) throw noSuchPlatform(platform ?? "", platforms);
  return { subjects: platform === undefined ? [top, ...manifests] : manifests, platforms, leaves };
}

/**
 * Digests of the manifests for a platform.
 *
 * @throws InvalidInputError no-such-platform; UsageError platform-invalid
 */
export function digestsFor({ leaves }: ImageSubjects, platform: string): readonly Digest[] {
  const found = ofPlatform(leaves, wantedPlatform(platform));
  if (found.length === 0) throw noSuchPlatform(platform, [...new Set(leaves.map(platformOf))]);
  return found.map(({ digest }) => digest);
}

/** Digests of the configurations of an image's manifests, by the manifest's digest. */
export async function imageIds(
  store: Pick<ArtifactStore, "manifest">,
  { subjects }: ImageSubjects,
): Promise<ReadonlyMap<Digest, Digest>> {
  const found = new Map<Digest, Digest>();
  for (const { digest } of subjects) {
    const bytes = await store.manifest(digest);
    const document = bytes === undefined ? undefined : parseManifest(bytes, digest);
    if (document?.kind === "manifest") found.set(digest, document.manifest.config.digest);
  }
  return found;
}

async function leavesOf(
  store: ArtifactStore,
  bytes: Uint8Array,
  levels: number,
): Promise<readonly Descriptor[]> {
  const document = parseManifest(bytes, "index");
  if (document.kind === "manifest" || levels === 0) return [];
  const leaves: Descriptor[] = [];
  for (const entry of document.index.manifests ?? []) {
    if (!/index|manifest\.list/.test(entry.mediaType)) {
      if (entry.platform && entry.platform.os !== "unknown") leaves.push(entry);
      continue;
    }
    const inner = await store.manifest(entry.digest);
    if (inner !== undefined) leaves.push(...(await leavesOf(store, inner, levels - 1)));
  }
  return leaves;
}

function platformOf({ platform }: Descriptor): string {
  return platform ? formatPlatform(platform) : "";
}

function mediaTypeOf(bytes: Uint8Array): string | undefined {
  const value = JSON.parse(Buffer.from(bytes).toString()) as { readonly mediaType?: unknown };
  return typeof value.mediaType === "string" ? value.mediaType : undefined;
}

function notFound(reference: string): UnavailableError {
  return new UnavailableError("image-not-found", {
    fr: `l'image ${quoted(reference)} n'est pas là : la pousser d'abord, puis l'attester. Vérifier le nom du dépôt, le tag ou l'empreinte.`,
    en: `the image ${quoted(reference)} is not there: push it first, then attest it. Check the repository's name, the tag or the digest.`,
  });
}

function noSuchPlatform(platform: string, platforms: readonly string[]): InvalidInputError {
  const available = platforms.map(quoted).join(", ");
  return new InvalidInputError("no-such-platform", {
    fr: `l'image n'existe pas pour la plateforme ${quoted(platform)}. Plateformes disponibles : ${available}.`,
    en: `the image does not exist for platform ${quoted(platform)}. Available: ${available}.`,
  });
}
