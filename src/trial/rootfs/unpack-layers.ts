import { dirname, resolve } from "node:path";
import { readAllAgainIfCorrupt } from "../../image/layer/read-again.ts";
import { RootFs } from "../../image/rootfs/root-fs.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { entriesOf } from "./layer-store.ts";
import type { MountPoint } from "./mount-points.ts";
import { removeApart, unpackApart } from "./unpack-apart.ts";
import { removeAll, unpackHere } from "./unpack-here.ts";
import type { UnpackNote } from "./unpack-note.ts";
import type { IdShift } from "./user-namespace-ids.ts";

export interface UnpackOptions {
  /** Folder of unpacked layers, kept between runs; created if missing. */
  readonly directory: string;
  /** Mount points; missing ones are created in an additional top layer. */
  readonly mountPoints?: readonly MountPoint[];
  /**
   * Id range of a nested user namespace for the container, below the namespace in which this process is or
   * becomes root.
   */
  readonly shift?: IdShift;
  readonly signal?: AbortSignal;
}

/** An image's layers as directories for overlayfs. */
export interface UnpackedLayers {
  /**
   * Absolute directories, bottom first, without duplicates: reversed and joined with `:` they are
   * `lowerdir=`. They must not be written. Mount options are limited to 4,095 bytes: with many layers, mount
   * from `base` with relative names.
   */
  readonly layers: readonly string[];
  /** Base folder of all layers. */
  readonly base: string;
  /** Mount options that make overlayfs respect opaque folders. */
  readonly mountOptions: readonly ["userxattr"];
  /** Merged layers, for lookups that follow no links on the host; layer indices are those of `layers`. */
  readonly rootFs: RootFs;
  /** Parts of the image that could not be created. */
  readonly notes: readonly UnpackNote[];
  /** Directory that only its owner may enter; if there are mount points, it belongs to this run alone. */
  readonly scratch: string;
  /** Removes files of this run; cached layers stay. */
  release(): Promise<void>;
}

/**
 * Unpacks layers that are not cached: overlayfs whiteouts, modes, times, file capabilities, and owners as far
 * as mapped. Other extended attributes and devices are omitted. As root, this process unpacks. For other
 * users, a child process unpacks as root of a user namespace with all their subordinate ids (`unshare
 * --map-auto --map-root-user`), to which the layers then belong. GNU tar creates entries that Node cannot
 * create.
 *
 * @throws the signal's reason, if it is aborted
 * @throws InvalidInputError if a layer is corrupt, hostile, unreadable or beyond a limit
 * @throws UnavailableError if the disk, GNU tar or the namespace refuse
 */
export async function unpackLayers(
  { layers }: Pick<OpenImage, "layers">,
  { directory, mountPoints = [], shift, signal }: UnpackOptions,
): Promise<UnpackedLayers> {
  const request = {
    directory: resolve(directory),
    mountPoints,
    ...(shift === undefined ? {} : { shift }),
  };
  const isRoot = process.geteuid?.() === 0;
  const unpack = isRoot && shift === undefined ? unpackHere : unpackApart;
  const unpacked = await readAllAgainIfCorrupt(layers, (sources) => unpack(sources, request, signal));
  const entries = await Promise.all(unpacked.layers.map(entriesOf));
  return {
    layers: unpacked.layers,
    base: unpacked.base,
    mountOptions: ["userxattr"],
    rootFs: new RootFs(entries),
    notes: unpacked.notes,
    scratch: dirname(unpacked.layers.at(-1) ?? unpacked.base),
    release: () => (isRoot ? removeAll : removeApart)(unpacked.scratch),
  };
}
