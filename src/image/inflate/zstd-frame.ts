/**
 * A zstd frame of 64 times "a" (RFC 8878 3.1.1): the magic number; a size of one byte follows; 64;
 * the last block repeats one byte 64 times; "a".
 *
 * Node 22 does not tell that a stream ends in the middle of a frame (ZSTD_e_end). But only where none
 * is under way does another one come out as what it is; elsewhere its bytes are taken for those that
 * are missing. To be written in two pieces, the first of one byte: libzstd unpacks a frame that one
 * write holds as a whole even within another's header.
 */
export const FRAME = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 64, 0x03, 0x02, 0x00, 0x61);
export const FRAME_CONTENT = Buffer.alloc(64, "a");
