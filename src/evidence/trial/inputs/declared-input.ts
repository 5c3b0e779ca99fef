import type { RawPlacement } from "../../../contract/placement.ts";
import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import type { RawWorkload } from "../../../contract/workload-facts.ts";
import type { ConfigLookup, NamespaceObjects } from "../namespace-objects.ts";

/** A container's input at one place, as declared by image, manifest and available objects. */
export interface DeclaredInput {
  /**
   * Canonical value: equal texts have the same effect on the container. A value that is not available is
   * represented by its object and key.
   */
  readonly text: string;
  /** Sources of values outside the manifest; absent if it contains all. */
  readonly open?: readonly OpenSource[];
  /** A trial of the image alone shows all that the container rests on here: a Service that calls declared ports. */
  readonly isSeenAlone?: true;
}

/** An object, or another source of the kubelet, whose values are not among the judged files. */
export interface OpenSource {
  /** `Secret db/url`, `ConfigMap web`. */
  readonly object: string;
  /** The pod starts without it, too. */
  readonly optional: boolean;
  /** Prefix of an `envFrom` source. */
  readonly prefix?: string;
  /** Variables, or absolute paths of files, that are missing; absent: any. */
  readonly names?: readonly string[];
  /** A Secret among the judged files: the container gets its values, evidence does not. */
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

/** Sources of one container's own inputs. */
export interface SpecSources {
  readonly spec: ContainerFacts;
  readonly workload: RawWorkload;
  readonly config: ConfigLookup;
}

/** A volume that begins empty, and can be written to. */
export const EMPTY_DIR = "emptyDir";
