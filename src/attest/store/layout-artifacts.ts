import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { hexOf, isDigest, sha256, verifyDigest } from "../../contract/digest.ts";
import { InvalidInputError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { replaceFile } from "../../files/draft-file.ts";
import { FileRefusal } from "../../files/file-refusal.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { writing } from "../../files/write-failure.ts";
import { parseDocument } from "../../json/document.ts";
import { type Fields, fieldsOf, isFields, objectAt, objectsAt, textAt } from "../../json/fields.ts";
import { parseArtifact } from "./artifact-manifest.ts";
import type { ArtifactStore, BlobRef } from "./artifact-store.ts";

const REF_NAME = "org.opencontainers.image.ref.name";

/**
 * Artifacts of an OCI layout (https://github.com/opencontainers/image-spec/blob/main/image-layout.md). Tags are
 * names of entries in index.json; referrers are entries whose manifest names the subject.
 *
 * @param folder absolute
 */
export function layoutArtifacts(folder: string): ArtifactStore {
  function entries(): readonly Fields[] {
    return objectsAt(readIndex(folder), "manifests");
  }
  function read(digest: Digest, limit: number): Uint8Array | undefined {
    const bytes = readIfThere(folder, `blobs/sha256/${hexOf(digest)}`, limit);
    if (bytes !== undefined) verifyDigest(bytes, digest);
    return bytes;
  }
  function put(bytes: Uint8Array): Digest {
    const digest = sha256(bytes);
    blobFolder(folder);
    replaceInside(folder, `blobs/sha256/${hexOf(digest)}`, bytes);
    return digest;
  }
  function subjectOf(entry: Fields): Digest | undefined {
    const digest = textAt(entry, "digest") ?? "";
    const bytes = isDigest(digest) ? read(digest, LIMITS.manifestBytes) : undefined;
    return bytes === undefined ? undefined : parseArtifact(bytes, digest).subject;
  }
  return {
    manifest: async (reference) => {
      const digest = isDigest(reference) ? reference : digestNamed(entries(), reference);
      return digest === undefined ? undefined : read(digest, LIMITS.manifestBytes);
    },
    blob: async ({ digest }: BlobRef, limit) => read(digest, limit),
    putBlob: async (bytes) => put(bytes),
    putManifest: async (reference, mediaType, bytes) => {
      const { artifactType, subject } = parseArtifact(bytes, reference);
      const type = subject === undefined ? {} : { artifactType };
      const entry = { mediaType, digest: put(bytes), size: bytes.length, ...type };
      writeIndex(folder, listed(readIndex(folder), entry, isDigest(reference) ? undefined : reference));
      return subject !== undefined;
    },
    // Lists under a fallback tag, possibly copied here with the tag, are not read.
    referrersAreComplete: false,
    referrers: async (subject) => entries().filter((entry) => subjectOf(entry) === subject),
    tags: async (prefix) =>
      entries().flatMap((entry) => {
        const name = nameOf(entry);
        return name?.startsWith(prefix) === true ? [name] : [];
      }),
    close: () => {},
  };
}

/**
 * Index with one more entry, which replaces the entry of the same name or, without a name, of the same
 * digest.
 */
function listed(index: Fields, entry: { readonly digest: Digest }, name: string | undefined): Fields {
  const isOther = (one: Fields) =>
    name === undefined ? one["digest"] !== entry.digest : nameOf(one) !== name;
  const named = name === undefined ? entry : { ...entry, annotations: { [REF_NAME]: name } };
  return { ...index, manifests: [...objectsAt(index, "manifests").filter(isOther), named] };
}

function digestNamed(entries: readonly Fields[], name: string): Digest | undefined {
  const digest = textAt(fieldsOf(entries.find((entry) => nameOf(entry) === name)), "digest") ?? "";
  return isDigest(digest) ? digest : undefined;
}

/** Name of an entry of index.json; undefined if it has none. */
export function nameOf(entry: Fields): string | undefined {
  return textAt(objectAt(entry, "annotations"), REF_NAME);
}

/** @throws InvalidInputError not-a-layout */
export function readIndex(folder: string): Fields {
  const bytes = readIfThere(folder, "index.json", LIMITS.manifestBytes);
  const value = bytes === undefined ? undefined : parseDocument(bytes, "index.json");
  if (isFields(value)) return value;
  throw new InvalidInputError("not-a-layout", {
    fr: `${quoted(folder)} n'est pas un répertoire OCI : index.json manque. Indiquer le répertoire qu'a écrit « skopeo copy … oci:RÉPERTOIRE ».`,
    en: `${quoted(folder)} is not an OCI layout: index.json is missing. Name the folder that \`skopeo copy … oci:FOLDER\` wrote.`,
  });
}

function writeIndex(folder: string, index: Fields): void {
  replaceInside(folder, "index.json", Buffer.from(JSON.stringify(index)));
}

/** @throws InvalidInputError layout-link if a link of the layout leads out of its folder; WriteFailure */
function replaceInside(folder: string, name: string, bytes: Uint8Array): void {
  verifyInside(folder, dirname(name));
  replaceFile(join(folder, name), bytes);
}

/** Makes the folder of blobs. @throws InvalidInputError layout-link if it leads out of the layout */
export function blobFolder(folder: string): void {
  for (const name of ["blobs", "blobs/sha256"]) makeFolder(folder, name);
}

/** Folder of the layout, links resolved. */
export function layoutRoot(folder: string): string {
  return realpathSync(folder);
}

function makeFolder(folder: string, name: string): void {
  const path = join(folder, name);
  if (!existsSync(path)) writing(path, () => mkdirSync(path));
  verifyInside(folder, name);
}

function verifyInside(folder: string, name: string): void {
  const root = realpathSync(folder);
  if (!`${realpathSync(join(folder, name))}${sep}`.startsWith(`${root}${sep}`)) throw leadsOut(folder, name);
}

function leadsOut(folder: string, name: string): InvalidInputError {
  return new InvalidInputError("layout-link", {
    fr: `${quoted(folder)} : ${name} est derrière un lien qui sort de ce répertoire. Rien n'y est écrit ; copier l'image dans un nouveau répertoire OCI.`,
    en: `${quoted(folder)}: ${name} lies behind a link that leads out of this folder. Nothing is written there; copy the image to a new OCI layout.`,
  });
}

function readIfThere(folder: string, name: string, most: number): Uint8Array | undefined {
  let bytes: Uint8Array | undefined;
  try {
    bytes = readBytes(join(folder, name), { most, within: realpathSync(folder) });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw unreadable(folder, name, error);
  }
  if (bytes !== undefined) return bytes;
  throw new InvalidInputError("document-too-large", {
    fr: `${name} : plus de ${most} octets.`,
    en: `${name}: more than ${most} bytes.`,
  });
}

function unreadable(folder: string, name: string, cause: unknown): InvalidInputError {
  const seen = cause instanceof Error ? cause.message : String(cause);
  const why = cause instanceof FileRefusal ? cause.text : { fr: seen, en: seen };
  return new InvalidInputError(
    "layout-unreadable",
    {
      fr: `${quoted(folder)} : ${name} n'est pas lisible (${why.fr}). Vérifier le répertoire OCI et ses droits.`,
      en: `${quoted(folder)}: ${name} cannot be read (${why.en}). Check the OCI layout and its permissions.`,
    },
    { cause },
  );
}
