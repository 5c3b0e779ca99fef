import { dirname, resolve } from "node:path";
import { readAllAgainIfCorrupt } from "../../image/layer/read-again.ts";
import { RootFs } from "../../image/rootfs/root-fs.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { entriesOf } from "./layer-store.ts";
import type { MountPoint } from "./mount-points.ts";
import type { UnpackNote } from "./note.ts";
import type { IdShift } from "./ownership.ts";
import { removeApart, unpackApart } from "./unpack-apart.ts";
import { removeAll, unpackHere } from "./unpack-here.ts";

export interface UnpackOptions {
  /** Below which unpacked layers are kept from run to run; made when it is missing. */
  readonly directory: string;
  /** What the image lacks of these is made in a topmost layer. */
  readonly mountPoints?: readonly MountPoint[];
  /** For a container in a user namespace below that in which this process is root, or becomes root. */
  readonly shift?: IdShift;
  readonly signal?: AbortSignal;
}

/** An image's layers as directories that overlayfs can lay over one another. */
export interface UnpackedLayers {
  /**
   * Absolute directories, bottom first, none twice: reversed and joined with `:` they are
   * `lowerdir=`. Read only. Options of a mount end at 4,095 bytes: with many layers, mount from
   * `base` with relative names.
   */
  readonly layers: readonly string[];
  /** In which all of them lie. */
  readonly base: string;
  /** What overlayfs must be told to see their opaque directories. */
  readonly mountOptions: readonly ["userxattr"];
  /** The layers merged, to look something up without following a link on the host; its indexes are those of `layers`. */
  readonly rootFs: RootFs;
  /** What could not be made as the image has it. */
  readonly notes: readonly UnpackNote[];
  /** A directory that only its owner may enter; with mount points, it is this run's alone. */
  readonly scratch: string;
  /** Gives up what belongs to this run alone; the layers stay for the next. */
  release(): Promise<void>;
}

/**
 * Unpacks the layers that are not kept yet: deletions as overlayfs has them, modes, times, file
 * capabilities, and owners as far as they are mapped. Other extended attributes are left out, as are
 * devices. Root does it here; anyone else in a process of its own, as root of a user namespace with
 * all of the user's subordinate ids (`unshare --map-auto --map-root-user`), for whom alone the
 * layers then are. Takes GNU tar for what Node cannot make.
 *
 * @throws the signal's reason, once it is aborted
 * @throws InvalidInputError when a layer is corrupt, hostile, not readable, or beyond a limit
 * @throws UnavailableError when the disk, GNU tar or the namespace refuse
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
