// Certificate revocation lists: RFC 5280, section 5. Delta lists, indirect lists, and lists of a single
// distribution point are not read: RFC 5280 requires a critical extension in each of them.

import { type KeyObject, verify } from "node:crypto";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { type Certificate, KEY_USAGE, parseExtensions } from "./certificate.ts";
import { type Der, DerError, derTimeOf, expectTag, oidOf, parseDer, sequenceOf, TAG } from "./der.ts";

/** Parsed revocation list; its signature is verified with the issuer's key. */
export interface Crl {
  /** Name of the issuer, DER. */
  readonly issuer: Buffer;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  /** Sequence number of the list. */
  readonly number?: bigint;
  /** Times of revocation by serial number in hexadecimal, milliseconds since 1970. */
  readonly revoked: ReadonlyMap<string, number>;
  isSignedBy(key: KeyObject): boolean;
}

/** Hashes of the signature algorithms: RSA (PKCS#1 v1.5) and ECDSA with SHA-2, Ed25519. */
const HASHES: ReadonlyMap<string, "sha256" | "sha384" | "sha512" | null> = new Map([
  ["1.2.840.113549.1.1.11", "sha256"],
  ["1.2.840.113549.1.1.12", "sha384"],
  ["1.2.840.113549.1.1.13", "sha512"],
  ["1.2.840.10045.4.3.2", "sha256"],
  ["1.2.840.10045.4.3.3", "sha384"],
  ["1.2.840.10045.4.3.4", "sha512"],
  ["1.3.101.112", null],
]);

/**
 * All revocation lists of a PEM text, in order: an issuer may have several lists in it.
 *
 * @param name name of the text in messages: its file
 * @throws UsageError crl-invalid: no list, or one that is not readable
 */
export function parseCrls(pem: string, name: string): readonly Crl[] {
  const [, ...blocks] = pem.split("-----BEGIN X509 CRL-----");
  try {
    if (blocks.length === 0) throw new DerError("no list");
    return blocks.map(crlOfBlock);
  } catch {
    throw new UsageError("crl-invalid", {
      fr: `${quoted(name)} : ce n'est pas une liste de révocation complète en PEM (-----BEGIN X509 CRL-----, avec nextUpdate, signée en SHA-2 ou Ed25519, ni partielle ni différentielle, sans extension critique). La convertir : « openssl crl -inform der -in LISTE ».`,
      en: `${quoted(name)}: not a complete revocation list in PEM (-----BEGIN X509 CRL-----, with nextUpdate, signed with SHA-2 or Ed25519, neither partial nor a delta, without a critical extension). Convert it: \`openssl crl -inform der -in LIST\`.`,
    });
  }
}

/** @param block text behind the line that begins a list @throws DerError */
function crlOfBlock(block: string): Crl {
  const [, base64] = /^([A-Za-z0-9+/=\s]*)-----END X509 CRL-----/.exec(block) ?? [];
  if (base64 === undefined) throw new DerError("no end");
  return crlOf(parseDer(Buffer.from(base64, "base64")));
}

function crlOf(list: Der): Crl {
  const [body, algorithm, signature, ...others] = sequenceOf(list);
  const hash = HASHES.get(oidOf(sequenceOf(algorithm)[0]));
  const { whole } = expectTag(body, TAG.sequence);
  const { content } = expectTag(signature, TAG.bitString);
  if (hash === undefined || others.length > 0 || content[0] !== 0) throw new DerError("revocation list");
  const fields = [...sequenceOf(body)];
  if (fields[0]?.tag === TAG.integer) fields.shift();
  const [inside, issuer, thisUpdate, nextUpdate, ...rest] = fields;
  if (inside?.whole.equals(algorithm?.whole ?? Buffer.alloc(0)) !== true) throw new DerError("algorithm");
  const entries = rest.find(({ tag }) => tag === TAG.sequence);
  const number = listNumber(rest.find(({ tag }) => tag === 0xa0));
  return {
    issuer: expectTag(issuer, TAG.sequence).whole,
    thisUpdate: derTimeOf(thisUpdate),
    nextUpdate: derTimeOf(nextUpdate),
    ...(number === undefined ? {} : { number }),
    revoked: new Map(entries === undefined ? [] : sequenceOf(entries).map(entryOf)),
    isSignedBy: (key) => verify(hash, whole, key, content.subarray(1)),
  };
}

const CRL_NUMBER = "2.5.29.20";
/** Marks of a delta list (deltaCRLIndicator) and of a partial one (issuingDistributionPoint). */
const PARTIAL = ["2.5.29.27", "2.5.29.28"];

