import * as z from "zod/mini";
import { isDigest } from "../../contract/digest.ts";
import type { Digest as DigestText } from "../../contract/image-facts.ts";

export const Digest = z.custom<DigestText>((value) => typeof value === "string" && isDigest(value), {
  error: "not a sha256 digest",
});

/** Annotations. Go writes an empty map as null, and accepts null as an empty map. */
export const Annotations = z.pipe(
  z.nullish(z.record(z.string(), z.string())),
  z.transform((annotations) => annotations ?? {}),
);

/** Reference to a blob: https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
// oxlint-disable-next-line no-underscore-dangle -- how zod/mini calls it
const Text = z._default(z.string(), "");

export const Descriptor = z.object({
  mediaType: Text,
  digest: Digest,
  /** Size in bytes. */
  size: z.int().check(z.nonnegative()),
  annotations: Annotations,
  platform: z.nullish(
    z.object({
      os: Text,
      architecture: Text,
      variant: z.optional(z.string()),
    }),
  ),
  artifactType: z.optional(z.string()),
});
export type Descriptor = z.infer<typeof Descriptor>;
