import { canonicalJson } from "../json/canonical-json.ts";
import { type Fields, isFields } from "../json/fields.ts";

/**
 * Values that mean the same as the absence of their field, by field. Each is a constant that the API server fills in:
 * a default that depends on another field (imagePullPolicy, requests) is none.
 */
export interface DefaultFields {
  /** Forms of the default value, by field. */
  readonly values?: Readonly<Record<string, readonly unknown[]>>;
  /** Defaults of the objects in a field, or in each item of its list. */
  readonly within?: Readonly<Record<string, DefaultFields>>;
}

/** An object without the fields that have their default value. */
export function withoutDefaults(given: Fields, { values = {}, within = {} }: DefaultFields): Fields {
  const kept = Object.entries(given).flatMap(([field, value]): readonly (readonly [string, unknown])[] => {
    const inner = own(within, field);
    const left = inner === undefined ? value : eachWithout(value, inner);
    return isDefault(left, own(values, field)) ? [] : [[field, left]];
  });
  return Object.fromEntries(kept);
}

function eachWithout(value: unknown, defaults: DefaultFields): unknown {
  if (Array.isArray(value)) return value.map((one) => (isFields(one) ? withoutDefaults(one, defaults) : one));
  return isFields(value) ? withoutDefaults(value, defaults) : value;
}

function isDefault(value: unknown, forms: readonly unknown[] = []): boolean {
  return forms.some((form) => canonicalJson(form) === canonicalJson(value));
}

/** Entry of a table; fields of a hostile object are named `constructor` and the like. */
function own<T>(table: Readonly<Record<string, T>>, field: string): T | undefined {
  return Object.hasOwn(table, field) ? table[field] : undefined;
}
