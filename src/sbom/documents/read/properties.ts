import { type Fields, objectsAt } from "../../../json/fields.ts";

/** Names and values in the document's order; a name may be repeated. */
export interface Properties {
  readonly entries: readonly (readonly [string, string])[];
  has(name: string): boolean;
  first(name: string): string | undefined;
  all(name: string): readonly string[];
}

/** CycloneDX `properties` of an object, except properties without a value. */
export function propertiesOf(fields: Fields): Properties {
  return properties(
    objectsAt(fields, "properties").flatMap(({ name, value }) =>
      typeof name === "string" && typeof value === "string" && value !== "" ? [[name, value] as const] : [],
    ),
  );
}

export function properties(entries: readonly (readonly [string, string])[]): Properties {
  const byName = Map.groupBy(entries, ([name]) => name);
  const all = (name: string) => (byName.get(name) ?? []).map(([, value]) => value);
  return { entries, has: (name) => byName.has(name), first: (name) => all(name)[0], all };
}
