import { z } from "zod";
import { VERSION_DIRECTIONS } from "../../contract/version-direction.ts";
import { UNCERTAIN_REASONS, VULNERABILITY_LEVELS } from "../../contract/vulnerability-facts.ts";

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

const Finding = z.strictObject({
  id: z.string().describe("Its best known name: a CVE where it has one."),
  aliases: z.array(z.string()).describe("All others that the same vulnerability goes by."),
  ...Package,
  purl: z.string(),
  installed: z.string(),
  fixed: z.array(z.string()).describe("Versions that repair it; empty: none is known."),
  severity: z.strictObject({
    value: z.enum(VULNERABILITY_LEVELS),
    source: z.nullable(z.string()).describe("Who says so; null: nobody."),
    score: z.optional(z.number()),
  }),
  exploited: z
    .array(z.strictObject({ by: z.string(), since: z.optional(z.string()) }))
    .describe("Who lists it as exploited."),
  malware: z.boolean().describe("The package itself is malware."),
  uncertain: z
    .optional(z.enum(UNCERTAIN_REASONS))
    .describe("Why it cannot be told whether this version is affected; absent: it is."),
});
const Compared = z.strictObject({
  findings: z.int().describe("How many vulnerabilities its packages have."),
  doubts: z
    .array(z.strictObject({ fr: z.string(), en: z.string() }))
    .describe("What was not compared, and why there may be more."),
});
const Vulnerabilities = z.discriminatedUnion("compared", [
  z.strictObject({ compared: z.literal(false) }),
  z.strictObject({
    compared: z.literal(true),
    matched: z.string().describe("The day of matching, YYYY-MM-DD (UTC)."),
    sources: z.array(
      z.strictObject({
        name: z.string(),
        date: z.string().describe("When its content was current, ISO 8601."),
      }),
    ),
    from: Compared,
    to: Compared,
    gained: z.array(Finding).describe("Of packages of the second that the first had not; most severe first."),
    lost: z.array(Finding).describe("Of packages of the first that the second has not; most severe first."),
    same: z.int().describe("Of packages of the second, those that the first had, too, in whichever version."),
  }),
]);

/** Schema of `douane sbom diff --format json`. */
export const sbomDiffSchema = z.strictObject({
  schema: z.literal("douane/sbom-diff/v1"),
  douane: z.string(),
  from: Side,
  to: Side,
  added: z.array(z.strictObject({ ...Package, versions: Versions })),
  removed: z.array(z.strictObject({ ...Package, versions: Versions })),
  changed: z.array(
    z.strictObject({
      ...Package,
      from: Versions,
      to: Versions,
      direction: z
        .enum(VERSION_DIRECTIONS)
        .describe(
          "By the order of the package's ecosystem; unknown: the order is not known, a version is none of it, or not all go one way.",
        ),
    }),
  ),
  same: z.int().describe("Packages that both have, in the same versions."),
  vulnerabilities: Vulnerabilities.describe("Not compared: there are no data on this machine."),
});
