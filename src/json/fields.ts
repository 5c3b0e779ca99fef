// What a document's objects hold, by the type that is wanted: a field of another type is as good as absent.

export type Fields = Readonly<Record<string, unknown>>;

/** Of an object; of anything else, no fields. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text that is not empty. */
export function textAt(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The items of a list; none of what is no list. */
export function listAt(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key];
  return Array.isArray(value) ? value : [];
}

/** The objects of a list. */
export function objectsAt(fields: Fields, key: string): readonly Fields[] {
  return listAt(fields, key).filter(isFields);
}

export function objectAt(fields: Fields, key: string): Fields {
  return fieldsOf(fields[key]);
}

/** The texts of a list, or the only one. */
export function textsAt(fields: Fields, key: string): readonly string[] {
  const value = fields[key];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === "string" && one !== "");
}
