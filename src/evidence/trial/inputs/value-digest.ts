import { randomBytes, scryptSync } from "node:crypto";
import { LIMITS } from "../../../contract/limits.ts";

/**
 * Cost of scrypt, memory-hard on purpose: guessing a value from published evidence takes about 3 ms and 1 MiB
 * per guess.
 */
const COST = { N: 1_024, r: 8, p: 1 } as const;
const DIGEST_BYTES = 16;

/** Salt of this process's trials. Workloads of one run share most values, so each value is digested once. */
const OWN_SALT = randomBytes(16).toString("hex");

export function ownSalt(): string {
  return OWN_SALT;
}

/** Characters of a value for which another digest is counted. */
const CHARACTERS = 64 * 1024;

/** Digests by value, then by salt and place: a long value is held once. */
const known = new Map<string, Map<string, string>>();
let spent = 0;

/**
 * Salted digest of a value at its place (RFC 7914, scrypt), hexadecimal.
 *
 * @param place `env HOST`; the same value at another place has another digest
 * @param most maximum number of digests per run; a value of more than 64 Ki characters counts as several
 * @returns undefined beyond that number, since evidence may contain any number of salts
 */
export function valueDigest(
  salt: string,
  place: string,
  text: string,
  most: number = LIMITS.trialValueDigests,
): string | undefined {
  const digests = known.get(text) ?? new Map<string, string>();
  const key = `${salt} ${place}`;
  const digest = digests.get(key);
  if (digest !== undefined) return digest;
  if (spent >= most) return undefined;
  spent += 1 + Math.floor(text.length / CHARACTERS);
  const made = scryptSync(JSON.stringify([place, text]), Buffer.from(salt, "hex"), DIGEST_BYTES, COST);
  const hex = made.toString("hex");
  known.set(text, digests.set(key, hex));
  return hex;
}
