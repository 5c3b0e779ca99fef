// Path validation: RFC 5280, section 6, without policies. A certificate with critical policies is refused.

import { type Certificate, CODE_SIGNING, KEY_USAGE } from "./certificate.ts";
import { DerError } from "./der.ts";
import { allowsNames } from "./name-constraints.ts";

/** Maximum number of certificates on a path, and of signatures verified in search of a path. */
const MOST = { length: 8, signatures: 64 };

/** Any extended usage. */
const ANY_USAGE = "2.5.29.37.0";

/**
 * Path from a leaf to a trusted certificate; or the first certificate of a path that was not allowed to issue
 * the certificate below it. Undefined if there is no path.
 */
export type Path = { readonly path: readonly Certificate[] } | { readonly unfit: Certificate } | undefined;

/**
 * Searches a path from a leaf to the first trusted certificate. The caller checks times and revocations.
 *
 * @param others untrusted certificates that may be intermediates
 * @param trusted certificates of authorities
 * @param usage extended usage required of authorities that have extended usages
 */
export function findPath(
  leaf: Certificate,
  others: readonly Certificate[],
  trusted: readonly Certificate[],
  usage = CODE_SIGNING,
): Path {
  return new PathSearch(others, trusted, usage).from([leaf]);
}

class PathSearch {
  readonly #candidates: readonly Certificate[];
  readonly #trusted: ReadonlySet<Certificate>;
  readonly #usage: string;
  #signatures = 0;

  constructor(others: readonly Certificate[], trusted: readonly Certificate[], usage: string) {
    this.#candidates = [...trusted, ...others];
    this.#trusted = new Set(trusted);
    this.#usage = usage;
  }

  from(path: readonly Certificate[]): Path {
    let unfit: Path;
    for (const issuer of this.#issuersOf(path)) {
      const longer = [...path, issuer];
      if (!mayIssue(issuer, path, this.#usage)) {
        unfit ??= { unfit: issuer };
        continue;
      }
      const found = this.#trusted.has(issuer) ? { path: longer } : this.from(longer);
      if (found !== undefined && "path" in found) return found;
      unfit ??= found;
    }
    return unfit;
  }

  /** Certificates that issued the last certificate of a path, and that are not on the path yet. */
  #issuersOf(path: readonly Certificate[]): readonly Certificate[] {
    const last = path.at(-1);
    if (last === undefined || path.length >= MOST.length) return [];
    return this.#candidates.filter((one) => {
      if (!one.subject.equals(last.issuer) || path.includes(one)) return false;
      this.#signatures++;
      return this.#signatures <= MOST.signatures && last.isIssuedBy(one.key);
    });
  }
}

/** @param below leaf, then the authorities between */
function mayIssue(authority: Certificate, below: readonly Certificate[], usage: string): boolean {
  const { isCa, keyUsage, pathLength, extendedUsage, unknownCritical } = authority;
  return (
    isCa &&
    unknownCritical.length === 0 &&
    (keyUsage === undefined || keyUsage[KEY_USAGE.keyCertSign] === true) &&
    (pathLength === undefined || below.length - 1 <= pathLength) &&
    below.every((one) => areNamesAllowed(authority, one)) &&
    (extendedUsage === undefined || extendedUsage.some((one) => one === usage || one === ANY_USAGE))
  );
}

/**
 * Whether an authority's constraints allow the names of a certificate below it. Unreadable constraints allow no name.
 */
function areNamesAllowed(authority: Certificate, below: Certificate): boolean {
  try {
    return allowsNames(authority, below);
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}
