import type { Detector } from "./detector.ts";
import { keyBody } from "./private-key.ts";

const PEM =
  /-----BEGIN ((?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY(?: BLOCK)?)-----((?:(?!-----)[\s\S]){64,32768})-----END /;

/** A PEM block of a private key, encoded once more: what Secrets, CI variables and kubeconfigs hold. */
export const ENCODED_KEYS: readonly Detector[] = [
  {
    kind: "private-key",
    confidence: "confirmed",
    anchors: ["LS0tLS1CRUdJTi"],
    pattern: /LS0tLS1CRUdJTi(?:[A-Za-z0-9+/]|\\?[\r\n][\t ]{0,40}|\\n){64,131072}={0,2}/dy,
    valid: (secret) => bodyOf(secret) === "plain",
  },
  {
    kind: "encrypted-private-key",
    confidence: "likely",
    anchors: ["LS0tLS1CRUdJTi"],
    pattern: /LS0tLS1CRUdJTi(?:[A-Za-z0-9+/]|\\?[\r\n][\t ]{0,40}|\\n){64,131072}={0,2}/dy,
    valid: (secret) => bodyOf(secret) === "encrypted",
  },
];

function bodyOf(encoded: string): ReturnType<typeof keyBody> {
  const text = Buffer.from(encoded.replace(/\\n|[\\\s]/g, ""), "base64").toString("latin1");
  const [, label, body] = PEM.exec(text) ?? [];
  return label === undefined || body === undefined ? "none" : keyBody(label, body);
}
