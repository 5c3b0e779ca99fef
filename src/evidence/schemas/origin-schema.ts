import { z } from "zod";
import { exactly } from "../../contract/exactly.ts";
import type { Origin } from "../../contract/origin.ts";

const douane = z.string().max(100).meta({ description: "The version that gathered it" });

const origin = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("own-run"), douane }),
  z.strictObject({ by: z.literal("handed-in"), file: z.string(), douane }),
  z.strictObject({ by: z.literal("signed"), signer: z.string(), douane }),
]);

export const originSchema = exactly<Origin>()(origin);
