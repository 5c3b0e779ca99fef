// Fields of an object in untrusted JSON; a field of another type than requested counts as absent.

export type Fields = Readonly<Record<string, unknown>>;

/** Fields of an object; empty for other values. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Text of a field; undefined if it is missing or empty. */
export function textAt(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Items of a list; empty if the field is not a list. */
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

/** Texts of a list, or a single text as a list. */
export function textsAt(fields: Fields, key: string): readonly string[] {
  const value = fields[key];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === "string" && one !== "");
}
