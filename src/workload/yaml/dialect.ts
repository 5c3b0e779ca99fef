import { resolveCore } from "./core-scalar.ts";
import { resolvePlain, type Scalar } from "./scalar.ts";

/** Interpretation of unquoted scalars by a reader. */
export interface Dialect {
  readonly resolve: (source: string) => Scalar;
  /** Whether `?` between brackets marks a key: go-yaml reads `{?a: 1}` as `a`, YAML 1.2 as `?a`. */
  readonly marksKeysInFlow: boolean;
}

/** Dialect of manifests, as kubectl and the API server read them. */
export const KUBERNETES: Dialect = { resolve: resolvePlain, marksKeysInFlow: true };

/** Dialect of settings: YAML 1.2 with its core schema, in which `yes` and `NO` are texts. */
export const CORE: Dialect = { resolve: resolveCore, marksKeysInFlow: false };
