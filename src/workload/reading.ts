import { dirname } from "node:path";
import { declaringFile, locationText } from "../contract/object-location.ts";
import type { RawWorkload } from "../contract/workload-facts.ts";
import { builtFrom } from "./build/built-from.ts";
import type { BuiltTogether } from "./build/kustomization.ts";
import { type ConfigObjectRead, configObjectFinder } from "./config-object-finder.ts";
import type { Found } from "./documents.ts";
import { OtherEnvironments } from "./environments/other-environments.ts";
import { grouped } from "./grouped.ts";
import type { Exclusions } from "./left-out/left-out.ts";
import type { DocumentText } from "./locate.ts";
import { nodeVolumeName } from "./node-volumes.ts";
import type { ReadProblem, Skipped } from "./objects/problem.ts";
import { withoutOperated } from "./operated.ts";
import type { PersistentClaim } from "./persistent-volume-claims.ts";
import { RelatedFinder } from "./related/related-finder.ts";
import type { RelatedRead } from "./related/related-object.ts";
import { serviceFolders } from "./service-folders.ts";
import { claimUsers, withSharedClaims } from "./shared-claims.ts";
import { type PlacedStorage, type PlacedVolume, withStorage } from "./storage.ts";

export interface ReadWorkload {
  readonly facts: RawWorkload;
  /** Document for createLocator(). */
  readonly document: DocumentText;
  /**
   * Folders other than the workload's own with objects that its pod names, and with Services and
   * ServiceAccounts of its namespace, by `ConfigMap/web`, `Service/mail`.
   */
  readonly objectFolders: ReadonlyMap<string, readonly string[]>;
}

export interface ReadOptions {
  /** Folder from which relative inputs start, absolute. */
  readonly cwd: string;
  /** Content of the input `-`. */
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
  /** Kinds run by the platform's operators, `group/Kind`, for whose pods the team is not responsible. */
  readonly operated?: readonly string[];
  /** Callback, once, if there are more workloads than most repositories have. */
  readonly onMany?: () => void;
  /** Files of folders to leave out; default: none. */
  readonly exclusions?: Exclusions | undefined;
}

/** A file, or standard input. */
export interface Source {
  /** Name as the user would type it. */
  readonly name: string;
  /** Path of the file, absolute; absent for standard input. */
  readonly path?: string;
  /** Set if the file was found in a named folder. */
  readonly inFolder?: boolean;
}

/** Objects of one kind that are reported together. */
export interface UnknownObjects {
  readonly kind: string;
  /** File of the first object. */
  readonly file: string;
  readonly count: number;
}

/** Number of workloads that a large repository has. */
const MANY = 500;

/** State of reading in one run. */
export interface Reading {
  readonly cwd: string;
  readonly signal: AbortSignal | undefined;
  readonly onMany: (() => void) | undefined;
  readonly exclusions: Exclusions | undefined;
  readonly operatedKinds: readonly string[];
  readonly workloads: (Omit<ReadWorkload, "objectFolders"> & { readonly folder: string })[];
  readonly problems: ReadProblem[];
  readonly skipped: Skipped[];
  /** Skipped objects that an operator runs. */
  readonly operated: Skipped[];
  /** Skipped overlays. */
  readonly overlays: Map<Skipped, BuiltTogether>;
  /** Files that were read, charts and templates that were reported: each counts once. */
  readonly files: Set<string>;
  readonly named: Set<string>;
  /** Claims by folder. */
  readonly claims: Map<string, PersistentClaim[]>;
  /** PersistentVolumes that are folders of nodes. */
  readonly nodeVolumes: PlacedVolume[];
  /** PersistentVolumes and StorageClasses that no pod can write to. */
  readonly readOnlyStorage: PlacedStorage[];
  /** ConfigMaps and Secrets, in the order of the files. */
  readonly objects: ConfigObjectRead[];
  /** Objects that change pods or their rights, in the order of the files. */
  readonly related: RelatedRead[];
  /** Unknown kinds by `group/Kind`, with the number of objects and the file of the first object. */
  readonly unknownKinds: Map<string, UnknownObjects>;
  /**
   * Kinds that may change how pods run and that no rule judges, with the number of objects and the file of
   * the first object.
   */
  readonly unjudgedObjects: Map<string, UnknownObjects>;
  /** Number of results of any kind. */
  found: number;
}

export function newReading({
  cwd,
  signal,
  onMany,
  exclusions,
  operated = [],
}: Omit<ReadOptions, "stdin">): Reading {
  return {
    cwd,
    signal,
    onMany,
    exclusions,
    operatedKinds: operated,
    workloads: [],
    problems: [],
    skipped: [],
    operated: [],
    overlays: new Map(),
    files: new Set(),
    named: new Set(),
    claims: new Map(),
    nodeVolumes: [],
    readOnlyStorage: [],
    objects: [],
    related: [],
    unknownKinds: new Map(),
    unjudgedObjects: new Map(),
    found: 0,
  };
}

