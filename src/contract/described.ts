import type { Text } from "./text.ts";

/** What a field of a schema is for, in both languages, as its metadata: a JSON Schema has the reader's. */
export function described({ fr, en }: Text): {
  readonly description: string;
  readonly descriptionFr: string;
} {
  return { description: en, descriptionFr: fr };
}
