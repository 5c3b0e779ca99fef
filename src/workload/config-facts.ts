import type { ConfigObjectFacts } from "../contract/config-object-facts.ts";
import {
  type KeyValues,
  maskVariable,
  secretsOfConfigMap,
  secretsOfSecret,
} from "../secrets/config-object.ts";
import { isMapping } from "./decode/collections.ts";
import type { KubernetesObject } from "./kind.ts";

/** A ConfigMap or Secret of the manifests, before it is known whose pods are given it. */
export interface ConfigObjectOf extends Omit<ConfigObjectFacts, "injected"> {
  readonly namespace?: string;
}

/** What is said of the ConfigMap or Secret that an object is; undefined when it is neither. Secrets go no further than this. */
export function configObjectOf(
  { apiVersion, kind, value }: KubernetesObject,
  file: string,
  line: () => number,
): ConfigObjectOf | undefined {
  if (apiVersion !== "v1" || (kind !== "ConfigMap" && kind !== "Secret")) return undefined;
  const { metadata } = value;
  if (!isMapping(metadata)) return undefined;
  const { name: given, generateName, namespace } = metadata;
  const name = typeof given === "string" ? given : typeof generateName === "string" ? generateName : "";
  const of = { name, file, line: line(), ...(typeof namespace === "string" ? { namespace } : {}) };
  if (kind === "Secret") {
    const values = [...encoded(value["data"]), ...plain(value["stringData"])];
    return { kind, ...of, secrets: secretsOfSecret(name, values) };
  }
  const secrets = secretsOfConfigMap(name, [...plain(value["data"]), ...encoded(value["binaryData"])]);
  const variables = textsOf(value["data"]).map(([key, text]) => [key, maskVariable(key, text)] as const);
  return { kind, ...of, secrets, variables: Object.fromEntries(variables) };
}

const BASE64 = /^[A-Za-z0-9+/\s]*(?:=\s*){0,2}$/;

/** What is no base64 is no value: Kubernetes refuses it, or it is a template still. */
function encoded(value: unknown): KeyValues {
  return textsOf(value).flatMap(([key, text]) =>
    BASE64.test(text) ? [[key, Buffer.from(text, "base64")] as const] : [],
  );
}

function plain(value: unknown): KeyValues {
  return textsOf(value).map(([key, text]) => [key, Buffer.from(text)] as const);
}

function textsOf(value: unknown): readonly (readonly [key: string, text: string])[] {
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, text]) =>
    typeof text === "string" ? [[key, text] as const] : [],
  );
}
