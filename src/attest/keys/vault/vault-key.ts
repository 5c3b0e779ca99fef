import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { UnavailableError } from "../../../contract/error.ts";
import { quoted } from "../../../contract/shown.ts";
import { fieldsOf, objectAt, textAt } from "../../../json/fields.ts";
import type { Http } from "../../../net/http/http.ts";
import { base64Bytes } from "../base64.ts";
import { keyFrom, keyId } from "../key.ts";
import type { PublicKey } from "../public-key.ts";
import type { SigningKey } from "../signing-key.ts";
import { isSignedBy } from "../verify.ts";
import { VaultClient } from "./vault-client.ts";
import { VAULT_SCHEME, type VaultSettings } from "./vault-settings.ts";

/** One version of a key. */
export interface VaultKeyVersion extends PublicKey {
  readonly version: number;
  /** Time in RFC 3339, as Vault returns it. */
  readonly created: string;
}

/** Maximum number of versions of a key that are read; a key rotated every day has as many in three years. */
const MOST_VERSIONS = 1_000;

/**
 * Public keys of the key's versions from `min_decryption_version` on: Vault refuses signatures of older
 * versions. Raising that setting invalidates signatures made before.
 *
 * @throws UnavailableError vault-key-type: no version can sign; as VaultClient.data()
 * @throws UsageError signing-key-invalid
 */
export async function vaultKeyVersions(
  http: Http,
  settings: VaultSettings,
): Promise<readonly VaultKeyVersion[]> {
  return versionsOf(new VaultClient(http, settings), settings);
}

/**
 * Key of a transit engine, in its latest version; the private half never leaves Vault. ECDSA and RSA sign a digest,
 * so that a statement may be larger than a request to Vault. Every signature is verified before it is used.
 *
 * @throws as vaultKeyVersions()
 */
export async function vaultKey(http: Http, settings: VaultSettings): Promise<SigningKey> {
  const client = new VaultClient(http, settings);
  const latest = (await versionsOf(client, settings)).at(-1);
  if (latest === undefined) throw unusable(settings);
  return {
    id: latest.id,
    algorithm: latest.algorithm,
    sign: (bytes) => signature(client, settings, latest, bytes),
  };
}

async function versionsOf(client: VaultClient, settings: VaultSettings): Promise<readonly VaultKeyVersion[]> {
  const data = await client.data(`${settings.mount}/keys/${settings.key}`);
  const first = data["min_decryption_version"];
  const entries = Object.entries(objectAt(data, "keys")).slice(0, MOST_VERSIONS);
  const versions = entries.flatMap(([text, value]): readonly VaultKeyVersion[] => {
    const [version, fields] = [Number(text), fieldsOf(value)];
    const open = textAt(fields, "public_key");
    if (open === undefined || !Number.isInteger(version) || (typeof first === "number" && version < first))
      return [];
    const key = keyFrom(() => publicKeyOf(open), nameOf(settings));
    return [{ ...key, id: keyId(key.key), version, created: textAt(fields, "creation_time") ?? "" }];
  });
  if (versions.length === 0) throw unusable(settings);
  return versions.toSorted((a, b) => a.version - b.version);
}

/** Header of an Ed25519 key's SPKI: RFC 8410, 10.1. */
const ED25519_SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** Public key of a version: PEM, or the 32 bytes of an Ed25519 key in Base64. */
function publicKeyOf(text: string): KeyObject {
  if (text.includes("-----BEGIN")) return createPublicKey(text);
  const raw = base64Bytes(text) ?? Buffer.alloc(0);
  return createPublicKey({ key: Buffer.concat([ED25519_SPKI, raw]), format: "der", type: "spki" });
}

async function signature(
  client: VaultClient,
  settings: VaultSettings,
  version: VaultKeyVersion,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const isEd25519 = version.algorithm.hash === null;
  const input = isEd25519 ? Buffer.from(bytes) : createHash("sha256").update(bytes).digest();
  const data = await client.data(`${settings.mount}/sign/${settings.key}`, {
    input: input.toString("base64"),
    key_version: version.version,
    ...(isEd25519 ? {} : { prehashed: true, hash_algorithm: "sha2-256" }),
    ...(version.algorithm.name === "RSA" ? { signature_algorithm: "pkcs1v15" } : {}),
    ...(version.algorithm.pairBytes === undefined ? {} : { marshaling_algorithm: "asn1" }),
  });
  const [, base64 = ""] =
    /^vault:v\d{1,9}:([A-Za-z0-9+/=]{1,4096})$/.exec(textAt(data, "signature") ?? "") ?? [];
  const made = base64Bytes(base64);
  if (made !== undefined && isSignedBy(version, bytes, made)) return made;
  throw new UnavailableError("vault-signature", {
    fr: `${nameOf(settings)} : Vault a rendu une signature qui n'est pas de la version ${version.version} de la clé. Rien n'est attaché. Recommencer ; si cela dure, le signaler à qui administre Vault.`,
    en: `${nameOf(settings)}: Vault returned a signature that is not of version ${version.version} of the key. Nothing is attached. Try again; if it lasts, tell Vault's administrator.`,
  });
}

function nameOf({ mount, key }: VaultSettings): string {
  return quoted(`${VAULT_SCHEME}${mount}/${key}`);
}

function unusable(settings: VaultSettings): UnavailableError {
  return new UnavailableError("vault-key-type", {
    fr: `${nameOf(settings)} n'a pas de version qui signe. Créer une clé de type ecdsa-p256, ed25519 ou rsa-3072.`,
    en: `${nameOf(settings)} has no version that signs. Make a key of type ecdsa-p256, ed25519 or rsa-3072.`,
  });
}
