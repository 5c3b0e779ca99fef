// Values and fields of untrusted JSON; a value of another type than requested counts as absent.

export type Fields = Readonly<Record<string, unknown>>;

/** Fields of an object; empty for other values. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text; undefined for an empty text and other values. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The text; "" for other values. */
export function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The objects of a list; empty for other values. */
export function objectsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** Texts in a list, without empty texts; empty for other values. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(isText) : [];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Text of a field; undefined if it is missing or empty. */
export function textAt(fields: Fields, key: string): string | undefined {
  return textOf(fields[key]);
}

/** Items of a list; empty if the field is not a list. */
export function listAt(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key];
  return Array.isArray(value) ? value : [];
}

/** The objects of a list. */
export function objectsAt(fields: Fields, key: string): readonly Fields[] {
  return objectsOf(fields[key]);
}

export function objectAt(fields: Fields, key: string): Fields {
  return fieldsOf(fields[key]);
}

/** Texts of a list, or a single text as a list. */
export function textsAt(fields: Fields, key: string): readonly string[] {
  const value = fields[key];
  return isText(value) ? [value] : textsOf(value);
}
