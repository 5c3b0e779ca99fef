import type { ZodExactOptional, ZodType } from "zod";
import type { Text } from "./text.ts";

/** Description of a schema's field in both languages, as metadata; a JSON Schema uses the reader's. */
export function i18nMeta({ fr, en }: Text): {
  readonly description: string;
  readonly descriptionFr: string;
} {
  return { description: en, descriptionFr: fr };
}

/** The schema with a description in both languages. */
export function described<S extends ZodType>(schema: S, text: Text): S {
  return schema.meta(i18nMeta(text));
}

/** Schema of a field that may be absent, with its description in both languages. */
export function optional<S extends ZodType>(schema: S, text: Text): ZodExactOptional<S> {
  return described(schema.exactOptional(), text);
}
