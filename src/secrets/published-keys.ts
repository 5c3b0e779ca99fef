import { createHash } from "node:crypto";

/** SHA-256 of keys, as DER, or of whole stores, that packages publish outside their tests: everybody has them. */
const PUBLISHED = new Set([
  // npm ssh2, lib/protocol/constants.js: tries whether crypto.sign() knows Ed25519.
  "b73968ba56e2416630b209e9633986d9a50f0dbe67609910913252e2abd7f8ef",
  // npm browser-sync, certs/server.key and certs/browsersync.pfx: for localhost.
  "c46eedc72aa72896b41eda9a35b93e947af538239e9c8f59e6aa12983e464b2a",
  "a1b381f6e315da6f5ea4caf4e651211982627384bc597db374a737e51e4a3b51",
  // npm local-ssl-proxy, resources/localhost-key.pem.
  "4f7d2585ab3ede9f1312f8567d1e9296cca814cd190d76292018ba6f50bf4a90",
  // CMake, Templates/Windows/Windows_TemporaryKey.pfx.
  "a957fb8c8a3e3e7b1b8d2c58e97e02759b61cd7cbecca409c0763c8d6d9691f4",
]);

/** Whether a key, by its very content, is one that is published: no secret, wherever it lies. */
export function isPublishedKey(bytes: Uint8Array): boolean {
  return PUBLISHED.has(createHash("sha256").update(bytes).digest("hex"));
}