export function add(reading: Reading, source: Source, found: Found): void {
  const folder = source.path === undefined ? "-" : dirname(source.path);
  switch (found.kind) {
    case "workload":
      addWorkload(reading, found, folder);
      break;
    case "claim": {
      const claims = reading.claims.get(folder) ?? [];
      claims.push(found.claim);
      reading.claims.set(folder, claims);
      return;
    }
    case "node-volume":
      reading.nodeVolumes.push({ volume: found.volume, folder, file: source.name });
      return;
    case "read-only-storage":
      reading.readOnlyStorage.push({ storage: found.storage, folder });
      return;
    case "object":
      reading.objects.push({ ...found.object, folder });
      return;
    case "related": {
      const { object, environment } = found;
      reading.related.push({ ...object, folder, ...(environment === undefined ? {} : { environment }) });
      return;
    }
    case "unknown-kind":
      return count(reading.unknownKinds, found.objectKind, source);
    case "unjudged-object":
      return count(reading.unjudgedObjects, found.objectKind, source);
    case "problem":
      reading.problems.push(found.problem);
      break;
    case "template":
      skip(reading, templateOf(reading, source, found.skipped));
      break;
    case "skipped":
      listOf(reading, found.skipped).push(found.skipped);
      break;
  }
  reading.found += 1;
}

function addWorkload(
  reading: Reading,
  { facts: found, document }: Extract<Found, { readonly kind: "workload" }>,
  folder: string,
): void {
  const { facts, operated } = withoutOperated(found, reading.operatedKinds);
  if (operated !== undefined) reading.operated.push(operated);
  reading.workloads.push({ facts, document, folder });
  if (reading.workloads.length === MANY) reading.onMany?.();
}

function count(kinds: Map<string, UnknownObjects>, kind: string, { name }: Source): void {
  const known = kinds.get(kind) ?? { kind, file: name, count: 0 };
  kinds.set(kind, { ...known, count: known.count + 1 });
}

function listOf({ operatedKinds, operated, skipped }: Reading, { kind }: Skipped): Skipped[] {
  return kind !== undefined && operatedKinds.includes(kind) ? operated : skipped;
}

/** Each chart, overlay or template file is named once. */
export function skip(reading: Reading, skipped: Skipped, overlay?: BuiltTogether): void {
  if (reading.named.has(skipped.file)) return;
  reading.named.add(skipped.file);
  reading.skipped.push(skipped);
  if (overlay !== undefined) reading.overlays.set(skipped, overlay);
}

/** A chart's template, reported as the chart. */
function templateOf({ cwd }: Reading, { path }: Source, skipped: Skipped): Skipped {
  return (path === undefined ? undefined : builtFrom(path, cwd)) ?? skipped;
}

/** Skipped sources, without overlays that are part of other overlays. */
export function leftOut({ skipped, overlays }: Reading): readonly Skipped[] {
  const taken = new Set([...overlays.values()].flatMap(({ takes }) => takes));
  const isTaken = (one: Skipped) => taken.has(overlays.get(one)?.path ?? "");
  const roots = skipped.filter((one) => !isTaken(one));
  return grouped(roots.length === 0 ? skipped : roots);
}

/**
 * Joins objects after all are read: workloads get the access modes of their claims, the ConfigMaps and
 * Secrets that concern them, and objects that change their pods or rights. An object that changes only other
 * pods is counted as unjudged.
 */
export function joinObjects(reading: Reading): readonly ReadWorkload[] {
  const { workloads, objects, unjudgedObjects } = reading;
  const environments = new OtherEnvironments(workloads);
  const { join, foldersOf } = configObjectFinder(objects, workloads, environments);
  const servicesOf = serviceFolders(reading.related, environments);
  const related = new RelatedFinder(reading.related, workloads, environments);
  const users = claimUsers(workloads);
  const joined = workloads.map(({ facts: own, document, folder }) => {
    const facts = withSharedClaims(users, { facts: own, folder }, environments);
    const changed = related.join(withStorage(reading, { facts, folder }, environments), folder);
    const objectFolders = new Map([...foldersOf(facts, folder), ...servicesOf({ facts, folder })]);
    return { facts: join(changed, folder), document, objectFolders };
  });
  for (const { type, at } of related.unused) {
    count(unjudgedObjects, type, { name: declaringFile(at) ?? locationText(at) });
  }
  for (const file of unusedVolumes(reading, joined))
    count(unjudgedObjects, "PersistentVolume", { name: file });
  return joined;
}

/** Files with volumes of nodes that no claim of a workload may get. */
function unusedVolumes({ nodeVolumes }: Reading, workloads: readonly ReadWorkload[]): readonly string[] {
  if (nodeVolumes.length === 0) return [];
  const used = new Set(workloads.flatMap(({ facts }) => facts.claims.map(({ onNode }) => onNode)));
  return nodeVolumes.filter(({ volume }) => !used.has(nodeVolumeName(volume))).map(({ file }) => file);
}
