import type { EnvFacts, EnvSourceFacts, KeyRefFacts } from "../../../contract/pod-facts.ts";
import { canonicalJson } from "../../../json/canonical-json.ts";
import { manifestEnvironment } from "../../../start/manifest-environment.ts";
import { effectiveField } from "./declared-fields.ts";
import type { DeclaredInput, OpenSource, SpecSources } from "./declared-input.ts";

type Place = readonly [place: string, input: DeclaredInput];

/**
 * Variables of a container. Secret or unavailable values are replaced by tokens, also inside other variables
 * that refer to them by `$(NAME)`.
 */
export function declaredEnvironment(sources: SpecSources): readonly Place[] {
  const { spec, config } = sources;
  const opens = new Map<EnvFacts, OpenSource>();
  const variables = manifestEnvironment(spec, {
    envFrom: ({ configMapRef }) => config("ConfigMap", configMapRef?.name ?? "")?.variables() ?? [],
    valueFrom: (entry) => {
      const found = valueOf(entry, sources);
      if (found?.open !== undefined) opens.set(entry, found.open);
      return found?.text;
    },
  });
  const named = [...variables].map(([name, { value, index }]): Place => {
    const entry = index === undefined ? undefined : spec.env?.[index];
    const open = entry === undefined ? undefined : opens.get(entry);
    return [`env ${name}`, { text: value, ...(open === undefined ? {} : { open: [open] }) }];
  });
  const { envFrom = [] } = spec;
  const open = envFrom.flatMap((source) => openObject(source, sources) ?? []);
  // The order of sources determines which value wins, so it is compared, too.
  const order = JSON.stringify(
    envFrom.map((source) => [source.prefix ?? "", objectOf(source), ...optionalIn(source)]),
  );
  return open.length === 0 ? named : [...named, ["envFrom", { text: order, open }]];
}

function objectOf({ configMapRef, secretRef }: EnvSourceFacts): string {
  return secretRef === undefined ? `ConfigMap ${configMapRef?.name ?? ""}` : `Secret ${secretRef.name ?? ""}`;
}

/** Mark of a source that the container does not need for its start. */
function optionalIn({ configMapRef, secretRef }: EnvSourceFacts): readonly string[] {
  return (secretRef ?? configMapRef)?.optional === true ? ["optional"] : [];
}

/** Source of an `envFrom` object that is a Secret or not among the files. */
function openObject(source: EnvSourceFacts, { config }: SpecSources): OpenSource | undefined {
  const { configMapRef, secretRef, prefix = "" } = source;
  const { name = "", optional = false } = secretRef ?? configMapRef ?? {};
  const object = config(secretRef === undefined ? "ConfigMap" : "Secret", name);
  if (object === undefined) return { object: objectOf(source), optional, prefix };
  if (secretRef === undefined) return undefined;
  const names = object.unfilled.map((key) => `${prefix}${key}`);
  return { object: objectOf(source), optional: false, names, atHand: true };
}

interface Value {
  readonly text: string;
  readonly open?: OpenSource;
}

/** Value of a variable; undefined if it is not set. */
function valueOf(entry: EnvFacts, sources: SpecSources): Value | undefined {
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = entry.valueFrom ?? {};
  if (configMapKeyRef !== undefined) return ofConfigMap(configMapKeyRef, sources);
  if (secretKeyRef !== undefined) return ofSecret(secretKeyRef, sources);
  const text = effectiveField({ fieldRef, resourceFieldRef }, sources);
  if (text !== undefined) return { text };
  return elsewhere({ object: `source ${canonicalJson(entry.valueFrom)}`, optional: false });
}

function ofConfigMap(
  { name = "", key = "", optional = false }: KeyRefFacts,
  { config }: SpecSources,
): Value | undefined {
  const object = config("ConfigMap", name);
  const text = object?.variables().get(key);
  if (text !== undefined) return { text };
  // Kubernetes leaves an optional variable unset; without a required key, the container does not start.
  if (object !== undefined && optional) return undefined;
  return elsewhere({ object: `ConfigMap ${name}/${key}`, optional });
}

function ofSecret({ name = "", key = "", optional = false }: KeyRefFacts, { config }: SpecSources): Value {
  const object = config("Secret", name);
  const isFilled = object?.variables().has(key) === true && !object.unfilled.includes(key);
  const source = { object: `Secret ${name}/${key}`, optional };
  return isFilled ? { text: token(source.object) } : elsewhere(source);
}

function elsewhere(open: OpenSource): Value {
  // If an optional object is missing, the variable is not set.
  return { text: token(open.optional ? `${open.object}?` : open.object), open };
}

/** Token for an object. No value of a manifest contains U+0001: YAML forbids it. */
function token(object: string): string {
  return `\u0001${object}\u0001`;
}

/**
 * Text in which tokens for keys of ConfigMaps are replaced by the keys' values. Other tokens stay: those of
 * other objects, of keys without a value, and of optional keys.
 */
export function withConfigValues(
  text: string,
  valueOf: (name: string, key: string) => string | undefined,
): string {
  return text.replaceAll(CONFIG_KEY, (own: string, name: string, key: string) => valueOf(name, key) ?? own);
}

/** Token of a required key of a ConfigMap; neither its name nor the key contains `/` or `?`. */
// oxlint-disable-next-line no-control-regex -- U+0001 encloses tokens
const CONFIG_KEY = /\u0001ConfigMap ([^/?\u0001]+)\/([^/?\u0001]+)\u0001/g;
