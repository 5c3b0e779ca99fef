import { isDistributions } from "../../contract/distribution-packages.ts";
import type { OsFacts, PackageFacts } from "../../contract/package-facts.ts";
import type { UnmatchedReason } from "../../contract/vulnerability-facts.ts";
import type { VulnerabilityDatabase } from "../database.ts";
import { ecosystemOfType } from "../ecosystems/purl-types.ts";
import { releaseOf } from "./distribution-release.ts";
import { enclosingModule, type KnownModules } from "./go-modules.ts";
import { bitnamiName, bitnamiVersion } from "./runtime-names.ts";

/** A query for a component. */
export interface LookUp {
  /** Ecosystem in OSV's form. */
  readonly ecosystem: string;
  readonly name: string;
  /** Version of the named package: the source package's, if that is looked up. */
  readonly version: string;
  /** Set for the name by which the package is loaded, if different from its declared name. */
  readonly isAlias?: true;
  /**
   * Set if another tool may have converted the name to lower case: records of names that differ only in case
   * then count, too.
   */
  readonly isLowered?: true;
  /** Set if the module (of Go) may contain the named path. */
  readonly isEnclosing?: true;
  /** Maven: assumed group, which the jar lacks. */
  readonly group?: string;
}

/** Queries for a component, or the reason why there are none. */
export type LookUps =
  | {
      readonly lookUps: readonly LookUp[];
      readonly isSource?: true;
      /** Reason why the absence of records proves nothing. */
      readonly lack?: Lack;
    }
  | Lack;

interface Lack {
  readonly why: UnmatchedReason;
  readonly ecosystem: string;
}

/** Availability of data: for an ecosystem (no data is not good news), and for a package. */
export interface HeldData extends Pick<VulnerabilityDatabase, "holds" | "groupsOf">, KnownModules {}

/** Ecosystem with records of runtimes outside package managers. */
const BITNAMI = "Bitnami";

/**
 * @param os operating system of the image
 * @param isOtherTools whether the component comes from another tool's document, with the names of its package
 * URL
 */
export function lookUpsOf(
  facts: PackageFacts,
  os: OsFacts | undefined,
  data: HeldData,
  isOtherTools = false,
): LookUps {
  const { type } = facts;
  if (facts.name === "") return { why: "unidentified", ecosystem: type };
  if (isDistributions(facts)) return ofDistribution(facts, os, data);
  if (type === "generic") return ofRuntime(facts, data);
  const ecosystem = ecosystemOfType(type);
  if (ecosystem === undefined) return { why: "type", ecosystem: type };
  if (!data.holds(ecosystem)) return { why: "data", ecosystem };
  const { version } = facts;
  const lookUps = namesOf(facts).map((name): LookUp => {
    const own = { ecosystem, name, version };
    if (!isOtherTools) return own;
    const module = type === "golang" ? enclosingModule({ path: name, version }, data) : undefined;
    if (module !== undefined) return { ...own, name: module, isEnclosing: true, isLowered: true };
    return name === name.toLowerCase() ? { ...own, isLowered: true } : own;
  });
  if (type !== "maven" || (facts.namespace !== undefined && facts.groupGuessed !== true)) return { lookUps };
  const groups = data.groupsOf(facts.name);
  if (groups === undefined) return { why: "unidentified", ecosystem };
  const others = groups.filter((group) => group !== facts.namespace);
  return { lookUps: [...lookUps, ...others.map((group) => ofGroup(facts, group, ecosystem))] };
}

/** Query for a jar with an assumed group: a jar without a group may be any artifact of its name. */
function ofGroup({ name, version }: PackageFacts, group: string, ecosystem: string): LookUp {
  return { ecosystem, name: `${group}:${name}`, version, group };
}

/** Queries for the same version under the alias names of a component. */
export function aliasesOf(lookUps: readonly LookUp[], aliases: Iterable<string>): readonly LookUp[] {
  return [...aliases].flatMap((name) => lookUps.map((one) => ({ ...one, name, isAlias: true as const })));
}

/** Full names in the ecosystem's form. */
function namesOf({ type, namespace, name }: PackageFacts): readonly string[] {
  // The standard library of the Go version that built the program.
  if (type === "golang" && namespace === undefined && name === "go") return ["stdlib", "toolchain"];
  if (namespace === undefined || namespace === "") return [name];
  return [`${namespace}${type === "maven" ? ":" : "/"}${name}`];
}

function ofDistribution(facts: PackageFacts, os: OsFacts | undefined, data: HeldData): LookUps {
  const release = os === undefined ? undefined : releaseOf(os);
  if (release === undefined || release.type !== facts.type) {
    return { why: "distribution", ecosystem: os === undefined ? facts.type : nameOf(os) };
  }
  const { ecosystems, streams = [] } = release;
  const own = ecosystems.filter((ecosystem) => data.holds(ecosystem));
  const held = [...own, ...streams.filter((ecosystem) => data.holds(ecosystem))];
  const lack: Lack = { why: "data", ecosystem: ecosystems[0] ?? facts.type };
  if (held.length === 0) return lack;
  const { name, version, source } = facts;
  const built =
    source === undefined ? { name, version } : { ...source, version: sourceVersion(facts, source) };
  // Some rpm feeds refer to packages, some to source packages.
  const asked = facts.type === "rpm" && built.name !== name ? [{ name, version }, built] : [built];
  const lookUps = held.flatMap((ecosystem) => asked.map((one) => ({ ecosystem, ...one })));
  return {
    lookUps,
    ...(source === undefined ? {} : { isSource: true }),
    ...(own.length === 0 ? { lack } : {}),
  };
}

/** Version of the source, with the epoch of the built package, which a source rpm's name lacks. */
function sourceVersion({ type, version }: PackageFacts, source: { readonly version: string }): string {
  const epoch = version.slice(0, version.indexOf(":") + 1);
  return type === "rpm" && !source.version.includes(":") ? `${epoch}${source.version}` : source.version;
}

function nameOf({ id, version }: OsFacts): string {
  return version === undefined ? id : `${id}-${version}`;
}

function ofRuntime({ name, version }: PackageFacts, data: HeldData): LookUps {
  const known = bitnamiName(name);
  if (!data.holds(BITNAMI)) return { why: "data", ecosystem: BITNAMI };
  // Bitnami's feed covers about two hundred programs; for others, the absence of records proves nothing.
  if (data.records.of(BITNAMI, known).length === 0) return { why: "type", ecosystem: `generic/${name}` };
  return { lookUps: [{ ecosystem: BITNAMI, name: known, version: bitnamiVersion(name, version) }] };
}
