import { posix } from "node:path";
import type { StartableImage } from "../../start/startable-image.ts";
import type { StartedImage } from "../../start/started-image.ts";

/** Paths that are writable under a read-only root, since the runtime mounts them. */
const ALWAYS = ["/dev", "/proc"];

/** Absolute path, with `.` and `..` resolved; relative paths start in the working directory. */
export function absolutePath(image: Pick<StartableImage, "config">, path: string): string {
  return posix.resolve("/", image.config.workingDir, path.replace(/^file:(?:\/\/)?/, ""));
}

/** Whether a path stays writable when the root file system is not. */
export function staysWritable(image: StartedImage, path: string): boolean {
  const absolute = absolutePath(image, path);
  return [...ALWAYS, ...writablePlaces(image)].some((place) => isWithin(absolute, place));
}

/** Whether the manifest mounts this directory, or a parent of it, writable. */
export function isMounted({ manifest }: StartedImage, directory: string): boolean {
  return manifest?.writable.some((place) => isWithin(directory, place)) === true;
}

/** Path of the mount that contains a file that does not stay writable: a ConfigMap's, or one with `readOnly`. */
export function readOnlyMount(image: StartedImage, path: string): string | undefined {
  const absolute = absolutePath(image, path);
  const mounts = image.manifest?.placement.spec.volumeMounts ?? [];
  return mounts
    .map(({ mountPath = "" }) => mountPath)
    .find((place) => place !== "" && isWithin(absolute, place));
}

function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place.replace(/\/$/, "")}/`);
}

/**
 * Writable places: VOLUMEs, which the runtime mounts, and writable mounts of the manifest. With a manifest
 * and a read-only root, /tmp is writable only if mounted; without a manifest, an emptyDir at /tmp is assumed.
 */
function writablePlaces({ config, manifest }: StartedImage): readonly string[] {
  if (manifest === undefined) return ["/tmp", ...config.volumes];
  return [...(manifest.readOnlyRoot ? [] : ["/tmp"]), ...config.volumes, ...manifest.writable];
}

/**
 * Folder that must be mounted for this path to be writable: the file's folder, or the path itself.
 *
 * @param by setting that names the path: UPLOAD_DIR is a folder, PID_FILE a file, whatever their values look
 * like
 */
export function mountFor(image: Pick<StartableImage, "config">, path: string, by: string): string {
  const absolute = absolutePath(image, path);
  if (/(?:dir|directory|folder)$/i.test(by)) return absolute;
  if (/file$/i.test(by)) return posix.dirname(absolute);
  return posix.extname(absolute) === "" ? absolute : posix.dirname(absolute);
}

/** System folders, which every image needs. */
const SYSTEM =
  /^\/(?:(?:opt|home|root|srv|proc|sys|dev|var|var\/lib)?$|(?:etc|usr|bin|sbin|lib|lib32|lib64)(?:\/|$))/;

/**
 * Whether a volume at this folder would hide files that the start needs: programs, scripts, sources, or the
 * working directory that contains them.
 */
export function hidesStart(image: StartedImage, directory: string): boolean {
  if (SYSTEM.test(directory)) return true;
  const { config, program } = image;
  const words = program.argv.filter((word) => word.startsWith("/"));
  const files = program.steps.flatMap(({ file }) => file ?? []);
  const relative = program.argv.slice(1).some((word) => /^[\w.]/.test(word));
  const own = relative && config.workingDir !== "" ? [posix.resolve("/", config.workingDir)] : [];
  return [...words, ...files, ...own].some((path) => isWithin(path, directory));
}
