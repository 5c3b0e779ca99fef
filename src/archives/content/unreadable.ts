/** Formats that are recognised but not unpacked. */
const UNREAD_FORMATS = [
  "bzip2",
  "deb",
  "lzma",
  "lzip",
  "lz4",
  "7z",
  "rar",
  "rpm",
  "cpio",
  "cab",
  "compress",
  "snappy",
  "squashfs",
  "git-bundle",
] as const;
export type UnreadFormat = (typeof UNREAD_FORMATS)[number];

/**
 * Reasons why a file was not read, or not to its end: its format, or its damage; `method` is a compression of
 * a zip or an xz, `appended` a zip behind a program, `linked` an application's name for a file of a package,
 * `unlisted` a possible secret in a place where rpm installs, without a readable database. `too-deep`,
 * `too-much` and `too-many-matches` are bounds: LIMITS.packedDepth; packedBytesPerLayer,
 * packedMembersPerLayer, gitDeltaBytes; secretMatchesPerLayer.
 */
export const UNREAD_REASONS = [
  ...UNREAD_FORMATS,
  "encrypted",
  "damaged",
  "method",
  "appended",
  "linked",
  "unlisted",
  "too-deep",
  "too-much",
  "too-many-matches",
] as const;
export type UnreadReason = (typeof UNREAD_REASONS)[number];

/**
 * Error for an archive, or a part of one, that cannot be read; never replaced by a shorter list of members.
 */
export class Unreadable extends Error {
  readonly reason: UnreadReason;

  constructor(reason: UnreadReason, message: string = reason, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
