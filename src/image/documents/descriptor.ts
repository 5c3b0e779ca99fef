import { z } from "zod";
import type { Digest as DigestText } from "../../contract/image-facts.ts";
import { isDigest } from "./digest.ts";

export const Digest = z.custom<DigestText>((value) => typeof value === "string" && isDigest(value), {
  error: "not a sha256 digest",
});

/** Go writes an empty map as null, and reads it so. */
export const Annotations = z
  .record(z.string(), z.string())
  .nullish()
  .transform((annotations) => annotations ?? {});

/** What one document says of a blob: https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export const Descriptor = z.object({
  mediaType: z.string().default(""),
  digest: Digest,
  /** Bytes. */
  size: z.int().nonnegative(),
  annotations: Annotations,
  platform: z
    .object({
      os: z.string().default(""),
      architecture: z.string().default(""),
      variant: z.string().optional(),
    })
    .nullish(),
  artifactType: z.string().optional(),
});
export type Descriptor = z.infer<typeof Descriptor>;
