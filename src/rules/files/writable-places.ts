import { posix } from "node:path";
import type { ImageFacts } from "../../contract/image-facts.ts";

/** Writable under a read-only root: /tmp by the platform's emptyDir, the others by the runtime. */
const ALWAYS = ["/tmp", "/dev", "/proc"];

/** The path from the root on, `.` and `..` resolved, relative ones in the working directory. */
export function absolutePath(image: ImageFacts, path: string): string {
  return posix.resolve("/", image.config.workingDir, path.replace(/^file:(?:\/\/)?/, ""));
}

/** Whether a path stays writable when the root file system is not; VOLUMEs are mounted by the runtime. */
export function staysWritable(image: ImageFacts, path: string): boolean {
  const absolute = absolutePath(image, path);
  return [...ALWAYS, ...image.config.volumes].some(
    (place) => absolute === place || absolute.startsWith(`${place.replace(/\/$/, "")}/`),
  );
}

/** The directory that needs a mount so that this path can be written: that of a file, or itself. */
export function mountFor(image: ImageFacts, path: string): string {
  const absolute = absolutePath(image, path);
  return posix.extname(absolute) === "" ? absolute : posix.dirname(absolute);
}
