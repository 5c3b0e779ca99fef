import { join, resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { statOf } from "../../files/status.ts";
import { isPlainName, parseReference, type Reference } from "../../net/reference.ts";

export interface RegistrySource {
  readonly transport: "registry";
  readonly reference: Reference;
  /** Name without a registry, for which local engines are asked first. */
  readonly plain?: string;
}

export interface EngineSource {
  readonly transport: "docker-daemon" | "podman";
  /** Name or id of the image in the engine. */
  readonly name: string;
}

export interface FileSource {
  /** Kind of source; `path`: recognised by its content. */
  readonly transport: "oci" | "oci-archive" | "docker-archive" | "path";
  readonly path: string;
  /** Choice among several images. */
  readonly ref?: string;
}

const FILE_TRANSPORTS = ["oci", "oci-archive", "docker-archive"] as const;
const ENGINE_TRANSPORTS = ["docker-daemon", "podman"] as const;

/**
 * Parses `registry/name:tag@digest`, `oci:DIR[:ref]`, `oci-archive:FILE[:ref]`, `docker-archive:FILE[:ref]`,
 * `docker-daemon:NAME`, `podman:NAME` (containers-transports(5); also `docker://` before a reference), or the
 * path of an image.
 *
 * A text is a path if it begins with `/`, `./` or `../`, is `.` or `..`, or exists as a file or as a folder with
 * a layout. A project's folder `nginx` therefore does not hide the image `nginx`.
 *
 * @param cwd folder from which relative paths start; results are absolute
 * @throws UsageError reference-invalid, source-not-found, engine-name-invalid
 */
export function parseSource(
  text: string,
  cwd: string = process.cwd(),
): RegistrySource | EngineSource | FileSource {
  for (const transport of FILE_TRANSPORTS) {
    if (text.startsWith(`${transport}:`))
      return { transport, ...splitPath(text.slice(transport.length + 1), cwd) };
  }
  for (const transport of ENGINE_TRANSPORTS) {
    if (text.startsWith(`${transport}:`)) return engineSource(transport, text.slice(transport.length + 1));
  }
  if (/^(?:\.{0,2}\/|\.{1,2}$)/.test(text) || isImagePath(resolve(cwd, text))) {
    return { transport: "path", ...splitPath(text, cwd) };
  }
  const reference = parseReference(text.replace(/^docker:\/\//, ""));
  return { transport: "registry", reference, ...(isPlainName(text) ? { plain: text } : {}) };
}

/** Parts of `PATH[:ref]`: the whole text if that path exists, otherwise up to the first colon. */
function splitPath(text: string, cwd: string): { path: string; ref?: string } {
  const colon = text.indexOf(":");
  const path = colon === -1 || statOf(resolve(cwd, text)) !== undefined ? text : text.slice(0, colon);
  const absolute = resolve(cwd, path);
  if (path !== "" && statOf(absolute) !== undefined) {
    return path === text ? { path: absolute } : { path: absolute, ref: text.slice(colon + 1) };
  }
  throw new UsageError("source-not-found", {
    fr: `fichier ou répertoire ${quoted(path)} introuvable. Vérifier le chemin de l'image.`,
    en: `no file or directory ${quoted(path)}. Check the path of the image.`,
  });
}

/** Source in an engine. The name is passed on unchanged, so a name that looks like an option is refused. */
function engineSource(transport: EngineSource["transport"], name: string): EngineSource {
  if (/^[A-Za-z0-9[][\w.:/@[\]-]{0,500}$/.test(name)) return { transport, name };
  throw new UsageError("engine-name-invalid", {
    fr: `nom d'image locale ${quoted(name)} invalide. Écrire ${transport}:nom:tag ou ${transport}:identifiant.`,
    en: `invalid name ${quoted(name)} of a local image. Write ${transport}:name:tag or ${transport}:id.`,
  });
}

function isImagePath(path: string): boolean {
  const stat = statOf(path);
  if (stat === undefined || stat.isFile()) return stat !== undefined;
  return stat.isDirectory() && statOf(join(path, "oci-layout")) !== undefined;
}
