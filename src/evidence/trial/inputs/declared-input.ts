import type { RawPlacement } from "../../../contract/placement.ts";
import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import type { RawWorkload } from "../../../contract/workload-facts.ts";
import type { ConfigLookup, NamespaceObjects } from "../namespace-objects.ts";

/** What a container is given at one place, as far as image, manifest and the objects beside it say. */
export interface DeclaredInput {
  /** The effective meaning: equal texts give the container the same. A value that is elsewhere stands as its object and key. */
  readonly text: string;
  /** Where the values are that the manifest does not hold itself; absent: it holds all. */
  readonly open?: readonly OpenSource[];
  /** A trial of the image alone shows all that the container rests on here: a Service that calls declared ports. */
  readonly isSeenAlone?: true;
}

/** An object, or whatever else the kubelet asks, whose values are not among the judged files. */
export interface OpenSource {
  /** `Secret db/url`, `ConfigMap web`. */
  readonly object: string;
  /** The pod starts without it, too. */
  readonly optional: boolean;
  /** Of `envFrom`. */
  readonly prefix?: string;
  /** Variables, or absolute paths of files, whose values it lacks here; absent: any. */
  readonly names?: readonly string[];
  /** A Secret among the judged files: its values are given, and stand in no evidence. */
  readonly atHand?: true;
}

export type DeclaredInputs = ReadonlyMap<string, DeclaredInput>;

/** A container's place in a manifest, secrets masked, as evidence holds it: stored evidence has no other. */
export interface InputPlace {
  readonly workload: RawWorkload;
  readonly placement: RawPlacement;
}

export interface InputSources {
  /** Absent: an image alone, which is given a /tmp. */
  readonly placed: InputPlace | undefined;
  readonly objects: Pick<NamespaceObjects, "config" | "account" | "services">;
}

/** What one container of a manifest is given by itself. */
export interface SpecSources {
  readonly spec: ContainerFacts;
  readonly workload: RawWorkload;
  readonly config: ConfigLookup;
}

/** A volume that begins empty, and can be written to. */
export const EMPTY_DIR = "emptyDir";
