import { z } from "zod";
import { LIMITS } from "../../contract/limits.ts";
import { digestSchema } from "../image-schema.ts";
import type { LayerFacts } from "./facts.ts";

const count = z.int().min(0);

const kind = z.strictObject({
  type: z.enum([
    "file",
    "directory",
    "symlink",
    "character",
    "block",
    "fifo",
    "hardlink",
    "whiteout",
    "opaque",
  ]),
  mode: count,
  uid: count,
  gid: count,
  ignored: z.literal(true).exactOptional(),
});

const entries = z
  .strictObject({
    paths: z.array(z.string().startsWith("/")),
    kinds: z.array(kind),
    kindOf: z.array(count),
    sizes: z.array(count),
    links: z.array(z.tuple([count, z.string()])),
    capabilities: z.array(z.tuple([count, z.string().regex(/^[0-9a-f]*$/)])),
  })
  .refine(
    ({ paths, kinds, kindOf, sizes }) =>
      paths.length === kindOf.length &&
      paths.length === sizes.length &&
      kindOf.every((index) => index < kinds.length),
  );

/** Facts as they are stored: nothing is believed in its form. */
export const layerFactsSchema: z.ZodType<LayerFacts> = z.strictObject({
  diffId: digestSchema,
  unpackedBytes: count,
  entries,
  contents: z.array(
    z.strictObject({ entry: count, text: z.string(), truncated: z.literal(true).exactOptional() }),
  ),
  scripts: z.array(count),
  secrets: z
    .array(
      z.strictObject({
        entry: count,
        kind: z.string(),
        masked: z.string(),
        id: z.string(),
        confidence: z.enum(["confirmed", "likely"]),
        line: count,
      }),
    )
    .max(LIMITS.secretsPerLayer),
});
