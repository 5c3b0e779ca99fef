import { z } from "zod";
import type { Lang } from "../../contract/text.ts";

/** JSON Schema (draft 2020-12) of the accepted input, with descriptions in the reader's language. */
export function toJsonSchema(schema: z.core.$ZodType, lang: Lang): object {
  return z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: "input",
    override({ jsonSchema }) {
      const { descriptionFr } = jsonSchema;
      delete jsonSchema["descriptionFr"];
      if (lang === "fr" && typeof descriptionFr === "string") jsonSchema.description = descriptionFr;
    },
  });
}
