import * as z from "zod/mini";
import { exactly } from "../../contract/exactly.ts";
import {
  EXECUTABLE_KINDS,
  HIDING_WAYS,
  type ImagePackages,
  PACKAGE_TYPES,
  UNREAD_PACKAGES,
} from "../../contract/package-facts.ts";
import {
  type FoundSbom,
  type RawSbom,
  SBOM_ENCODINGS,
  SBOM_FORMATS,
  SBOM_STATES,
} from "../../contract/sbom-facts.ts";
import { digestSchema } from "./image-schema.ts";

const count = z.int().check(z.nonnegative());
const strings = z.array(z.string());

/** Members of a package as its list or a program states it. */
export const statedPackage = {
  type: z.enum(PACKAGE_TYPES),
  namespace: z.exactOptional(z.string()),
  groupGuessed: z.exactOptional(z.literal(true)),
  name: z.string(),
  alias: z.exactOptional(z.string()),
  version: z.string(),
  architecture: z.exactOptional(z.string()),
  source: z.exactOptional(z.strictObject({ name: z.string(), version: z.string() })),
  licenses: z.exactOptional(strings),
  qualifiers: z.exactOptional(z.record(z.string(), z.string())),
  supplier: z.exactOptional(z.string()),
};

const component = z.strictObject({
  ...statedPackage,
  path: z.string(),
  inside: z.exactOptional(z.string()),
  layer: count,
  cataloger: z.string(),
  hidden: z.exactOptional(z.literal(true)),
  ofBase: z.exactOptional(z.literal(true)),
  ofDistribution: z.exactOptional(z.literal(true)),
  ofOtherSystem: z.exactOptional(z.literal(true)),
});

const found = {
  path: z.string(),
  inside: z.exactOptional(z.string()),
  layer: count,
  cataloger: z.string(),
};

const hiding = z.strictObject({
  path: z.string(),
  layer: count,
  cataloger: z.string(),
  packages: count,
  names: strings,
  by: z.strictObject({ layer: count, way: z.enum(HIDING_WAYS) }),
});

const executables = z.strictObject({
  count,
  bytes: count,
  unowned: count,
  unownedBytes: count,
  largestUnowned: z.array(
    z.strictObject({
      path: z.string(),
      inside: z.exactOptional(z.string()),
      layer: count,
      bytes: count,
      kind: z.enum(EXECUTABLE_KINDS),
    }),
  ),
});

/** ImagePackages as they are stored. */
export const packagesSchema = exactly<ImagePackages>()(
  z.strictObject({
    os: z.exactOptional(
      z.strictObject({
        id: z.string(),
        version: z.exactOptional(z.string()),
        name: z.exactOptional(z.string()),
      }),
    ),
    osConflict: z.exactOptional(
      z.array(z.strictObject({ system: z.string(), path: z.string(), layer: count })),
    ),
    components: z.array(component),
    unread: z.array(z.strictObject({ ...found, why: z.enum(UNREAD_PACKAGES) })),
    hidings: z.array(hiding),
    executables,
    repositories: z.array(
      z.strictObject({
        path: z.string(),
        layer: count,
        manager: z.enum(["apt", "apk", "rpm"]),
        address: z.string(),
      }),
    ),
    unidentified: z.array(z.strictObject(found)),
  }),
);

/** FoundSbom as it is stored. */
export const foundSbomSchema = exactly<FoundSbom>()(
  z.strictObject({
    at: z.discriminatedUnion("in", [
      z.strictObject({
        in: z.literal("file"),
        path: z.string(),
        layer: count,
        inside: z.exactOptional(z.string()),
      }),
      z.strictObject({ in: z.literal("attestation"), manifest: digestSchema }),
    ]),
    bytes: count,
    format: z.exactOptional(
      z.strictObject({ name: z.enum(SBOM_FORMATS), version: z.string(), encoding: z.enum(SBOM_ENCODINGS) }),
    ),
    state: z.enum(SBOM_STATES),
    problem: z.exactOptional(z.strictObject({ fr: z.string(), en: z.string() })),
    components: count,
    about: z.enum(["this", "foreign", "unsaid"]),
    subject: z.exactOptional(z.string()),
    signed: z.exactOptional(z.boolean()),
    signer: z.exactOptional(z.string()),
  }),
);

const named = z.strictObject({ count, names: strings });

/** Facts of an image's packages and SBOMs, as stored. */
export const sbomFactsSchema = exactly<RawSbom>()(
  z.strictObject({
    packages: packagesSchema,
    documents: z.array(foundSbomSchema),
    otherDocuments: count,
    coverage: z.exactOptional(
      z.strictObject({
        ecosystems: z.array(
          z.strictObject({
            type: z.enum(PACKAGE_TYPES),
            source: z.enum(["system", "application"]),
            packages: count,
            named: count,
            missing: named,
            otherVersion: count,
          }),
        ),
        unseen: named,
        unseenPackages: z.exactOptional(strings),
      }),
    ),
  }),
);
