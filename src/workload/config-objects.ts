import { isMapping } from "./decode/collections.ts";
import { copySource } from "./objects/copied-object.ts";
import type { KubernetesObject } from "./objects/kind.ts";
import { isUnfilled } from "./objects/unfilled.ts";
import { decodeText } from "./yaml/text.ts";

/** ConfigMap or Secret of the manifests. Its values are used only for the container of a trial. */
export interface ConfigObject {
  readonly kind: "ConfigMap" | "Secret";
  readonly namespace?: string;
  readonly name: string;
  /** Decoded values by key. It is a function, so that values are not serialised by accident. */
  readonly values: () => ReadonlyMap<string, string>;
  /** Values that can become variables; for a ConfigMap, values in `data`. */
  readonly variables: () => ReadonlyMap<string, string>;
  /** Keys whose values are binary. */
  readonly binary: readonly string[];
  /**
   * Keys of a Secret whose values are filled in before it is applied: templates, values encrypted by SOPS.
   */
  readonly unfilled: readonly string[];
}

/**
 * Object with its values. Undefined for an object of another kind, for an object without a name, and for an
 * object whose values a controller copies from elsewhere: values in its manifest never reach a pod.
 */
export function configObject({ apiVersion, kind, value }: KubernetesObject): ConfigObject | undefined {
  if (copySource({ value }) !== undefined) return undefined;
  if (apiVersion !== "v1" || (kind !== "ConfigMap" && kind !== "Secret")) return undefined;
  const { metadata } = value;
  if (!isMapping(metadata) || typeof metadata["name"] !== "string") return undefined;
  const { name, namespace } = metadata;
  const plain = value[kind === "Secret" ? "stringData" : "data"];
  const encoded = value[kind === "Secret" ? "data" : "binaryData"];
  const values = new Map<string, string>();
  const binary: string[] = [];
  for (const [key, text] of entriesOf(encoded)) {
    const decoded = decodeText(Buffer.from(text, "base64"));
    if ("problem" in decoded) binary.push(key);
    else values.set(key, Buffer.from(text, "base64").toString("utf8"));
  }
  for (const [key, text] of entriesOf(plain)) values.set(key, text);
  const variables = kind === "Secret" ? values : new Map(entriesOf(plain));
  const written = kind === "Secret" ? [...entriesOf(encoded), ...entriesOf(plain), ...values] : [];
  const unfilled = new Set(written.filter(([, text]) => isUnfilled(text)).map(([key]) => key));
  return {
    kind,
    name,
    ...(typeof namespace === "string" ? { namespace } : {}),
    values: () => values,
    variables: () => variables,
    binary,
    unfilled: [...unfilled],
  };
}

function entriesOf(value: unknown): readonly (readonly [string, string])[] {
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, text]) =>
    typeof text === "string" ? [[key, text] as const] : [],
  );
}
