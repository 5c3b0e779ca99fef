/**
 * Zstd frame of 64 times "a" (RFC 8878 3.1.1): magic number, content size 64 in one byte, and a last block
 * that repeats "a".
 *
 * The frame detects truncated streams, which Node 22 does not report (ZSTD_e_end). Written after a complete
 * frame, it decompresses to its content; inside a truncated frame, its bytes are taken for the missing bytes.
 * It must be written in two pieces, the first of one byte, because libzstd decompresses a frame given in a
 * single write even inside another frame's header.
 */
export const FRAME = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 64, 0x03, 0x02, 0x00, 0x61);
export const FRAME_CONTENT = Buffer.alloc(64, "a");
