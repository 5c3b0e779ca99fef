import type { FileFacts } from "../../contract/image-facts.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { emptyImage } from "../../start/empty-image.ts";
import { containerOverride } from "../../start/entrypoint-and-command.ts";
import type { StartableImage } from "../../start/startable-image.ts";
import { startIn } from "../../start/started-image.ts";

/** Placeholder for the program of an unknown ENTRYPOINT: rules see an expansion, whose program is unknown. */
const UNKNOWN_PROGRAM = "$ENTRYPOINT";

/**
 * Log files that images of nginx and httpd link to /dev/stdout, since the unread image may be such an image.
 */
const POSSIBLE_LINKS: readonly FileFacts[] = [
  "/var/log/nginx/access.log",
  "/var/log/nginx/error.log",
  "/var/log/apache2/access.log",
  "/var/log/apache2/error.log",
].map((path) => ({
  path,
  layer: 0,
  type: "symlink",
  mode: 0o777,
  uid: 0,
  gid: 0,
  size: 0,
  link: "/dev/stdout",
}));

/**
 * Possible starts of a container whose image was not read. `args` alone may be arguments of an unknown
 * program, or the command itself if there is no ENTRYPOINT or an ENTRYPOINT that runs its arguments: only
 * findings common to both readings count.
 */
export function unreadImages(spec: ContainerFacts): UnreadImages {
  // One object per container, since caches of other rules are keyed by the image.
  if (latest?.spec !== spec) latest = { spec, images: imagesOf(spec) };
  return latest.images;
}

type UnreadImages = readonly [StartableImage, ...StartableImage[]];

let latest: { readonly spec: ContainerFacts; readonly images: UnreadImages } | undefined;

function imagesOf(spec: ContainerFacts): UnreadImages {
  const { command, args = [] } = containerOverride(spec);
  if (command !== undefined) return [unreadImage(spec, [])];
  const behind = unreadImage(spec, [UNKNOWN_PROGRAM]);
  const [first = "-"] = args;
  return first.startsWith("-") ? [behind] : [behind, unreadImage(spec, [])];
}

function unreadImage(spec: ContainerFacts, entrypoint: readonly string[]): StartableImage {
  const image = { ...emptyImage({ entrypoint }), files: POSSIBLE_LINKS };
  const { entrypoint: program, cmd, path, workingDir } = startIn(image, containerOverride(spec));
  return { ...image, overridden: [{ argv: [...program, ...cmd], path, workingDir, steps: [] }] };
}
