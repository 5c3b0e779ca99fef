import type { RawPlacement } from "../../../contract/pod-containers.ts";
import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import type { RawWorkload } from "../../../contract/workload-facts.ts";
import type { ConfigLookup, NamespaceObjects } from "../namespace-objects.ts";

/** A container's input at one place, as declared by image, manifest and available objects. */
export interface DeclaredInput {
  /**
   * Canonical value: equal texts have the same effect on the container. An unavailable value is represented
   * by its object and key.
   */
  readonly text: string;
  /** Sources of values outside the manifest; absent if the manifest contains all values. */
  readonly open?: readonly OpenSource[];
  /** Places (variable or file) of the keys of a Secret that the container takes as a whole. */
  readonly places?: readonly string[];
  /** Places of keys of the same Secret that `items` of volumes name individually. */
  readonly itemPlaces?: readonly string[];
  /** Set if a trial of the image alone covers this input: a Service that targets declared ports. */
  readonly isSeenAlone?: true;
}

/** An object, or another source of the kubelet, whose values are not among the judged files. */
export interface OpenSource {
  /** `Secret db/url`, `ConfigMap web`. */
  readonly object: string;
  /** Whether the pod also starts without the object. */
  readonly optional: boolean;
  /** Prefix of an `envFrom` source. */
  readonly prefix?: string;
  /** Missing variables, or absolute paths of missing files; absent if these names are unknown. */
  readonly names?: readonly string[];
  /**
   * Set for a Secret among the judged files: the container gets its values, but evidence does not contain
   * them.
   */
  readonly atHand?: true;
}

export type DeclaredInputs = ReadonlyMap<string, DeclaredInput>;

/** A container's place in a manifest with secrets masked, the only form that stored evidence contains. */
export interface InputPlace {
  readonly workload: RawWorkload;
  readonly placement: RawPlacement;
}

export interface InputSources {
  /** Place in the manifest; absent for an image alone, which gets a /tmp. */
  readonly placed: InputPlace | undefined;
  readonly objects: Pick<
    NamespaceObjects,
    "config" | "account" | "services" | "headless" | "monitored" | "hosts"
  >;
}

/** Sources of one container's own inputs. */
export interface SpecSources {
  readonly spec: ContainerFacts;
  readonly workload: RawWorkload;
  readonly config: ConfigLookup;
}

/** Kind of a volume that starts empty and is writable. */
export const EMPTY_DIR = "emptyDir";
