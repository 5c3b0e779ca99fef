// JWS Compact Serialization: RFC 7515, section 7.1

import { type Fields, isFields, textAt } from "../../json/fields.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import { NotaryRefusal } from "./refusal.ts";

/** Longest token, in characters; those of GitLab and GitHub have some 2,000. */
const MOST = 16_384;

/** A token whose signature is not verified yet. */
export interface UnverifiedToken {
  readonly algorithm: string;
  /** Id of the key; only a hint at one of the issuer's keys. */
  readonly keyId: string;
  readonly claims: Fields;
  /** Bytes that were signed. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Parses a token. Headers that would change what the signature covers (`crit`, `b64`) are refused; headers
 * that contain keys (`jwk`, `jku`, `x5c`, `x5u`) are ignored.
 *
 * @throws NotaryRefusal token-unreadable, token-too-long
 */
export function parseToken(token: string): UnverifiedToken {
  if (token.length > MOST) throw tooLong();
  const parts = token.split(".");
  const [header, payload, signature] = parts.map(decoded);
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined)
    throw unreadable();
  const [head, claims] = [objectOf(header), objectOf(payload)];
  const [algorithm, keyId] = [textAt(head, "alg"), textAt(head, "kid")];
  if (algorithm === undefined || keyId === undefined || "crit" in head || "b64" in head) throw unreadable();
  const signed = Buffer.from(token.slice(0, token.lastIndexOf(".")), "latin1");
  return { algorithm, keyId, claims, signed, signature };
}

/** Bytes of Base64url without padding; undefined if the text is not the canonical encoding of its bytes. */
function decoded(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64url");
  return text !== "" && bytes.toString("base64url") === text ? bytes : undefined;
}

function objectOf(bytes: Uint8Array): Fields {
  try {
    const value = parseSignedJson(bytes, "token");
    if (isFields(value)) return value;
  } catch {
    // All failures give the same message, since the text comes from an unknown client.
  }
  throw unreadable();
}

function tooLong(): NotaryRefusal {
  return new NotaryRefusal(401, "token-too-long", {
    fr: `le jeton d'identité a plus de ${MOST} caractères. Donner le jeton du job tel que la forge l'a émis.`,
    en: `the identity token has more than ${MOST} characters. Give the job's token as the forge issued it.`,
  });
}

function unreadable(): NotaryRefusal {
  return new NotaryRefusal(401, "token-unreadable", {
    fr: "le jeton d'identité n'est pas un JWT signé lisible (en-tête avec alg et kid, contenu, signature, sans extension critique). Donner le jeton du job tel que la forge l'a émis.",
    en: "the identity token is not a readable signed JWT (header with alg and kid, payload, signature, no critical extension). Give the job's token as the forge issued it.",
  });
}
