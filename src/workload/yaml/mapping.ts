import { YamlError } from "./yaml-error.ts";

/** A mapping with own keys only, whatever their names. */
export type Mapping = Record<string, unknown>;

/** Offsets of the entries of mappings (their keys) and lists in the text. */
export type Places = Map<object, Map<string | number, number>>;

/** Sets a key as an own property, even `__proto__`. */
export function setOwn(mapping: Mapping, key: string, value: unknown): void {
  if (key !== "__proto__") mapping[key] = value;
  else Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Name of a key in JSON, as in sigs.k8s.io/yaml: `on: x` is {"true": x}, `010: x` is {"8": x}. */
export function keyName(key: unknown, offset: number): string {
  if (typeof key === "string") return key;
  if (typeof key === "boolean" || typeof key === "number") return String(key);
  throw new YamlError(
    {
      fr: "une clé doit être un texte, pas une valeur vide, une liste ou un objet",
      en: "a key must be a text, not an empty value, a list or a mapping",
    },
    offset,
    { maybeTemplate: true },
  );
}

/**
 * Sources of a merge key: a mapping, or a list of mappings, in the order of merging, so that the first of the
 * list wins.
 */
export function mergeSources(value: unknown, isList: boolean, offset: number): readonly Mapping[] {
  const sources: readonly unknown[] = isList && Array.isArray(value) ? value.toReversed() : [value];
  if (sources.every(isMapping)) return sources;
  throw new YamlError(
    {
      fr: "« << » ne peut fusionner qu'un objet ou une liste d'objets",
      en: "`<<` can only merge a mapping or a list of mappings",
    },
    offset,
  );
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Copies the entries of the source over existing entries, except those in `left`, and records in `merged` the
 * keys that come only from a merge.
 */
export function merge(
  source: Mapping,
  mapping: Mapping,
  { merged, left }: { readonly merged: Set<string>; readonly left: ReadonlySet<string> },
  kept: readonly (Places | undefined)[],
): void {
  for (const [key, value] of Object.entries(source)) {
    if (left.has(key)) continue;
    if (!Object.hasOwn(mapping, key)) merged.add(key);
    setOwn(mapping, key, value);
    for (const places of kept) places?.get(mapping)?.set(key, places.get(source)?.get(key) ?? 0);
  }
}
