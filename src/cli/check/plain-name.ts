import { encodeName } from "../../files/names.ts";

/** Longest name in bytes; some file systems allow less than Linux's 255. */
const BYTES = 120;
/** Characters allowed on every file system and without effect on a terminal. */
const PLAIN = /[\p{L}\p{N}_….+=@,()~-]/u;
const PLAIN_FIRST = /[\p{L}\p{N}_…]/u;

/**
 * A container's file name made safe anywhere: other bytes are written as `%0A`. Leading dots and dashes are
 * written so, too: `.git` or `.envrc` would configure a viewer's tools, and `-rf` would be an option. A long
 * name is cut and ends with `~`.
 */
export function plainName(name: string): string {
  let plain = "";
  for (const character of name) {
    const isPlain = (plain === "" ? PLAIN_FIRST : PLAIN).test(character);
    const piece = isPlain ? character : escaped(character);
    if (Buffer.byteLength(plain + piece) > BYTES) return `${plain}~`;
    plain += piece;
  }
  return plain === "" ? "_" : plain;
}

function escaped(character: string): string {
  return [...encodeName(character)].map((byte) => `%${hex(byte)}`).join("");
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}
