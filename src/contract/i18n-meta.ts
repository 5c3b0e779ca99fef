import type { Text } from "./text.ts";

/** Description of a schema's field in both languages, as metadata; a JSON Schema uses the reader's. */
export function i18nMeta({ fr, en }: Text): {
  readonly description: string;
  readonly descriptionFr: string;
} {
  return { description: en, descriptionFr: fr };
}
