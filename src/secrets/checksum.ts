import { crc32 } from "node:zlib";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Whether the last six characters are the base-62 CRC-32 of the characters before them, as in tokens of
 * GitHub and npm (https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/). `body`:
 * the token after its prefix.
 */
export function endsInChecksum(body: string): boolean {
  let rest = crc32(body.slice(0, -6));
  let expected = "";
  for (let digit = 0; digit < 6; digit++) {
    expected = BASE62.charAt(rest % 62) + expected;
    rest = Math.floor(rest / 62);
  }
  return body.endsWith(expected);
}
