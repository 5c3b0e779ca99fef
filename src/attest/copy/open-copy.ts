import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { replaceFile } from "../../files/draft-file.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { writing } from "../../files/write-failure.ts";
import { parseSource } from "../../image/source/source.ts";
import { objectsAt } from "../../json/fields.ts";
import type { Registries } from "../../net/registry/registries.ts";
import { readIndex } from "../store/layout-artifacts.ts";
import { imageIn } from "../store/open-store.ts";
import type { CopySource, CopyTarget } from "./copy-ports.ts";
import { layoutCopy } from "./layout-copy.ts";

/** A place of a copy. */
interface OpenPlace<T> {
  readonly place: T;
  /** Registry and repository; absent for a layout. */
  readonly repository?: string;
  readonly tag?: string;
}

/** Place that is copied from, with the image's tag or digest there. */
export interface OpenSource extends OpenPlace<CopySource> {
  readonly reference: string;
}

/**
 * @param text registry reference, or `oci:FOLDER[:TAG]`
 * @param cwd folder from which relative paths start
 * @throws UsageError copy-place; as parseSource() and imageIn()
 */
export function openCopySource(text: string, cwd: string, registries: Registries): OpenSource {
  const parsed = parseSource(text, cwd);
  if (parsed.transport === "registry") {
    const { reference, plain } = parsed;
    if (plain !== undefined) throw notAPlace(text);
    const { registry, repository, tag, digest } = reference;
    const place = registries.reader(reference);
    const named = tag === undefined ? {} : { tag };
    return { place, repository: `${registry}/${repository}`, reference: digest ?? tag ?? "latest", ...named };
  }
  if (!("path" in parsed) || !existsSync(join(parsed.path, "index.json"))) throw notAPlace(text);
  const { path, ref } = parsed;
  const reference = imageIn(objectsAt(readIndex(path), "manifests"), ref);
  return { place: layoutCopy(path), reference, ...(ref === undefined ? {} : { tag: ref }) };
}

/**
 * Opens the target of the copy; a layout is created if its folder is missing or empty.
 *
 * @throws UsageError copy-place, copy-digest
 */
export function openCopyTarget(text: string, cwd: string, registries: Registries): OpenPlace<CopyTarget> {
  if (text.startsWith("oci:")) return openLayout(text.slice("oci:".length), cwd, text);
  const parsed = parseSource(text, cwd);
  if (parsed.transport !== "registry" || parsed.plain !== undefined) throw notAPlace(text);
  const { registry, repository, tag, digest } = parsed.reference;
  if (digest !== undefined) throw hasDigest(text);
  const place = registries.writer(parsed.reference);
  return { place, repository: `${registry}/${repository}`, ...(tag === undefined ? {} : { tag }) };
}

function openLayout(text: string, cwd: string, given: string): OpenPlace<CopyTarget> {
  const colon = text.indexOf(":");
  const path = resolve(cwd, colon === -1 ? text : text.slice(0, colon));
  const tag = colon === -1 ? "" : text.slice(colon + 1);
  if (text === "" || colon === 0 || (colon !== -1 && !/^[\w][\w.-]{0,127}$/.test(tag)))
    throw notAPlace(given);
  if (!existsSync(join(path, "index.json"))) makeLayout(path, given);
  return { place: layoutCopy(path), ...(tag === "" ? {} : { tag }) };
}

function makeLayout(path: string, given: string): void {
  writing(path, () => makeFolders(path));
  if (readdirSync(path).some((name) => name !== LAYOUT_FILE)) throw notAPlace(given);
  const index = { schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests: [] };
  replaceFile(join(path, LAYOUT_FILE), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  // Written last: a folder with an index.json is a whole layout.
  replaceFile(join(path, "index.json"), JSON.stringify(index));
}

const LAYOUT_FILE = "oci-layout";

function notAPlace(text: string): UsageError {
  return new UsageError("copy-place", {
    fr: `${quoted(text)} : une image se copie d'un registre ou d'un répertoire OCI à un autre, registre/dépôt:tag ou oci:RÉPERTOIRE:tag (un répertoire OCI, ou un répertoire vide ou à créer).`,
    en: `${quoted(text)}: an image is copied from a registry or OCI layout to another one, registry/repository:tag or oci:FOLDER:tag (an OCI layout, or a folder that is empty or to be made).`,
  });
}

function hasDigest(text: string): UsageError {
  return new UsageError("copy-digest", {
    fr: `${quoted(text)} : l'empreinte vient de la source, la destination se nomme par un tag.`,
    en: `${quoted(text)}: the digest comes from the source, the destination is named by a tag.`,
  });
}
