import { resolveCore } from "./core-scalar.ts";
import { resolvePlain, type Scalar } from "./scalar.ts";

/** Interpretation of unquoted scalars by a reader. */
export interface Dialect {
  readonly resolve: (source: string) => Scalar;
  /** Whether `?` between brackets marks a key: go-yaml reads `{?a: 1}` as `a`, YAML 1.2 as `?a`. */
  readonly marksKeysInFlow: boolean;
  /**
   * Merge key (`<<`) beside an explicit key of the same name. `position`: the later of the two counts
   * (go-yaml v2). `explicit`: the explicit key counts at any position (yaml.org/type/merge.html). `refused`:
   * an error, since readers differ.
   */
  readonly merging: "position" | "explicit" | "refused";
}

/** Dialect of manifests, as kubectl and the API server read them. */
export const KUBERNETES: Dialect = { resolve: resolvePlain, marksKeysInFlow: true, merging: "position" };

/** Dialect of Compose files: YAML 1.2 with its core schema, in which `yes` and `NO` are texts. */
export const COMPOSE: Dialect = { resolve: resolveCore, marksKeysInFlow: false, merging: "explicit" };

/** Dialect of settings and policies, which must mean the same to every reader. */
export const SETTINGS: Dialect = { ...COMPOSE, merging: "refused" };
