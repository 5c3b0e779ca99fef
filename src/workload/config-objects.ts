import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DouaneError, InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { isMapping } from "./decode/collections.ts";
import { MANIFEST } from "./files.ts";
import type { KubernetesObject } from "./kind.ts";
import { objectsOf } from "./objects.ts";
import { readManifestFile } from "./read-file.ts";
import { compose } from "./yaml/compose.ts";
import { parse } from "./yaml/parse.ts";
import { splitDocuments } from "./yaml/split.ts";
import { decodeText } from "./yaml/text.ts";
import { YamlError } from "./yaml/yaml-error.ts";

/** A ConfigMap or a Secret of the manifests. Its values are for the container on trial, and for nobody else. */
export interface ConfigObject {
  readonly kind: "ConfigMap" | "Secret";
  readonly namespace?: string;
  readonly name: string;
  /** Decoded, by key. A function, so that no one writes them out by accident. */
  readonly values: () => ReadonlyMap<string, string>;
  /** Those of them that can become variables: of a ConfigMap, what stands in `data`. */
  readonly variables: () => ReadonlyMap<string, string>;
  /** Keys whose values are no text. */
  readonly binary: readonly string[];
}

/**
 * The ConfigMaps and Secrets of the manifests that lie in this folder itself. What cannot be read
 * is passed over: whoever judges the folder says so.
 *
 * @param folder absolute
 * @throws InvalidInputError `config-objects-limit`
 */
export function configObjectsIn(folder: string): readonly ConfigObject[] {
  const found: ConfigObject[] = [];
  let left: number = LIMITS.manifestFileBytes;
  for (const name of manifestNames(folder)) {
    const bytes = readManifestFile(join(folder, name));
    if ("problem" in bytes) continue;
    left -= bytes.length;
    if (left < 0) throw tooMuch(folder);
    found.push(...configObjectsOf(bytes));
  }
  return found;
}

/** Those of one stream of manifests. */
export function configObjectsOf(bytes: Uint8Array): readonly ConfigObject[] {
  const decoded = decodeText(bytes);
  if ("problem" in decoded) return [];
  const found: ConfigObject[] = [];
  for (const { text } of splitDocuments(decoded.text)) {
    if (!/ConfigMap|Secret|[\\!]/.test(text)) continue;
    for (const object of objectsIn(text)) {
      const one = configObject(object);
      if (one !== undefined) found.push(one);
    }
  }
  return found;
}

function manifestNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => MANIFEST.test(name) && statSync(join(folder, name), QUIETLY)?.isFile() === true)
      .sort();
  } catch {
    return [];
  }
}

const QUIETLY = { throwIfNoEntry: false } as const;

function objectsIn(text: string): readonly KubernetesObject[] {
  try {
    return compose(text, parse(text)).flatMap(({ value }) => [...objectsOf(value)]);
  } catch (error) {
    if (error instanceof YamlError || error instanceof DouaneError) return [];
    throw error;
  }
}

function configObject({ apiVersion, kind, value }: KubernetesObject): ConfigObject | undefined {
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
  return {
    kind,
    name,
    ...(typeof namespace === "string" ? { namespace } : {}),
    values: () => values,
    variables: () => variables,
    binary,
  };
}

function entriesOf(value: unknown): readonly (readonly [string, string])[] {
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, text]) =>
    typeof text === "string" ? [[key, text] as const] : [],
  );
}

function tooMuch(folder: string): InvalidInputError {
  return new InvalidInputError("config-objects-limit", {
    fr: `les manifestes de ${folder} dépassent ensemble ${LIMITS.manifestFileBytes} octets (limite manifestFileBytes) : mettre ceux de l'application dans un répertoire à part.`,
    en: `the manifests in ${folder} exceed ${LIMITS.manifestFileBytes} bytes together (limit manifestFileBytes): put the application's in a folder of their own.`,
  });
}
