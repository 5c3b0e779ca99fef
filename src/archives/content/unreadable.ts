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
 * Reasons why a file was not read, or only in part: a format of UNREAD_FORMATS, or
 * - `encrypted`, `damaged`
 * - `method`: a zip or xz with a compression that is not supported
 * - `appended`: a zip behind a program
 * - `linked`: a hard link from the application's path to a file in a folder of packages
 * - `unlisted`: a possible secret where rpm installs files, while rpm's database could not be read
 * - `too-deep`: LIMITS.packedDepth
 * - `too-much`: LIMITS.packedBytesPerLayer, packedMembersPerLayer, gitDeltaBytes
 * - `too-many-matches`: LIMITS.secretMatchesPerLayer
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
 * Error for an archive, or a part of an archive, that cannot be read. It is never replaced by a shorter list
 * of members.
 */
export class Unreadable extends Error {
  readonly reason: UnreadReason;

  constructor(reason: UnreadReason, message: string = reason, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
