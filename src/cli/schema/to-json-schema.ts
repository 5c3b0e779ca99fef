import { z } from "zod";

/** JSON Schema, draft 2020-12, of what a reader accepts. */
export function toJsonSchema(schema: z.core.$ZodType): object {
  return z.toJSONSchema(schema, { target: "draft-2020-12", io: "input" });
}
