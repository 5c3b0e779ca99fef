import { isIP } from "node:net";
import { issueLeaf, LEAF_MS, newAuthority } from "./authority.ts";
import { type ReadKey, readKey, type TlsMaterial } from "./material.ts";

/** Circumstances of a renewal. */
export interface Renewal {
  /** DNS names and IP addresses that the certificate must contain. */
  readonly names: readonly string[];
  /** Current time in milliseconds as Date.now(), by the clock that verifies the certificate. */
  readonly now: number;
  /**
   * Certificates (DER, base64) that every webhook trusts; absent if the webhooks are unknown, or if there are
   * no webhooks.
   */
  readonly trusted?: ReadonlySet<string>;
}

/** Share of a certificate's validity after which its successor is made. */
const RENEWED_AT = 2 / 3;
/** Milliseconds before an authority's end at which its successor is made and published: two years. */
const OVERLAP_MS = 730 * 24 * 60 * 60_000;
/** Milliseconds before an authority's end from which the authority signs no more certificates. */
const LAST_MS = 24 * 60 * 60_000;

/**
 * Material after all due renewals; the same object if none is due. If the webhooks' trust is known, a new
 * authority signs its first certificate once every webhook trusts that authority, or during the last day of
 * the previous authority.
 */
export function renewed(material: TlsMaterial, renewal: Renewal): TlsMaterial {
  const authorities = authoritiesOf(material.authorities, renewal.now);
  const { leaf } = material;
  if (leaf !== undefined && isFit(leaf, authorities, renewal)) {
    return authorities === material.authorities ? material : { authorities, leaf };
  }
  const issuer = issuerOf(authorities, renewal);
  const { cert, key } = issueLeaf(issuer, renewal.names, { now: renewal.now, until: issuer.until });
  return { authorities, leaf: readKey(cert, key, "tls.crt") };
}

/** Authorities that have not ended, with a new authority if the newest ends within the overlap. */
function authoritiesOf(before: readonly ReadKey[], now: number): readonly ReadKey[] {
  const counting = before.filter(({ until }) => until > now);
  const newest = counting.at(-1);
  if (newest !== undefined && newest.until - now > OVERLAP_MS) {
    return counting.length === before.length ? before : counting;
  }
  const { cert, key } = newAuthority(now);
  return [...counting, readKey(cert, key, "ca.crt")];
}

/** Newest trusted authority; without one, the oldest authority that outlives a certificate. */
function issuerOf(authorities: readonly ReadKey[], renewal: Renewal): ReadKey {
  const trusted = authorities.findLast((authority) => isTrusted(authority, renewal));
  const lasting = authorities.find(({ until }) => until - renewal.now > LEAF_MS);
  const issuer = trusted ?? lasting ?? authorities.at(-1);
  if (issuer === undefined) throw new RangeError("no authority");
  return issuer;
}

/** Whether the webhooks trust an authority that does not end soon. */
function isTrusted({ x509, until }: ReadKey, { trusted, now }: Renewal): boolean {
  return until - now > LAST_MS && trusted?.has(x509.raw.toString("base64")) === true;
}

/** Whether the certificate can stay in use. */
function isFit({ x509, from, until }: ReadKey, authorities: readonly ReadKey[], renewal: Renewal): boolean {
  if (renewal.now >= from + (until - from) * RENEWED_AT) return false;
  const issuer = authorities.find((authority) => x509.verify(authority.x509.publicKey));
  if (issuer === undefined) return false;
  const isAnotherTrusted =
    !isTrusted(issuer, renewal) && authorities.some((authority) => isTrusted(authority, renewal));
  if (isAnotherTrusted) return false;
  return renewal.names.every(
    (name) => (isIP(name) === 0 ? x509.checkHost(name) : x509.checkIP(name)) !== undefined,
  );
}
