// Mappings and lists as the API server decodes them. null counts as absent; in a list or map it is the type's
// empty value. Unknown keys are left to the API server's own validation. A key that differs from a field only
// in case is refused, since it is not that field.

import { formatPath, type Segment } from "../../contract/field-path.ts";
import { type Decoder, type Decoding, refuse } from "./decoding.ts";
import { refuseType } from "./scalars.ts";

/** Decoders of all fields of T. */
export type Fields<T> = { readonly [K in keyof T]-?: Decoder<NonNullable<T[K]>> };

/** Decoder of an object with the given fields. */
export function object<T extends object>(fields: Fields<T>): Decoder<T> {
  const decoders = new Map<string, Decoder<unknown>>(Object.entries(fields));
  const spellings = new Map([...decoders.keys()].map((name) => [name.toLowerCase(), name]));
  return (value, decoding) => {
    if (!isMapping(value)) return refuseMapping(value, decoding);
    const facts: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const decode = decoders.get(key);
      const member = value[key];
      if (decode === undefined) refuseSpelling(key, spellings.get(key.toLowerCase()), decoding);
      else if (member !== null) assign(facts, key, decodeAt(key, member, decode, decoding));
    }
    return facts as T;
  };
}

function assign(facts: Record<string, unknown>, key: string, value: unknown): void {
  if (value !== undefined) facts[key] = value;
}

/** Decoder of a list of scalars; undefined as a whole if one item is invalid. */
export function list<T>(item: Decoder<T>, empty: T): Decoder<readonly T[]> {
  return (value, decoding) => {
    if (!Array.isArray(value)) return refuseList(value, decoding);
    const items = value.map((member: unknown, index) =>
      member === null ? empty : decodeAt(index, member, item, decoding),
    );
    return items.every((member) => member !== undefined) ? items : undefined;
  };
}

/** Decoder of a list of objects; an empty object replaces an invalid item. */
export function objects<T extends object>(item: Decoder<T>, empty: T): Decoder<readonly T[]> {
  return (value, decoding) => {
    if (!Array.isArray(value)) return refuseList(value, decoding);
    return value.map((member: unknown, index) =>
      member === null ? empty : (decodeAt(index, member, item, decoding) ?? empty),
    );
  };
}

/** Decoder of a map with free keys; invalid values are left out. */
export function map(item: Decoder<string>): Decoder<Readonly<Record<string, string>>> {
  return (value, decoding) => {
    if (!isMapping(value)) return refuseMapping(value, decoding);
    const entries: [string, string][] = [];
    for (const [key, member] of Object.entries(value)) {
      const decoded = member === null ? "" : decodeAt(key, member, item, decoding);
      if (decoded !== undefined) entries.push([key, decoded]);
    }
    return Object.fromEntries(entries);
  };
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Value at a path of mappings; undefined if a key is missing, or a value is not a mapping. */
export function valueAt(value: unknown, ...path: readonly Segment[]): unknown {
  let inner = value;
  for (const key of path) inner = isMapping(inner) ? inner[key] : undefined;
  return inner;
}

function decodeAt<T>(
  key: string | number,
  value: unknown,
  decode: Decoder<T>,
  decoding: Decoding,
): T | undefined {
  decoding.path.push(key);
  const decoded = decode(value, decoding);
  decoding.path.pop();
  return decoded;
}

function refuseSpelling(key: string, name: string | undefined, decoding: Decoding): void {
  if (name === undefined) return;
  const at = formatPath([...decoding.path, key]);
  decoding.path.push(name);
  refuse(decoding, { fr: `s'écrit ${name}`, en: `is spelled ${name}` }, at);
  decoding.path.pop();
}

function refuseMapping(value: unknown, decoding: Decoding): undefined {
  refuseType(decoding, { fr: "un objet (clé : valeur)", en: "a mapping" }, value);
  return undefined;
}

function refuseList(value: unknown, decoding: Decoding): undefined {
  refuseType(decoding, { fr: "une liste", en: "a list" }, value);
  return undefined;
}
