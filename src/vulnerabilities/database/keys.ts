import { ecosystemOf } from "../ecosystems/ecosystem.ts";
import { asWritten } from "../ecosystems/package-names.ts";

/** What stands in a table: advisories by package, facts by CVE, ends of support by product and cycle. */
export function advisoryKey(ecosystem: string, name: string): string {
  const { prefix, nameOf } = advisoryKeys(ecosystem);
  return prefix + nameOf(name);
}

/** Of an ecosystem's packages: their key is this prefix and their name in its one form. */
export interface AdvisoryKeys {
  readonly prefix: string;
  readonly nameOf: (name: string) => string;
}

export function advisoryKeys(ecosystem: string): AdvisoryKeys {
  return { prefix: `a ${familyOf(ecosystem)} `, nameOf: ecosystemOf(ecosystem)?.nameOf ?? asWritten };
}

/** The name that a row has to state, because its key does not tell it: `JSONStream`. */
export function statedName(ecosystem: string, name: string): string | undefined {
  const { letterCase, nameOf } = ecosystemOf(ecosystem) ?? {};
  return letterCase !== undefined && nameOf?.(name) !== name ? name : undefined;
}

/**
 * Groups of Maven of which records name an artifact; under "" stands that the table knows them at all:
 * older ones do not.
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

/** `Debian:13` is of Debian: the releases of a distribution share a row. */
export function familyOf(ecosystem: string): string {
  const colon = ecosystem.indexOf(":");
  return colon < 0 ? ecosystem : ecosystem.slice(0, colon);
}

/** The release of an ecosystem, `13`; "" where it has none. */
export function releaseOf(ecosystem: string): string {
  return ecosystem.slice(familyOf(ecosystem).length + 1);
}
