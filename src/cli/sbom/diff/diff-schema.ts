import { z } from "zod";

const Versions = z.array(z.string()).describe("Sorted; several where several lie side by side.");
const Package = {
  type: z.string().describe("Of its package URL: deb, npm; unknown where a document does not tell."),
  name: z.string().describe("As its ecosystem writes it: @scope/name, group:artifact."),
};
const Side = z.strictObject({
  given: z.string().describe("As it was given on the command line."),
  name: z.optional(z.string()),
  version: z.optional(z.string()).describe("Digest of an image; the version of what a document describes."),
  os: z.optional(
    z.strictObject({ id: z.string(), version: z.optional(z.string()), name: z.optional(z.string()) }),
  ),
  packages: z.int().describe("How many it lists, each name and version once."),
  unread: z
    .array(z.strictObject({ fr: z.string(), en: z.string() }))
    .describe("What could not be read: the packages in it are missing."),
});

/** The JSON of `douane sbom diff --format json`. */
export const sbomDiffSchema = z.strictObject({
  schema: z.literal("douane/sbom-diff/v1"),
  douane: z.string(),
  from: Side,
  to: Side,
  added: z.array(z.strictObject({ ...Package, versions: Versions })),
  removed: z.array(z.strictObject({ ...Package, versions: Versions })),
  changed: z.array(z.strictObject({ ...Package, from: Versions, to: Versions })),
  same: z.int().describe("Packages that both have, in the same versions."),
});
