import type { ConfigObjectFacts, ConfigSecretFacts } from "../contract/config-object-facts.ts";
import type { ObjectLocation } from "../contract/object-location.ts";
import {
  type KeyValues,
  maskVariable,
  secretsOfBinaryData,
  secretsOfConfigMap,
  secretsOfSecret,
} from "../secrets/config-object.ts";
import { publishedSecrets } from "../secrets/published-values.ts";
import { secretsOfStorage } from "../secrets/storage.ts";
import { isMapping } from "./decode/collections.ts";
import { groupOf, type KubernetesObject, typeOf } from "./objects/kind.ts";
import { storageTexts } from "./storage-facts.ts";

/** An object of the manifests with values or secrets, not yet assigned to workloads. */
export interface ConfigObjectOf extends Omit<ConfigObjectFacts, "injected"> {
  readonly namespace?: string;
  /** Secrets that count for workloads which do not use the object. */
  readonly published: readonly ConfigSecretFacts[];
  /** Values of a ConfigMap under the names by which a pod gets them, if these differ from the keys. */
  readonly under?: (key: string, name: string) => RenamedValue | undefined;
}

/** A value of a ConfigMap under another name. */
interface RenamedValue {
  readonly secrets: readonly ConfigSecretFacts[];
  /** The value with its secrets masked. */
  readonly masked: string;
}

/**
 * Facts of a ConfigMap, Secret or storage object; undefined for others. They contain no values of Secrets.
 */
export function configObjectOf(
  { apiVersion, kind, value }: KubernetesObject,
  locate: () => ObjectLocation,
): ConfigObjectOf | undefined {
  const template = secretTemplate({ apiVersion, kind, value });
  const isPlain = apiVersion === "v1" && (kind === "ConfigMap" || kind === "Secret");
  const { metadata } = value;
  const storage = storageTexts({ apiVersion, kind, value });
  if ((!isPlain && template === undefined && storage === undefined) || !isMapping(metadata)) return undefined;
  const { name: given, generateName, namespace } = metadata;
  const name = typeof given === "string" ? given : typeof generateName === "string" ? generateName : "";
  const of = { name, at: locate(), ...(typeof namespace === "string" ? { namespace } : {}) };
  if (storage !== undefined) {
    const secrets = secretsOfStorage(`${storage.kind}/${name}`, storage.values);
    return { kind: storage.kind, ...of, secrets, published: secrets };
  }
  if (template !== undefined) {
    const values = [...plain(template["data"]), ...plain(template["stringData"])];
    const secrets = secretsOfConfigMap(name, values);
    return { kind: "Secret", ...of, secrets, published: secrets };
  }
  if (kind === "Secret") {
    const values = [...encoded(value["data"]), ...plain(value["stringData"])];
    const secrets = secretsOfSecret(name, values);
    return { kind, ...of, secrets, published: secrets };
  }
  const secrets = [
    ...secretsOfConfigMap(name, plain(value["data"])),
    ...secretsOfBinaryData(name, encoded(value["binaryData"])),
  ];
  const variables = textsOf(value["data"]).map(([key, text]) => [key, maskVariable(key, text)] as const);
  const published = publishedSecrets(`ConfigMap/${name}`, withTexts(value));
  const texts = new Map(textsOf(value["data"]));
  const under: ConfigObjectOf["under"] = (key, renamed) => {
    const text = texts.get(key);
    if (text === undefined) return undefined;
    const found = secretsOfConfigMap(name, [[renamed, Buffer.from(text)]]);
    return { secrets: found, masked: maskVariable(renamed, text) };
  };
  return { kind: "ConfigMap", ...of, secrets, published, variables: Object.fromEntries(variables), under };
}

/** Kinds whose texts document a format, with examples. */
const DOCUMENTATION: ReadonlySet<string> = new Set(["apiextensions.k8s.io/CustomResourceDefinition"]);

/** Facts of any other object that contains a plain-text secret; undefined if none is recognised. */
export function publishingObject(
  object: KubernetesObject,
  locate: () => ObjectLocation,
): ConfigObjectOf | undefined {
  if (DOCUMENTATION.has(typeOf(object))) return undefined;
  const { kind, value } = object;
  const metadata = memberOf(value, "metadata") ?? {};
  const [name, namespace] = [metadata["name"], metadata["namespace"]];
  const named = typeof name === "string" ? name : "";
  const published = publishedSecrets(`${kind}/${named}`, value);
  if (published.length === 0) return undefined;
  return {
    kind,
    name: named,
    at: locate(),
    ...(typeof namespace === "string" ? { namespace } : {}),
    secrets: published,
    published,
  };
}

/** A ConfigMap with the texts of its binary values. */
function withTexts({ binaryData, ...rest }: Mapping): Mapping {
  const texts = encoded(binaryData).map(
    ([key, bytes]) => [key, Buffer.from(bytes).toString("utf8")] as const,
  );
  return { ...rest, binaryData: Object.fromEntries(texts) };
}

/**
 * Template of a Secret in a controller's object, as distinct from values that the controller decrypts or
 * fetches.
 */
function secretTemplate({ apiVersion, kind, value }: Omit<KubernetesObject, "path">): Mapping | undefined {
  const group = groupOf({ apiVersion });
  const spec = memberOf(value, "spec");
  if (group === "bitnami.com" && kind === "SealedSecret") return memberOf(spec, "template");
  const isExternal = group === "external-secrets.io" && kind.endsWith("ExternalSecret");
  const own = isExternal && kind.startsWith("Cluster") ? memberOf(spec, "externalSecretSpec") : spec;
  return isExternal ? memberOf(memberOf(own, "target"), "template") : undefined;
}

type Mapping = Readonly<Record<string, unknown>>;

function memberOf(mapping: Mapping | undefined, key: string): Mapping | undefined {
  const member = mapping?.[key];
  return isMapping(member) ? member : undefined;
}

const BASE64 = /^[A-Za-z0-9+/\s]*(?:=\s*){0,2}$/;

/**
 * Decoded values. Text that is not base64 is kept as written: Kubernetes refuses it, or it is still a
 * template, but the repository contains it.
 */
function encoded(value: unknown): readonly (readonly [key: string, value: Uint8Array])[] {
  return textsOf(value).map(([key, text]) => {
    return [key, BASE64.test(text) ? Buffer.from(text, "base64") : Buffer.from(text)] as const;
  });
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
