import { ecosystemOf } from "../../ecosystems/ecosystem.ts";
import { asWritten } from "../../ecosystems/package-names.ts";

/** Keys of a table: advisories by package, CVE facts by CVE, ends of support by product and cycle. */
export function advisoryKey(ecosystem: string, name: string): string {
  const { prefix, nameOf } = advisoryKeys(ecosystem);
  return prefix + nameOf(name);
}

/** Keys of an ecosystem's packages: a prefix, followed by the name in its normal form. */
export interface AdvisoryKeys {
  readonly prefix: string;
  readonly nameOf: (name: string) => string;
}

export function advisoryKeys(ecosystem: string): AdvisoryKeys {
  return { prefix: `a ${familyOf(ecosystem)} `, nameOf: ecosystemOf(ecosystem)?.nameOf ?? asWritten };
}

/** Name to be stored in the row, if the key loses upper case: `JSONStream`. */
export function statedName(ecosystem: string, name: string): string | undefined {
  const { letterCase, nameOf } = ecosystemOf(ecosystem) ?? {};
  return letterCase !== undefined && nameOf?.(name) !== name ? name : undefined;
}

/**
 * Key of the Maven groups of an artifact. The key of "" marks that the table has this index, which older
 * tables lack.
 */
export function groupsKey(artifact: string): string {
  return `g ${artifact}`;
}

export function cveKey(id: string): string {
  return `c ${id}`;
}

export function endOfLifeKey(product: string, cycle: string): string {
  return `e ${product} ${cycle}`;
}

/** Ecosystem without its release, since a distribution's releases share a row: `Debian:13` → `Debian`. */
export function familyOf(ecosystem: string): string {
  const colon = ecosystem.indexOf(":");
  return colon < 0 ? ecosystem : ecosystem.slice(0, colon);
}

/** Release of an ecosystem: `Debian:13` → `13`; "" if there is none. */
export function releaseOf(ecosystem: string): string {
  return ecosystem.slice(familyOf(ecosystem).length + 1);
}
