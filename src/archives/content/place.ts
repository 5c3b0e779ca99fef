import type { ContentSink } from "./content-sink.ts";
import type { UnreadReason } from "./unreadable.ts";

/** Content: a file, or a part of a file. */
export interface Place {
  /** Names of the members that lead to the content, `BOOT-INF/lib/a.jar!/key.pem`; "" for the file itself. */
  readonly inside: string;
  /** Path of the file, then `!/` and the path inside. */
  readonly path: string;
  /** Number of archives and compressions around the content. */
  readonly depth: number;
  /**
   * Whether the content is in a library of an application's archive: in a zip within a zip, except in a
   * module of the application.
   */
  readonly isNested: boolean;
  /** Whether the content is in a zip, at any depth. */
  readonly isInZip: boolean;
}

/** Receives the contents that are found. An error that it throws ends the reading. */
export interface ContentVisitor {
  /** Sink for a content that is not unpacked further; undefined for an unwanted content. */
  content(place: Place): ContentSink | undefined;
  /** Reports a content that was not read, or only in part. */
  unread(place: Place, reason: UnreadReason): void;
}

export function filePlace(path: string): Place {
  return { inside: "", path, depth: 0, isNested: false, isInZip: false };
}

/** Place of an archive's member. */
export function memberPlace(
  { inside, path, depth, isNested, isInZip }: Place,
  name: string,
  isZip = false,
): Place {
  return {
    inside: inside === "" ? name : `${inside}!/${name}`,
    path: `${path}!/${name}`,
    depth: depth + 1,
    isNested: isNested || (isZip && isInZip && !isModule(path)),
    isInZip: isInZip || isZip,
  };
}

/**
 * Archives that contain an application at any place: a war in an ear, or in a zip; and the top level of an
 * ear (Jakarta EE 8.1).
 */
const MODULE = /\.(?:war|ear|sar|par|zip)$|\.ear!\/[^/]+\.[jr]ar$/i;

function isModule(path: string): boolean {
  return MODULE.test(path);
}

/** Extensions that are removed when a file is uncompressed. */
const COMPRESSED = /\.(?:gz|zst|zstd|br|xz|bz2|z)$/i;

/** Place of the content of a compressed file, which has no name of its own. */
export function unpackedPlace(place: Place): Place {
  const name = place.path.slice(place.path.lastIndexOf("/") + 1);
  const shown = /\.t(?:gz|zst|xz|bz2?)$/i.test(name)
    ? name.replace(/\.[^.]*$/, ".tar")
    : name.replace(COMPRESSED, "");
  return memberPlace(place, shown);
}
