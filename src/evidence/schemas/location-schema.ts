import { z } from "zod";
import { string } from "./optional-fields.ts";

/** Fields of the location of a workload, which has `in` for objects of the API only. */
export const ofFile = {
  in: z.literal("file").exactOptional(),
  file: z.string(),
  document: z.int().min(0),
  line: z.int().min(1),
};
export const ofApi = { in: z.literal("api"), uid: z.string(), resourceVersion: string };

/** Location of any other object; see contract/object-location.ts. */
export const locationSchema = z.discriminatedUnion("in", [
  z.strictObject({ ...ofFile, in: z.literal("file") }),
  z.strictObject(ofApi),
]);
