import { isDistributions } from "../../contract/distribution-packages.ts";
import type { OsFacts, PackageFacts } from "../../contract/package-facts.ts";
import type { VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";
import { recordedData } from "../database/recorded-answers.ts";
import type { ComparedComponent, VulnerabilityDatabase } from "../database.ts";
import { findingsOf } from "./component-findings.ts";
import { releaseOf } from "./distribution-release.ts";
import { aliasesOf, type HeldData, type LookUp, type LookUps, lookUpsOf } from "./look-ups.ts";
import { type MatchedComponent, placeOf } from "./matched-component.ts";
import { isInert } from "./metapackages.ts";
import { RecordsOf } from "./records-of.ts";

/** What the comparison of a component depends on, besides the data: not on its place, nor on its image. */
interface Compared extends Pick<MatchedComponent, "os" | "isOtherTools" | "ofDistribution"> {
  readonly purl: string;
  readonly facts: PackageFacts;
  /** Set if the component cannot be compared, so that only its look-ups are asked. */
  readonly isIncomplete?: true;
  /** Other names by which the component is loaded. */
  readonly aliases: readonly string[];
}

/**
 * Returns a function that compares components of one image or document with the data.
 *
 * @param isListed whether the components list a module of a Go path
 */
export function componentComparer(
  data: VulnerabilityDatabase,
  isListed: HeldData["isListed"],
): (component: MatchedComponent, purl: string, aliases: Iterable<string>) => ComparedComponent {
  const { memory } = data;
  const held = heldData(data, isListed);
  return (component, purl, aliases) => {
    const one = comparedOf(component, purl, aliases);
    // In a document, other components decide which Go module encloses a path.
    if (memory === undefined || one.isOtherTools === true) return compared(one, held, data);
    const key = JSON.stringify(one);
    const known = memory.get(key);
    if (known !== undefined) return known.result;
    const recorded = recordedData(data);
    const result = compared(one, heldData(recorded.data, isListed), recorded.data);
    memory.set(key, { result, answers: recorded.answers });
    return result;
  };
}

/** A finding at the place of a component. */
export function placed(finding: VulnerabilityFinding, component: MatchedComponent): VulnerabilityFinding {
  const ofBase = component.ofBase === undefined ? {} : { ofBase: component.ofBase };
  return { ...finding, component: { ...finding.component, ...placeOf(component), ...ofBase } };
}

interface ComparedData extends HeldData {
  readonly records: RecordsOf;
}

function heldData(data: VulnerabilityDatabase, isListed: HeldData["isListed"]): ComparedData {
  return {
    holds: (ecosystem) => data.holds(ecosystem),
    groupsOf: (artifact) => data.groupsOf(artifact),
    records: new RecordsOf(data),
    isListed,
  };
}

/** A component without all that plays no part, so that nothing else can. */
function comparedOf(
  { facts, os, isOtherTools, ofDistribution, missing = [] }: MatchedComponent,
  purl: string,
  aliases: Iterable<string>,
): Compared {
  const { type, namespace, groupGuessed, name, version, source, qualifiers } = facts;
  // Images of other distributions have the same packages of a language.
  const isOfRelease = isDistributions(facts) || ofDistribution === true;
  return {
    purl,
    facts: {
      type,
      ...(namespace === undefined ? {} : { namespace }),
      ...(groupGuessed === undefined ? {} : { groupGuessed }),
      name,
      version,
      ...(source === undefined ? {} : { source }),
      ...(qualifiers === undefined ? {} : { qualifiers }),
    },
    ...(os === undefined || !isOfRelease ? {} : { os: released(os) }),
    ...(isOtherTools === undefined ? {} : { isOtherTools }),
    ...(ofDistribution === undefined ? {} : { ofDistribution }),
    ...(missing.some((why) => why !== "upstream") ? { isIncomplete: true } : {}),
    aliases: [...aliases],
  };
}

/** Facts of an os-release that name the release, as one object for each object of facts. */
const RELEASED = new WeakMap<OsFacts, OsFacts>();

function released(os: OsFacts): OsFacts {
  const { id, version } = os;
  const known = RELEASED.get(os) ?? { id, ...(version === undefined ? {} : { version }) };
  RELEASED.set(os, known);
  return known;
}

function compared(one: Compared, held: ComparedData, data: VulnerabilityDatabase): ComparedComponent {
  const { purl, facts, os, aliases } = one;
  const asked = askedOf(one, held);
  if (asked === undefined) return { isInert: true, findings: [] };
  if (one.isIncomplete === true) return { findings: [] };
  // Distributions fix vulnerabilities without changing the version on which the language's records are based.
  if (one.ofDistribution === true && isLookedAfter(os, data)) return { findings: [] };
  if ("why" in asked) return { lack: asked, findings: [] };
  const { lookUps: own, lack, isSource } = asked;
  const lookUps = [...own, ...aliasesOf(own, aliases)];
  const source = isSource === undefined ? {} : { isSource };
  return {
    ...(lack === undefined ? { ecosystem: own[0]?.ecosystem ?? "" } : { lack }),
    findings: findingsOf({ facts, purl, lookUps, ...source }, held.records, data),
  };
}

/**
 * Queries for a component. Records of a source package are about running code, so an inert package is
 * compared only with records that name the package itself; undefined if there are none.
 */
function askedOf({ facts, os, isOtherTools }: Compared, held: HeldData): LookUps | undefined {
  const asked = lookUpsOf(facts, os, held, isOtherTools);
  if (!isInert(facts)) return asked;
  if ("why" in asked) return undefined;
  const isOwn = ({ ecosystem, name }: LookUp) =>
    name === facts.name && held.records.of(ecosystem, name).length > 0;
  const lookUps = asked.lookUps.filter(isOwn);
  return lookUps.length === 0 ? undefined : { ...asked, lookUps };
}

/** Whether the data cover the release; otherwise only records of the language apply. */
function isLookedAfter(os: OsFacts | undefined, data: Pick<VulnerabilityDatabase, "holds">): boolean {
  const release = os === undefined ? undefined : releaseOf(os);
  return release?.ecosystems.some((ecosystem) => data.holds(ecosystem)) === true;
}
