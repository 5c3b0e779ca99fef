// JSON Web Key Sets: RFC 7517, section 5

import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { fieldsOf, objectsAt, textAt } from "../../json/fields.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import { algorithmOf } from "../keys/key-algorithm.ts";
import type { TrustedIssuer } from "./trusted-issuer.ts";

/** A public key of an issuer. */
export interface IssuerKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** Reads an issuer's key set: the body of the answer. */
export type FetchKeys = (issuer: TrustedIssuer) => Promise<Uint8Array>;

/** Maximum number of keys of a set that are read; a forge has one to four. */
const MOST_KEYS = 50;
/** Time for which keys are used without being read again, in milliseconds. */
const FRESH_MS = 3_600_000;
/** Time between two readings, in milliseconds, so that tokens with invented key ids do not burden the forge. */
const PAUSE_MS = 60_000;

interface Known {
  readonly keys: readonly IssuerKey[];
  readonly readAt: number;
}

/**
 * Keys of issuers, kept in memory. An unknown key id causes one request, and no further request for a minute.
 */
export class IssuerKeys {
  readonly #fetch: FetchKeys;
  readonly #known = new Map<string, Known>();
  readonly #reading = new Map<string, Promise<Known>>();

  constructor(fetch: FetchKeys) {
    this.#fetch = fetch;
  }

  /**
   * Key of an issuer by its id; undefined if the issuer has none.
   *
   * @param now milliseconds since 1970
   * @throws as `fetch` does
   */
  async find(issuer: TrustedIssuer, keyId: string, now: number): Promise<IssuerKey | undefined> {
    const known = this.#known.get(issuer.url);
    const found = keyIn(known, keyId);
    const age = known === undefined ? Number.POSITIVE_INFINITY : now - known.readAt;
    if (found !== undefined && age < FRESH_MS) return found;
    if (age < PAUSE_MS) return undefined;
    return keyIn(await this.#read(issuer, now), keyId);
  }

  /** Reads the keys of an issuer. Concurrent calls for the same issuer share one request. */
  #read(issuer: TrustedIssuer, now: number): Promise<Known> {
    const running = this.#reading.get(issuer.url);
    if (running !== undefined) return running;
    const reading = this.#fetch(issuer)
      .then((bytes) => {
        const known = { keys: keysOf(bytes), readAt: now };
        this.#known.set(issuer.url, known);
        return known;
      })
      .finally(() => this.#reading.delete(issuer.url));
    this.#reading.set(issuer.url, reading);
    return reading;
  }
}

function keyIn(known: Known | undefined, keyId: string): IssuerKey | undefined {
  return known?.keys.find(({ id }) => id === keyId);
}

/**
 * Usable keys of a set: RSA and ECDSA for signatures. Keys with the same id are both ignored, since the
 * signing key would be ambiguous.
 *
 * @throws InvalidInputError as parseSignedJson()
 */
export function keysOf(bytes: Uint8Array): readonly IssuerKey[] {
  const set = objectsAt(fieldsOf(parseSignedJson(bytes, "JWKS")), "keys").slice(0, MOST_KEYS);
  const keys = set.flatMap((entry): readonly IssuerKey[] => {
    const [id, type, use] = [textAt(entry, "kid"), textAt(entry, "kty"), entry["use"] ?? "sig"];
    if (id === undefined || use !== "sig" || (type !== "RSA" && type !== "EC")) return [];
    const key = keyOf(entry);
    return key === undefined ? [] : [{ id, key }];
  });
  return keys.filter(({ id }) => keys.filter((other) => other.id === id).length === 1);
}

function keyOf(jwk: JsonWebKey): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: jwk, format: "jwk" });
    return algorithmOf(key) === undefined ? undefined : key;
  } catch {
    return undefined;
  }
}
