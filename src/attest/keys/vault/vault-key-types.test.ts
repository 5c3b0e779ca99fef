// Keys whose private half signs a digest: the fake of these tests signs as the engine does, without openssl.

import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hostPolicy } from "../../../net/http/hosts.ts";
import { createHttp, type Http } from "../../../net/http/http.ts";
import { isSignedBy } from "../verify.ts";
import { vaultKey, vaultKeyVersions } from "./vault-key.ts";
import { vaultSettings } from "./vault-settings.ts";

const BYTES = Buffer.from("statement");
const PAIRS = {
  "ecdsa-p256": generateKeyPairSync("ec", { namedCurve: "P-256" }),
  "rsa-2048": generateKeyPairSync("rsa", { modulusLength: 2_048 }),
  ed25519: generateKeyPairSync("ed25519"),
};
const DIGEST = createHash("sha256").update(BYTES).digest("base64");

let pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } = PAIRS.ed25519;
let asked: unknown;
const server = createServer((request, response) => void answer(request, response));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const isSigning = request.url?.startsWith("/v1/transit/sign/") === true;
  if (isSigning) asked = JSON.parse(Buffer.concat(chunks).toString());
  const algorithm = pair.privateKey.asymmetricKeyType === "ed25519" ? null : "sha256";
  const made = sign(algorithm, BYTES, pair.privateKey).toString("base64");
  const pem = pair.publicKey.export({ type: "spki", format: "pem" });
  const data = isSigning ? { signature: `vault:v3:${made}` } : { keys: { 3: { public_key: pem } } };
  response.end(JSON.stringify({ data }));
}

let http: Http;
beforeAll(async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  http = createHttp(hostPolicy([]), { env: {} });
});
afterAll(async () => {
  await http.close();
  server.close();
});

test.each<[keyof typeof PAIRS, object]>([
  [
    "ecdsa-p256",
    { input: DIGEST, prehashed: true, hash_algorithm: "sha2-256", marshaling_algorithm: "asn1" },
  ],
  [
    "rsa-2048",
    { input: DIGEST, prehashed: true, hash_algorithm: "sha2-256", signature_algorithm: "pkcs1v15" },
  ],
  ["ed25519", { input: BYTES.toString("base64") }],
])("a key %s is asked for %j", async (type, body) => {
  pair = PAIRS[type];
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = vaultSettings("vault://portal", { VAULT_ADDR: address, VAULT_TOKEN: "hvs.token" });
  const key = await vaultKey(http, settings);
  const made = await key.sign(BYTES);
  expect(asked).toEqual({ ...body, key_version: 3 });
  const [version] = await vaultKeyVersions(http, settings);
  expect(version !== undefined && isSignedBy(version, BYTES, made)).toBe(true);
});
