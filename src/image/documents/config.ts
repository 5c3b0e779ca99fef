import * as z from "zod/mini";
import { inDocumentTime } from "../../contract/document-time.ts";
import { InvalidInputError } from "../../contract/error.ts";
import type { Digest as DigestText } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { parseDocument } from "../../json/document.ts";
import { verifySpelling } from "../../json/spelling.ts";
import { Digest } from "./descriptor.ts";
import { formatPlatform, isWindows, matches, type Platform } from "./platform.ts";
import { conforming } from "./schema-error.ts";
import { CONFIG_SPELLING } from "./spellings.ts";

const Strings = z.nullish(z.array(z.string()));
const Keys = z.nullish(z.record(z.string(), z.unknown()));

/** Time in Go's format, or none; a value of another type is ignored rather than refused. */
// oxlint-disable-next-line promise/valid-params -- a fallback of a schema, no promise
const Optional = z.catch(z.optional(z.string()), undefined);

/**
 * Fields of an image config that are read (https://github.com/opencontainers/image-spec/blob/main/config.md).
 * Fields that runtimes use must have the specified type, since a runtime might read another type differently.
 */
export const ConfigDocument = z.object({
  os: z.string().check(z.minLength(1)),
  architecture: z.string().check(z.minLength(1)),
  variant: z.optional(z.string()),
  rootfs: z.object({
    type: z.literal("layers"),
    diff_ids: z.nullish(z.array(Digest).check(z.maxLength(LIMITS.layersPerImage))),
  }),
  author: Optional,
  created: Optional,
  config: z.nullish(
    z.object({
      User: z.nullish(z.string()),
      Env: Strings,
      Entrypoint: Strings,
      Cmd: Strings,
      WorkingDir: z.nullish(z.string()),
      ExposedPorts: Keys,
      Volumes: Keys,
      Labels: z.nullish(z.record(z.string(), z.nullable(z.string()))),
      StopSignal: z.nullish(z.string()),
      Shell: Strings,
      OnBuild: Strings,
      Healthcheck: z.nullish(z.object({ Test: Strings })),
    }),
  ),
  history: z.nullish(
    z.array(
      z.object({
        created_by: z.nullish(z.string()),
        comment: z.nullish(z.string()),
        author: z.nullish(z.string()),
        created: Optional,
        empty_layer: z.nullish(z.boolean()),
      }),
    ),
  ),
});
export type ConfigDocument = z.infer<typeof ConfigDocument>;

/** Parameters with which a container starts, in the specification's terms. */
export type ImageConfig = NonNullable<ConfigDocument["config"]>;

export interface ParsedConfig {
  readonly document: ConfigDocument;
  /** Platform as `os/architecture[/variant]`. */
  readonly platform: string;
  /** DiffIds of the layers, bottom first. */
  readonly diffIds: readonly DigestText[];
}

/**
 * @param wanted platform for which the config was chosen, if any
 * @throws InvalidInputError json-too-deep, json-invalid, duplicate-key, json-surrogate, ambiguous-key, document-invalid,
 *   windows-image, platform-mismatch
 */
export function parseConfig(bytes: Uint8Array, imageId: DigestText, wanted?: Platform): ParsedConfig {
  const json = parseDocument(bytes, imageId);
  verifySpelling(json, CONFIG_SPELLING, imageId);
  const document = inDocumentTime(bytes.length, () => conforming(ConfigDocument, json, imageId));
  if (isWindows(document)) throw windowsImage();
  const platform = formatPlatform(document);
  if (wanted !== undefined && !matches(document, wanted)) throw mismatch(platform, formatPlatform(wanted));
  return { document, platform, diffIds: document.rootfs.diff_ids ?? [] };
}

/**
 * Error for Windows images, whose containers have no uid, capabilities or seccomp, so that the contract
 * cannot be checked.
 */
export function windowsImage(): InvalidInputError {
  return new InvalidInputError("windows-image", {
    fr: "c'est une image Windows : la plateforme n'exécute que des images Linux. Construire l'image pour linux/amd64 ou linux/arm64.",
    en: "this is a Windows image: the platform runs Linux images only. Build the image for linux/amd64 or linux/arm64.",
  });
}

function mismatch(actual: string, wanted: string): InvalidInputError {
  return new InvalidInputError("platform-mismatch", {
    fr: `plateforme ${quoted(wanted)} demandée, mais la configuration de l'image dit ${quoted(actual)}. Choisir une autre valeur de --platform ou reconstruire l'image.`,
    en: `platform ${quoted(wanted)} was wanted, but the image's config says ${quoted(actual)}. Choose another --platform, or rebuild the image.`,
  });
}
