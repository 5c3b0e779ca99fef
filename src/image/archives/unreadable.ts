/**
 * Why a file was not looked into: a format that nothing here unpacks, or what is wrong with it.
 * `too-deep` and `too-much` are bounds (LIMITS.packedDepth; packedBytesPerLayer, packedMembersPerLayer).
 */
export type UnreadReason = UnreadFormat | "encrypted" | "damaged" | "method" | "too-deep" | "too-much";

export type UnreadFormat =
  | "bzip2"
  | "xz"
  | "lzma"
  | "lzip"
  | "lz4"
  | "7z"
  | "rar"
  | "rpm"
  | "cpio"
  | "cab"
  | "compress"
  | "snappy"
  | "squashfs";

/** An archive, or what it holds, cannot be read; never a shorter list of members. */
export class Unreadable extends Error {
  readonly reason: UnreadReason;

  constructor(reason: UnreadReason, message: string = reason, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
