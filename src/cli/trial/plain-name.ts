import { encodeName } from "../../files/names.ts";

/** Some file systems have shorter names than Linux, whose longest has 255 bytes. */
const BYTES = 120;
/** Nothing that moves a cursor or that another file system cannot hold. */
const PLAIN = /[\p{L}\p{N}_….+=@,()~-]/u;
const PLAIN_FIRST = /[\p{L}\p{N}_…]/u;

/**
 * What a container called something, as a name that is safe anywhere: other bytes are written `%0A`.
 * At the beginning so are dots and dashes: a `.git` or `.envrc` would set up the tools of whoever
 * has a look, and `-rf` would be an option of theirs. A long name is cut, and ends with `~`.
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
