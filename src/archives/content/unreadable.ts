/** Formats that nothing here unpacks. */
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
 * Why a file was not looked into, or not to its end: its format, or what is wrong with it; `method` is
 * a way of a zip's or an xz's, `appended` a zip behind a program, `linked` a name that an application
 * gives to a file of a package, `unlisted` what looks like a secret where rpm installs, whose database is
 * not read. `too-deep`, `too-much` and `too-many-matches` are bounds: LIMITS.packedDepth; packedBytesPerLayer,
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

/** An archive, or what it holds, cannot be read; never a shorter list of members. */
export class Unreadable extends Error {
  readonly reason: UnreadReason;

  constructor(reason: UnreadReason, message: string = reason, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
