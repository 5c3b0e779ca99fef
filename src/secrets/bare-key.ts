import { derKey } from "./der-key.ts";
import type { Detector } from "./detector.ts";
import { looksRandom } from "./randomness.ts";

/** Base64 of DER's beginning: PKCS#1 and PKCS#8 of RSA from 2,048 bits on, PKCS#8 of P-256 and Ed25519, SEC1 of P-256. */
const DER_BEGINS = ["MIIE", "MIIJ", "MIGHAgEA", "MC4CAQAw", "MHcCAQEE"];

/** Private keys without the lines that tell a PEM block: base64 of DER on one line, and JWK (RFC 7517, 8037). */
export const BARE_KEYS: readonly Detector[] = [
  {
    kind: "private-key",
    confidence: "confirmed",
    anchors: DER_BEGINS,
    pattern:
      /(?<!-----(?:\\r)?(?:\\n|\s)?)(?:MII[EJ]|MIGHAgEA|MC4CAQAw|MHcCAQEE)[A-Za-z0-9+/]{44,8192}={0,2}/dy,
    valid: (secret) => derKey(Buffer.from(secret, "base64"))?.kind === "private-key",
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
