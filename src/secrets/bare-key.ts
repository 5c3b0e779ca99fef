import { derKey } from "./der-key.ts";
import type { Detector } from "./detector.ts";
import { looksRandom } from "./entropy.ts";
import { keystoreKeys } from "./keystore.ts";

/**
 * Beginnings of private keys as base64 of DER: a SEQUENCE of some length, then the INTEGER 0 or 1 of the
 * version. `MII` begins all RSA keys from 1,024 bits on; `MIG` and `MIH` begin keys of larger curves.
 */
const DER_BEGINS = "MII MIG MIH MC4CAQ MD4CAQ MEECAQ MEYCAQ MEcCAQ MFECAQ MFMCAQ MHQCAQ MHcCAQ".split(" ");

/** The base64 of a DER key, unless a PEM header precedes it. */
const DER_KEY =
  /(?<!-----(?:\\[rn]|\s){0,4})(?:MII[C-S][A-Za-z0-9+/][AQgw]IBA|MI[GH][A-Za-z0-9+/]AgE[AB]|M[C-H][A-Za-z0-9+/]CAQ[AE])/;
/** Character of base64, or a line break between two such characters, also inside a string literal. */
const CHARACTER = /[A-Za-z0-9+/]|\\n|\\?\r?\n[\t ]{0,40}(?=[A-Za-z0-9+/]{1,80}={0,2}(?:[\s"'<\\]|$))/;

/** Private keys without PEM headers: base64 of DER or of a key store, and JWK (RFC 7517, 8037). */
export const BARE_KEYS: readonly Detector[] = [
  {
    kind: "private-key",
    confidence: "confirmed",
    anchors: DER_BEGINS,
    pattern: new RegExp(`${DER_KEY.source}(?:${CHARACTER.source}){44,16384}={0,2}`, "dy"),
    valid: (secret) => derKey(decoded(secret))?.kind === "private-key",
  },
  {
    kind: "pkcs12-key",
    confidence: "likely",
    anchors: ["MII"],
    // A PKCS#12 file, whose version is 3.
    pattern: new RegExp(`MII[A-Za-z][A-Za-z0-9+/][AQgw]IBAz(?:${CHARACTER.source}){64,131072}={0,2}`, "dy"),
    valid: (secret) => keystoreKeys(decoded(secret)) !== undefined,
  },
  {
    kind: "java-keystore-key",
    confidence: "likely",
    anchors: ["/u3+7QAAAA", "zs7OzgAAAA"],
    pattern: new RegExp(`(?:/u3\\+7QAAAA|zs7OzgAAAA)(?:${CHARACTER.source}){64,131072}={0,2}`, "dy"),
    valid: (secret) => keystoreKeys(decoded(secret)) !== undefined,
  },
  {
    kind: "private-key",
    confidence: "confirmed",
    anchors: ['"d":', '"d" :'],
    pattern: /"d"\s{0,5}:\s{0,5}"(?<secret>[\w-]{40,1400})"/dy,
    valid: (secret, _, scanned) =>
      scanned.mentions('"kty"') && /"(?:OKP|EC|RSA)"/.test(scanned.text) && looksRandom(secret),
  },
  {
    kind: "private-key",
    confidence: "likely",
    anchors: ['"k":', '"k" :'],
    pattern: /"k"\s{0,5}:\s{0,5}"(?<secret>[\w-]{21,1400})"/dy,
    valid: (secret, _, scanned) =>
      scanned.mentions('"kty"') && scanned.mentions('"oct"') && looksRandom(secret),
  },
];

function decoded(text: string): Buffer {
  return Buffer.from(text.replace(/\\n|[\\\s]/g, ""), "base64");
}
