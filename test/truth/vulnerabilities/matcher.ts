import { NativeOrders } from "./native-orders.ts";
import type { OsvAffected, OsvRange, OsvRecord } from "./osv-records.ts";

/** A package at a version, in OSV's words. */
export interface OsvComponent {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
}

export interface Expected {
  /** Ids of records that affect the component. */
  readonly affects: ReadonlySet<string>;
  /** Ids of records of which no program can tell. */
  readonly untold: ReadonlySet<string>;
}

/** Schemes of versions by ecosystem, for ranges of type ECOSYSTEM and for lists of versions. */
const SCHEMES: Readonly<Record<string, string>> = {
  npm: "semver",
  "crates.io": "semver",
  Bitnami: "semver",
  Go: "Go",
  PyPI: "PEP 440",
  Maven: "Maven",
  RubyGems: "RubyGems",
  Packagist: "Composer",
  NuGet: "NuGet",
  Debian: "dpkg",
  Ubuntu: "dpkg",
  AlmaLinux: "rpm",
  "Rocky Linux": "rpm",
  "Red Hat": "rpm",
  Alpine: "apk",
  Wolfi: "apk",
  Chainguard: "apk",
};

export const ECOSYSTEMS = Object.keys(SCHEMES);

/** Ecosystem without its release: `Debian` of `Debian:13`. */
export function familyOf(ecosystem: string): string {
  return ecosystem.split(":")[0] ?? ecosystem;
}

/** Name as an ecosystem compares it. */
export function nameIn(ecosystem: string, name: string): string {
  const family = familyOf(ecosystem);
  if (family === "PyPI") return name.toLowerCase().replace(/[-_.]+/g, "-");
  return ["NuGet", "Packagist"].includes(family) ? name.toLowerCase() : name;
}

/** Matches components with records by OSV's algorithm and the ecosystems' own programs. */
export class IndependentMatcher {
  readonly #entries = new Map<string, { readonly id: string; readonly affected: OsvAffected }[]>();
  readonly #orders = new Map<string, NativeOrders>();

  constructor(records: readonly OsvRecord[]) {
    for (const record of records) {
      if (typeof record.withdrawn === "string") continue;
      for (const affected of record.affected ?? []) {
        if (affected.package === undefined) continue;
        const { ecosystem, name } = affected.package;
        const key = `${ecosystem} ${nameIn(ecosystem, name)}`;
        this.#entries.set(key, [...(this.#entries.get(key) ?? []), { id: record.id, affected }]);
      }
    }
  }

  match(components: readonly OsvComponent[]): readonly Expected[] {
    for (;;) {
      const found = components.map((component) => this.#expected(component));
      const asked = [...this.#orders.values()].map((orders) => orders.ask());
      if (!asked.includes(true)) return found;
    }
  }

  #expected({ ecosystem, name, version }: OsvComponent): Expected {
    const affects = new Set<string>();
    const untold = new Set<string>();
    for (const { id, affected } of this.#entries.get(`${ecosystem} ${nameIn(ecosystem, name)}`) ?? []) {
      const answer = this.#isAffected(familyOf(ecosystem), affected, version);
      if (answer === true) affects.add(id);
      else if (answer === undefined) untold.add(id);
    }
    return { affects, untold: new Set([...untold].filter((id) => !affects.has(id))) };
  }

  /** undefined: no program can tell. */
  #isAffected(
    family: string,
    { ranges = [], versions = [] }: OsvAffected,
    version: string,
  ): boolean | undefined {
    const own = this.#ordersOf(SCHEMES[family] ?? "");
    if (versions.some((one) => one === version || own.of(spelt(family, version), spelt(family, one)) === 0))
      return true;
    const answers = ranges
      .filter(({ type }) => type !== "GIT")
      .map((range) => {
        const isSemver = range.type === "SEMVER" && family !== "Go";
        const orders = isSemver ? this.#ordersOf("semver") : own;
        const stated = spelt(family, version);
        // What is no version is in no order, not even after the 0 with which a range may begin.
        if (orders.of(stated, stated) !== 0) return undefined;
        return isWithin(range, (event) => orders.of(spelt(family, version), spelt(family, event)));
      });
    if (answers.includes(true)) return true;
    return answers.includes(undefined) ? undefined : false;
  }

  #ordersOf(scheme: string): NativeOrders {
    const known = this.#orders.get(scheme) ?? new NativeOrders(scheme);
    this.#orders.set(scheme, known);
    return known;
  }
}

/** Version with three numbers: Bitnami, and some records of RustSec, leave zeros out that SemVer asks for. */
function spelt(family: string, version: string): string {
  if (family !== "Bitnami" && family !== "crates.io") return version;
  const [, major, minor = "0", patch = "0", rest = ""] =
    /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?![\d.])(.*)$/.exec(version) ?? [];
  return major === undefined ? version : `${Number(major)}.${Number(minor)}.${Number(patch)}${rest}`;
}

/**
 * Whether a version is in a range: events are pairs of a beginning and an end, in the record's order
 * (https://ossf.github.io/osv-schema/#evaluation).
 *
 * @param orderTo order of the version to an event's
 */
function isWithin(
  { events }: OsvRange,
  orderTo: (event: string) => -1 | 0 | 1 | undefined,
): boolean | undefined {
  const all = events.flatMap((event) => Object.entries(event));
  const limits = all
    .filter(([kind]) => kind === "limit")
    .map(([, limit]) => (limit === "*" ? -1 : orderTo(limit)));
  if (limits.includes(undefined)) return undefined;
  if (limits.length > 0 && !limits.includes(-1)) return false;
  let isTold = true;
  let isIn = false;
  for (const [kind, event] of all) {
    if (kind === "limit") continue;
    const order = event === "0" ? 1 : orderTo(event);
    if (order === undefined) isTold = false;
    else if (kind === "introduced") {
      if (isIn && isTold) continue;
      isIn = order >= 0;
    } else if (kind === "fixed" ? order >= 0 : order > 0) isIn = false;
    else if (isIn && isTold) return true;
  }
  if (!isTold) return undefined;
  return isIn;
}
