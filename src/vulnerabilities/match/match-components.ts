import { isDistributions } from "../../contract/distribution-packages.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { PackageFacts } from "../../contract/package-facts.ts";
import {
  type UnmatchedComponents,
  VULNERABILITY_LEVELS,
  type VulnerabilityFacts,
  type VulnerabilityFinding,
} from "../../contract/vulnerability-facts.ts";
import { purlOf } from "../../sbom/purl.ts";
import type { VulnerabilityDatabase } from "../database.ts";
import { componentComparer, placed } from "./compared-component.ts";
import { Support } from "./end-of-life.ts";
import { type MatchedComponent, placeOf } from "./matched-component.ts";

/**
 * Matches components of an image, a document or stored evidence with vulnerability data. Components with the
 * same purl are merged.
 *
 * @param today day of matching, `YYYY-MM-DD`
 */
export function matchComponents(
  components: readonly MatchedComponent[],
  data: VulnerabilityDatabase,
  today: string,
): VulnerabilityFacts {
  const unmatched = new Unmatched();
  const comparedTo = componentComparer(data, listedModules(components));
  const findings: VulnerabilityFinding[] = [];
  const support = new Support(data, today);
  const aliases = aliasesByPurl(components);
  const counts = new Map<string, number>();
  let inert = 0;
  for (const [purl, component] of byPurl(components)) {
    const { facts, os, missing = [] } = component;
    const {
      isInert,
      lack,
      ecosystem,
      findings: found,
    } = comparedTo(component, purl, aliases.get(purl) ?? []);
    if (isInert === true) {
      inert += 1;
      continue;
    }
    if (isDistributions(facts) && os !== undefined) support.distribution(os);
    if (facts.type === "generic") support.runtime({ ...facts, purl });
    for (const why of missing) unmatched.add({ why, ecosystem: facts.type }, purl, component);
    if (lack !== undefined) unmatched.add(lack, purl, component);
    if (ecosystem !== undefined) counts.set(ecosystem, (counts.get(ecosystem) ?? 0) + 1);
    for (const finding of found) findings.push(placed(finding, component));
  }
  const sorted = findings.toSorted(byGravity);
  const kept = sorted.slice(0, LIMITS.vulnerabilityFindings);
  return {
    matched: today,
    sources: data.sources,
    compared: [...counts]
      .toSorted(([a], [b]) => compare(a, b))
      .map(([ecosystem, number]) => ({ ecosystem, components: number })),
    inert,
    findings: kept,
    ...(kept.length < sorted.length ? { cut: true } : {}),
    unmatched: unmatched.all(),
    endOfLife: support.ended,
    ...(support.unknown.length === 0 ? {} : { supportUnknown: support.unknown }),
    ...(support.extended.length === 0 ? {} : { extendedSupport: support.extended }),
  };
}

/**
 * Function that returns whether the components list a module of a Go path; their names are collected at the
 * first call.
 */
function listedModules(components: readonly MatchedComponent[]): (path: string) => boolean {
  let listed: ReadonlySet<string> | undefined;
  return (path) => {
    listed ??= new Set(components.flatMap(({ facts }) => (facts.type === "golang" ? moduleName(facts) : [])));
    return listed.has(path.toLowerCase());
  };
}

function moduleName({ namespace, name }: PackageFacts): string {
  return (namespace === undefined ? name : `${namespace}/${name}`).toLowerCase();
}

/** First component of each purl, sorted, so that the input's order does not matter. */
function byPurl(components: readonly MatchedComponent[]): readonly (readonly [string, MatchedComponent])[] {
  const found = new Map<string, MatchedComponent>();
  for (const component of components) {
    const purl = component.purl ?? purlOf(component.facts, component.os);
    const known = found.get(purl);
    // A package at two places is the distribution's only if both are.
    const isMore = known?.ofDistribution === true && component.ofDistribution === undefined;
    // A field that is missing at one place counts as missing.
    const isLess = known !== undefined && known.missing === undefined && component.missing !== undefined;
    if (known === undefined || isMore || isLess) found.set(purl, component);
  }
  // Sorted by code units, since a comparison function would take longer than all queries.
  return [...found.keys()].toSorted().flatMap((purl) => {
    const component = found.get(purl);
    return component === undefined ? [] : [[purl, component] as const];
  });
}

/** Alias names of components with the same purl, which are in folders with different names. */
function aliasesByPurl(components: readonly MatchedComponent[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { facts, os, purl } of components) {
    if (facts.alias === undefined) continue;
    const key = purl ?? purlOf(facts, os);
    found.set(key, (found.get(key) ?? new Set()).add(facts.alias));
  }
  return found;
}

/**
 * Order of findings: blocking first, then by severity, then by name, so that the same data give the same
 * order.
 */
export function byGravity(a: VulnerabilityFinding, b: VulnerabilityFinding): number {
  return (
    Number(isBlocking(b)) - Number(isBlocking(a)) ||
    VULNERABILITY_LEVELS.indexOf(a.severity.level) - VULNERABILITY_LEVELS.indexOf(b.severity.level) ||
    compare(a.id, b.id) ||
    compare(a.component.purl, b.component.purl)
  );
}

function isBlocking({ isMalware, exploited }: VulnerabilityFinding): boolean {
  return isMalware === true || exploited.length > 0;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

class Unmatched {
  readonly #groups = new Map<string, UnmatchedComponents>();

  add(
    { why, ecosystem }: Pick<UnmatchedComponents, "why" | "ecosystem">,
    purl: string,
    component: MatchedComponent,
  ): void {
    const key = `${why} ${ecosystem}`;
    const { count = 0, components = [] } = this.#groups.get(key) ?? {};
    const place = { purl, ...placeOf(component) };
    const named = components.length < LIMITS.unmatchedNamed ? [...components, place] : components;
    this.#groups.set(key, { why, ecosystem, count: count + 1, components: named });
  }

  all(): readonly UnmatchedComponents[] {
    return [...this.#groups].toSorted(([a], [b]) => compare(a, b)).map(([, group]) => group);
  }
}
