import type { ConfigObjectFacts, ConfigSecretFacts } from "../contract/config-object-facts.ts";
import type { PodSpecFacts } from "../contract/pod-facts.ts";
import type { RawWorkload } from "../contract/workload-facts.ts";
import type { ConfigObjectOf } from "./config-facts.ts";
import { namesOfKeys } from "./config-key-names.ts";
import type { OtherEnvironments, PlacedWorkload } from "./environments/other-environments.ts";
import { usedObjects } from "./objects/used-objects.ts";

export interface ConfigObjectRead extends ConfigObjectOf {
  /** Folder of the file with the object, absolute; `-` for standard input. */
  readonly folder: string;
}

/** Assigns ConfigMaps, Secrets and storage objects of the manifests to the workloads that may use them. */
export interface ConfigObjectFinder {
  /** Adds to a workload the objects that concern it. */
  readonly join: (facts: RawWorkload, folder: string) => RawWorkload;
  /** Folders, besides the workload's own, with objects that its pod names, by `ConfigMap/web`. */
  readonly foldersOf: (facts: RawWorkload, folder: string) => ReadonlyMap<string, readonly string[]>;
}

/**
 * Finder for the objects that concern a workload: objects that its pod names, and other objects of its folder
 * that contain a secret (an Ingress, an operator or a claim may use them).
 */
export function configObjectFinder(
  objects: readonly ConfigObjectRead[],
  workloads: readonly PlacedWorkload[],
  environments: OtherEnvironments,
): ConfigObjectFinder {
  const byName = Map.groupBy(objects, keyOf);
  const namers = byName.size === 0 ? NOBODY : namersByFolder(workloads);
  const publishing = objects.filter(({ published }) => published.length > 0);
  const besides = Map.groupBy(publishing, ({ folder }) => folder);
  const spaces = namespacesByFolder(workloads);
  const join: ConfigObjectFinder["join"] = (facts, folder) => {
    if (objects.length === 0) return facts;
    const names = usedObjects(facts.pod.spec);
    const named = [...names.all].flatMap((key) => {
      return nearest(ofEnvironment(byName.get(key) ?? [], { facts, folder }, environments), folder);
    });
    const beside = (besides.get(folder) ?? []).filter(
      (one) => !named.includes(one) && (isSame(one, facts) || !spaces.get(folder)?.has(one.namespace)),
    );
    const found = [
      ...named.flatMap((one) => injected(renamed(one, facts.pod.spec), names.variables)),
      ...beside.map((one) => concerning({ ...one, secrets: one.published }, false)),
    ];
    return found.length === 0 ? facts : { ...facts, objects: found };
  };
  const foldersOf: ConfigObjectFinder["foldersOf"] = (facts, folder) => {
    if (objects.length === 0) return new Map();
    const folders = [...usedObjects(facts.pod.spec).all].map((key) => {
      const all = ofEnvironment(byName.get(key) ?? [], { facts, folder }, environments);
      const others = elsewhere(key, all, folder, namers);
      return [key, [...new Set(others.map((one) => one.folder))]] as const;
    });
    return new Map(folders.filter(([, found]) => found.length > 0));
  };
  return { join, foldersOf };
}

/**
 * Namespaces of the workloads in each folder. An object of another namespace counts for every workload of its
 * folder.
 */
function namespacesByFolder(
  workloads: readonly PlacedWorkload[],
): ReadonlyMap<string, ReadonlySet<string | undefined>> {
  const byFolder = Map.groupBy(workloads, ({ folder }) => folder);
  return new Map(
    [...byFolder].map(([folder, own]) => [folder, new Set(own.map(({ facts }) => facts.namespace))]),
  );
}

type Namers = ReadonlyMap<string, ReadonlySet<string>>;
const NOBODY: Namers = new Map();

/** Names used by the workloads of each folder. */
function namersByFolder(workloads: readonly PlacedWorkload[]): Namers {
  const byFolder = Map.groupBy(workloads, ({ folder }) => folder);
  return new Map(
    [...byFolder].map(([folder, own]) => [
      folder,
      new Set(own.flatMap(({ facts }) => [...usedObjects(facts.pod.spec).all])),
    ]),
  );
}

/** Objects of a workload's environment; if it has none, objects without an environment. */
function ofEnvironment(
  candidates: readonly ConfigObjectRead[],
  workload: PlacedWorkload,
  environments: OtherEnvironments,
): readonly ConfigObjectRead[] {
  const all = candidates.filter((one) => isSame(one, workload.facts));
  const own = all.filter((one) => !environments.includes(one.folder, workload));
  return own.length > 0 ? own : all;
}

/**
 * Objects of the workload's own folder, if there are any, since objects of other folders then belong to other
 * environments; otherwise objects of all folders.
 */
function nearest(all: readonly ConfigObjectRead[], folder: string): readonly ConfigObjectRead[] {
  const own = all.filter((one) => one.folder === folder);
  return own.length > 0 ? own : all;
}

/**
 * Objects of other folders that a workload may get. If its own folder has an object of the same name, an
 * object beside a workload that names it belongs to another environment; any other object may be applied over
 * the workload's own.
 */
function elsewhere(
  key: string,
  all: readonly ConfigObjectRead[],
  folder: string,
  namers: Namers,
): readonly ConfigObjectRead[] {
  const others = all.filter((one) => one.folder !== folder);
  if (others.length === all.length) return others;
  return others.filter((one) => namers.get(one.folder)?.has(key) !== true);
}

/** A ConfigMap, with further secrets: values that count as secret under the names by which the pod gets them. */
function renamed(one: ConfigObjectRead, spec: PodSpecFacts): ConfigObjectRead {
  const { under, variables = {} } = one;
  if (under === undefined) return one;
  const has = new Set(one.secrets.map(({ key }) => key));
  const secrets: ConfigSecretFacts[] = [];
  const masked = new Map(Object.entries(variables));
  for (const { key, name } of namesOfKeys(spec, one.name, Object.keys(variables))) {
    const value = has.has(key) ? undefined : under(key, name);
    if (value === undefined || value.secrets.length === 0) continue;
    has.add(key);
    secrets.push(...value.secrets);
    masked.set(key, value.masked);
  }
  if (secrets.length === 0) return one;
  return { ...one, secrets: [...one.secrets, ...secrets], variables: Object.fromEntries(masked) };
}

function injected(one: ConfigObjectRead, variables: ReadonlySet<string>): readonly ConfigObjectFacts[] {
  const gives = variables.has(keyOf(one)) ? { variables: one.variables ?? {} } : undefined;
  if (gives === undefined && one.secrets.length === 0) return [];
  return [{ ...concerning(one, true), ...gives }];
}

function concerning({ kind, name, at, secrets }: ConfigObjectRead, isInjected: boolean): ConfigObjectFacts {
  return { kind, name, at, injected: isInjected, secrets };
}

function keyOf({ kind, name }: Pick<ConfigObjectRead, "kind" | "name">): string {
  return `${kind}/${name}`;
}

/** Whether two objects may be in the same namespace; an object without a namespace matches any. */
function isSame(one: { readonly namespace?: string }, other: { readonly namespace?: string }): boolean {
  return one.namespace === undefined || other.namespace === undefined || one.namespace === other.namespace;
}