function listNumber(field: Der | undefined): bigint | undefined {
  if (field === undefined) return undefined;
  const { extensions, critical } = parseExtensions(parseDer(field.content));
  if (critical.length > 0 || PARTIAL.some((oid) => extensions.has(oid))) throw new DerError("partial list");
  const value = extensions.get(CRL_NUMBER);
  if (value === undefined) return undefined;
  return BigInt(`0x${expectTag(parseDer(value), TAG.integer).content.toString("hex")}`);
}

function entryOf(entry: Der): readonly [string, number] {
  const [serial, date, extensions] = sequenceOf(entry);
  refuseCritical(extensions);
  return [expectTag(serial, TAG.integer).content.toString("hex"), derTimeOf(date)];
}

function refuseCritical(extensions: Der | undefined): void {
  if (parseExtensions(extensions).critical.length > 0) throw new DerError("critical extension");
}

/** Result of the revocation lists for a path. */
export interface Revocation {
  /** Earliest time from which a certificate of the path is revoked; absent if none is. */
  readonly from?: number;
  /**
   * Time until which all consulted lists are valid; absent if an issuer has no list that is already valid.
   */
  readonly listsUntil?: number;
}

/**
 * Revocations on a path, by the latest list of each issuer that has begun at a time.
 *
 * @param path certificates from the leaf to a trusted certificate, which the policy itself withdraws
 * @returns function of the time, milliseconds since 1970; undefined if an issuer on the path has no list
 */
export function revocationOf(
  path: readonly Certificate[],
  crls: readonly Crl[],
): ((at: number) => Revocation) | undefined {
  const issued = path.slice(0, -1).map(({ serial }, index) => {
    const issuer = path[index + 1];
    const lists = crls.filter((one) => issuer !== undefined && isListOf(one, issuer));
    return { serial: serial.toString("hex"), lists };
  });
  if (issued.some(({ lists }) => lists.length === 0)) return undefined;
  return (at) => {
    const latest = issued.map(({ serial, lists }) => {
      const begun = latestOf(lists.filter(({ thisUpdate }) => thisUpdate <= at));
      const from = Math.min(...begun.map(({ revoked }) => revoked.get(serial) ?? Number.POSITIVE_INFINITY));
      return { from, until: Math.max(...begun.map(({ nextUpdate }) => nextUpdate)) };
    });
    const from = Math.min(...latest.map((one) => one.from));
    const listsUntil = Math.min(...latest.map(({ until }) => until));
    return {
      ...(Number.isFinite(from) ? { from } : {}),
      ...(listsUntil === Number.NEGATIVE_INFINITY ? {} : { listsUntil }),
    };
  };
}

/** Latest lists by date, then by number; several lists if date and number are equal. */
function latestOf(lists: readonly Crl[]): readonly Crl[] {
  const time = Math.max(...lists.map(({ thisUpdate }) => thisUpdate));
  const last = lists.filter(({ thisUpdate }) => thisUpdate === time);
  return last.filter(({ number }) => {
    if (number === undefined) return true;
    return !last.some((one) => one.number !== undefined && one.number > number);
  });
}

/** Revocations in all lists, including past lists, for certificates that may have expired. */
export interface ArchivedRevocation {
  /** Earliest time from which a certificate of the path is revoked, by any list; absent if none is. */
  readonly from?: number;
  /**
   * Whether each issuer has a list made between the relevant time and the certificate's expiry: later lists
   * may omit expired certificates (RFC 5280, section 3.3).
   */
  readonly isCovered: boolean;
}

/** @param signedAt time of the signature, milliseconds since 1970; further parameters as revocationOf() */
export function archivedRevocation(
  path: readonly Certificate[],
  crls: readonly Crl[],
  signedAt: number,
): ArchivedRevocation {
  let [from, isCovered] = [Number.POSITIVE_INFINITY, true];
  for (const [index, { serial, notAfter }] of path.slice(0, -1).entries()) {
    const issuer = path[index + 1];
    const lists = crls.filter((one) => issuer !== undefined && isListOf(one, issuer));
    isCovered &&= lists.some(({ thisUpdate }) => signedAt <= thisUpdate && thisUpdate <= notAfter);
    from = Math.min(from, ...lists.map(({ revoked }) => revoked.get(serial.toString("hex")) ?? from));
  }
  return Number.isFinite(from) ? { from, isCovered } : { isCovered };
}

function isListOf(list: Crl, { subject, key, keyUsage }: Certificate): boolean {
  const mayList = keyUsage === undefined || keyUsage[KEY_USAGE.crlSign] === true;
  return mayList && list.issuer.equals(subject) && list.isSignedBy(key);
}
