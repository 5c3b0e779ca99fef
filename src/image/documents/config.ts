import { z } from "zod";
import { InvalidInputError } from "../../contract/error.ts";
import type { Digest as DigestText } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { formatPlatform, matches, type Platform } from "../platform.ts";
import { Digest } from "./descriptor.ts";
import { parseJson } from "./json.ts";
import { schemaError } from "./schema-error.ts";
import { CONFIG_SPELLING, verifySpelling } from "./spelling.ts";

/** What opening an image needs of its config (https://github.com/opencontainers/image-spec/blob/main/config.md). */
const Config = z.object({
  os: z.string().min(1),
  architecture: z.string().min(1),
  variant: z.string().optional(),
  rootfs: z.object({
    type: z.literal("layers"),
    diff_ids: z
      .array(Digest)
      .max(LIMITS.layersPerImage)
      .nullish()
      .transform((list) => list ?? []),
  }),
});

export interface ParsedConfig {
  /** The whole document. */
  readonly document: unknown;
  /** `os/architecture[/variant]` */
  readonly platform: string;
  /** Bottom first. */
  readonly diffIds: readonly DigestText[];
}

/**
 * @param wanted the platform for which the config was chosen, when it was
 * @throws InvalidInputError json-too-deep, json-invalid, ambiguous-key, document-invalid,
 *   windows-image, platform-mismatch
 */
export function parseConfig(bytes: Uint8Array, imageId: DigestText, wanted?: Platform): ParsedConfig {
  const document = parseJson(bytes, imageId);
  verifySpelling(document, CONFIG_SPELLING, imageId);
  const { data: config, error } = Config.safeParse(document);
  if (error !== undefined) throw schemaError(imageId, error);
  if (config.os === "windows") throw windowsImage();
  const platform = formatPlatform(config);
  if (wanted !== undefined && !matches(config, wanted)) throw mismatch(platform, formatPlatform(wanted));
  return { document, platform, diffIds: config.rootfs.diff_ids };
}

/** Windows containers know neither uid, capability nor seccomp: the contract cannot hold for them. */
export function windowsImage(): InvalidInputError {
  return new InvalidInputError("windows-image", {
    fr: "c'est une image Windows : la plateforme n'exécute que des images Linux. Construisez l'image pour linux/amd64 ou linux/arm64.",
    en: "this is a Windows image: the platform runs Linux images only. Build the image for linux/amd64 or linux/arm64.",
  });
}

function mismatch(actual: string, wanted: string): InvalidInputError {
  return new InvalidInputError("platform-mismatch", {
    fr: `plateforme ${quoted(wanted)} demandée, mais la configuration de l'image dit ${quoted(actual)}. Choisissez une autre valeur de --platform ou reconstruisez l'image.`,
    en: `platform ${quoted(wanted)} was wanted, but the image's config says ${quoted(actual)}. Choose another --platform, or rebuild the image.`,
  });
}
