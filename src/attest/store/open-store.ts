import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { parseSource } from "../../image/source/source.ts";
import { type Fields, objectsAt, textAt } from "../../json/fields.ts";
import { Registries, type RegistryOptions } from "../../net/registry/registries.ts";
import type { ArtifactStore } from "./artifact-store.ts";
import { layoutArtifacts, nameOf, readIndex } from "./layout-artifacts.ts";

export interface StoreOptions extends RegistryOptions {
  /** Folder from which relative paths start. */
  readonly cwd: string;
}

/** The place of an image, open for reading and writing. */
export interface OpenStore {
  readonly store: ArtifactStore;
  /** Tag or digest of the image in the store. */
  readonly reference: string;
  /** Registry and repository, or the layout's name, by which statements name the image. */
  readonly name: string;
  close(): Promise<void>;
}

/**
 * Opens the place of an image for attachments: a registry, whose name must be given, or an OCI layout.
 *
 * @param source see parseSource()
 * @throws UsageError attest-source, attest-registry, image-not-in-source, several-images
 */
export function openStore(source: string, options: StoreOptions): OpenStore {
  const parsed = parseSource(source, options.cwd);
  if (parsed.transport === "registry") {
    const { reference, plain } = parsed;
    if (plain !== undefined) throw registryMissing(plain);
    const { registry, repository, tag = "latest", digest = tag } = reference;
    const registries = new Registries(options);
    const store = registries.writer(reference);
    const close = async () => {
      store.close();
      await registries.close();
    };
    return { store, reference: digest, name: `${registry}/${repository}`, close };
  }
  if (!("path" in parsed) || !existsSync(join(parsed.path, "index.json"))) throw notAPlace(source);
  const { path, ref } = parsed;
  const store = layoutArtifacts(path);
  const reference = imageIn(objectsAt(readIndex(path), "manifests"), ref);
  return { store, reference, name: ref ?? basename(path), close: async () => store.close() };
}

/** Digest of the image `ref` of a layout; without `ref`, of its only image. */
export function imageIn(entries: readonly Fields[], ref: string | undefined): string {
  const images = entries.filter((entry) => (ref === undefined ? isImage(entry) : nameOf(entry) === ref));
  const [digest, ...others] = new Set(images.flatMap((entry) => textAt(entry, "digest") ?? []));
  if (digest !== undefined && others.length === 0) return digest;
  const names = entries
    .filter(isImage)
    .map((entry) => quoted(nameOf(entry) ?? "?"))
    .slice(0, 20)
    .join(", ");
  throw new UsageError(digest === undefined ? "image-not-in-source" : "several-images", {
    fr: `Préciser une image de ce répertoire OCI après « : ». Il contient : ${names}.`,
    en: `Name one image of this OCI layout after ":". It holds: ${names}.`,
  });
}

/** Whether an entry is an image, and not an attachment by its type or by a tag of cosign. */
function isImage(entry: Fields): boolean {
  return (
    textAt(entry, "artifactType") === undefined && !/^sha256-[0-9a-f]{64}(?:\.|$)/.test(nameOf(entry) ?? "")
  );
}

function registryMissing(name: string): UsageError {
  return new UsageError("attest-registry", {
    fr: `${quoted(name)} ne nomme pas de registre : une attestation s'attache à l'image poussée. Écrire registre/nom:tag, ou registre/nom@sha256:….`,
    en: `${quoted(name)} names no registry: an attestation is attached to the image that was pushed. Write registry/name:tag, or registry/name@sha256:….`,
  });
}

function notAPlace(source: string): UsageError {
  return new UsageError("attest-source", {
    fr: `${quoted(source)} : une attestation s'attache à une image d'un registre ou d'un répertoire OCI (oci:RÉPERTOIRE). Pousser l'image d'abord.`,
    en: `${quoted(source)}: an attestation is attached to an image in a registry or in an OCI layout (oci:FOLDER). Push the image first.`,
  });
}
