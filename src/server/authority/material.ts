import { createPrivateKey, X509Certificate } from "node:crypto";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { CertifiedKey } from "./authority.ts";

/** Parsed certificate with its private key. */
export interface ReadKey extends CertifiedKey {
  readonly x509: X509Certificate;
  /** Start of the validity, in milliseconds as Date.now(). */
  readonly from: number;
  readonly until: number;
}

/** Authorities and certificate of the server. */
export interface TlsMaterial {
  /**
   * Certificate authorities, the newest last. There are several while a new authority replaces an old one.
   */
  readonly authorities: readonly ReadKey[];
  /** Certificate of the server; absent if no certificate was made yet. */
  readonly leaf?: ReadKey;
}

/** PEM texts by name, as in a Secret; the texts of several authorities are concatenated. */
export interface TlsTexts {
  readonly "ca.crt": string;
  readonly "ca.key": string;
  readonly "tls.crt": string;
  readonly "tls.key": string;
}

/** Maximum number of authorities: two are usual, during the last two of an authority's ten years. */
const MOST_AUTHORITIES = 8;

const PRIVATE_KEYS = /-----BEGIN PRIVATE KEY-----[A-Za-z0-9+/=\s]{1,16384}-----END PRIVATE KEY-----/g;
const CERTIFICATES = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,16384}-----END CERTIFICATE-----/g;

/**
 * Reads a material.
 *
 * @param texts empty if no texts are stored yet
 * @param place place of the texts, for messages
 * @throws InvalidInputError tls-material: unreadable texts are never replaced, since the webhooks trust their
 * authority
 */
export function readMaterial(texts: Readonly<Record<string, string>>, place: string): TlsMaterial {
  const keys = texts["ca.key"]?.match(PRIVATE_KEYS) ?? [];
  const certificates = texts["ca.crt"]?.match(CERTIFICATES) ?? [];
  const isEmpty = Object.keys(NAMES).every((name) => (texts[name] ?? "").trim() === "");
  if (isEmpty) return { authorities: [] };
  if (certificates.length === 0 || certificates.length !== keys.length || keys.length > MOST_AUTHORITIES) {
    throw unreadable(place);
  }
  const read = (cert: string | undefined, key: string | undefined) => readKey(cert, key, place);
  const authorities = certificates.map((cert, index) => read(cert, keys[index]));
  const [cert] = texts["tls.crt"]?.match(CERTIFICATES) ?? [];
  if (cert === undefined) return { authorities };
  return { authorities, leaf: read(cert, texts["tls.key"]?.match(PRIVATE_KEYS)?.[0]) };
}

/** @throws as readMaterial() */
export function readKey(cert: string | undefined, key: string | undefined, place: string): ReadKey {
  if (cert === undefined || key === undefined) throw unreadable(place);
  try {
    const x509 = new X509Certificate(cert);
    if (!x509.checkPrivateKey(createPrivateKey(key))) throw unreadable(place);
    const [from, until] = [x509.validFromDate.getTime(), x509.validToDate.getTime()];
    return { cert: lined(cert), key: lined(key), x509, from, until };
  } catch (cause) {
    throw unreadable(place, cause);
  }
}

export function writeMaterial({ authorities, leaf }: TlsMaterial): TlsTexts {
  return {
    "ca.crt": authorities.map(({ cert }) => cert).join(""),
    "ca.key": authorities.map(({ key }) => key).join(""),
    "tls.crt": leaf?.cert ?? "",
    "tls.key": leaf?.key ?? "",
  };
}

const NAMES = { "ca.crt": 0, "ca.key": 0, "tls.crt": 0, "tls.key": 0 };

function lined(text: string): string {
  return `${text.trimEnd()}\n`;
}

function unreadable(place: string, cause?: unknown): InvalidInputError {
  return new InvalidInputError(
    "tls-material",
    {
      fr: `${quoted(place)} ne contient pas d'autorité lisible (ca.crt, ca.key) avec son certificat (tls.crt, tls.key). Le rétablir d'une sauvegarde ; ou le vider, ce qui crée une nouvelle autorité, puis appliquer de nouveau les webhooks avec elle.`,
      en: `${quoted(place)} contains no readable authority (ca.crt, ca.key) with its certificate (tls.crt, tls.key). Restore it from a backup; or empty it, which creates a new authority, then apply the webhooks again with it.`,
    },
    { cause },
  );
}
