import { z } from "zod";
import type { Origin } from "../contract/origin.ts";

const douane = z.string().max(100).meta({ description: "The version that gathered it" });

export const originSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("own-run"), douane }),
  z.strictObject({ by: z.literal("handed-in"), file: z.string(), douane }),
  z.strictObject({ by: z.literal("signed"), signer: z.string(), douane }),
]) satisfies z.ZodType<Origin>;
