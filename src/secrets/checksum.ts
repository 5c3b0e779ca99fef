import { crc32 } from "node:zlib";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * True when the last six characters are the CRC-32 of those before them, in base 62: how GitHub and
 * npm end their tokens (https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/).
 * `body`: the token after its prefix.
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
