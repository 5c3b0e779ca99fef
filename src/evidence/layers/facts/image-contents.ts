import * as z from "zod/mini";
import { exactly } from "../../../contract/exactly.ts";
import type {
  DatabaseFacts,
  FileFacts,
  InlinedFacts,
  ProgramFacts,
  SecretFacts,
  UnsearchedFacts,
} from "../../../contract/image-facts.ts";
import type { ImagePackages } from "../../../contract/package-facts.ts";
import type { FoundSbom } from "../../../contract/sbom-facts.ts";
import type { ProgramEnvironment } from "../../program/program.ts";
import {
  databaseSchema,
  fileSchema,
  inlinedSchema,
  programSchema,
  secretSchema,
  unsearchedSchema,
} from "../../schemas/image-schema.ts";
import { foundSbomSchema, packagesSchema } from "../../schemas/sbom-schema.ts";

/** The SBOMs in an image's layers. */
export interface ImageSboms {
  /** Documents, up to LIMITS.sbomsPerImage. */
  readonly documents: readonly FoundSbom[];
  readonly otherDocuments: number;
  /** Keys of the packages in documents that count: see writtenKey(). */
  readonly stated: readonly string[];
}

/** A command line and its environment. */
export interface Start extends ProgramEnvironment {
  readonly argv: readonly string[];
}

/** Merged content of an image's layers, for given start commands: plain data, cached between runs. */
export interface ImageContents {
  /** Number of entries in each layer's tar, bottom first. */
  readonly entries: readonly number[];
  readonly files: readonly FileFacts[];
  /** Programs, one per start, in the order of the starts. */
  readonly programs: readonly ProgramFacts[];
  readonly secrets: readonly SecretFacts[];
  readonly unsearched: UnsearchedFacts;
  readonly databases: readonly DatabaseFacts[];
  readonly inlined: readonly InlinedFacts[];
  readonly packages: ImagePackages;
  readonly sboms: ImageSboms;
}

const contents = z.strictObject({
  entries: z.array(z.int().check(z.nonnegative())),
  files: z.array(fileSchema),
  programs: z.array(programSchema),
  secrets: z.array(secretSchema),
  unsearched: unsearchedSchema,
  databases: z.array(databaseSchema),
  inlined: z.array(inlinedSchema),
  packages: packagesSchema,
  sboms: z.strictObject({
    documents: z.array(foundSbomSchema),
    otherDocuments: z.int().check(z.nonnegative()),
    stated: z.array(z.string()),
  }),
});

/** ImageContents as stored: a cached file may have any content. */
export const imageContentsSchema = exactly<ImageContents>()(contents);
