import { arch } from "node:process";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/** Platform in Go's terms (GOOS, GOARCH); the variant is the generation of an architecture. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string | undefined;
}

/** Platform for which an image is opened. */
export interface WantedPlatform extends Platform {
  /**
   * Whether the user named the platform; otherwise it is the host's, and an image with a single, different
   * platform is accepted.
   */
  readonly explicit: boolean;
}

/**
 * @param text `os/architecture[/variant]`; absent: Linux on the host's architecture
 * @throws UsageError platform-invalid
 */
export function wantedPlatform(text?: string): WantedPlatform {
  if (text === undefined) return { ...hostPlatform(), explicit: false };
  const [, os, architecture, variant] = /^([a-z]+)\/([a-z0-9_-]+)(?:\/(v?[0-9a-z.]+))?$/.exec(text) ?? [];
  if (os === undefined || architecture === undefined) {
    throw new UsageError("platform-invalid", {
      fr: `plateforme ${quoted(text)} invalide. Écrire os/architecture[/variante], par exemple linux/amd64 ou linux/arm/v7.`,
      en: `invalid platform ${quoted(text)}. Write os/architecture[/variant], for example linux/amd64 or linux/arm/v7.`,
    });
  }
  return { ...normalize({ os, architecture, variant }), explicit: true };
}

/** The host's architecture with Linux, also on other systems, since Docker runs Linux images there, too. */
function hostPlatform(): Platform {
  const names: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386", ppc64: "ppc64le" };
  return normalize({ os: "linux", architecture: names[arch] ?? arch });
}

export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant === undefined || variant === "" ? [] : [variant])].join("/");
}

/**
 * Candidates that an engine may choose for this platform: candidates with the requested or default variant;
 * for arm, whose processors run code of older variants, otherwise candidates of any variant. Engines differ
 * in their choice among several candidates.
 */
export function ofPlatform<T extends { readonly platform?: Platform | null | undefined }>(
  candidates: readonly T[],
  wanted: Platform,
): readonly T[] {
  const matching = candidates.filter(({ platform }) => platform && matches(platform, wanted));
  const usual = matching.filter(({ platform }) => platform && variantOf(platform) === variantOf(wanted));
  return usual.length > 0 || wanted.architecture !== "arm" ? usual : matching;
}

/** Whether every engine recognises the platform: in Go's spelling, without a redundant variant. */
export function isPlainly({ os, architecture, variant }: Platform, wanted: Platform): boolean {
  const isPlain = os === wanted.os && architecture === wanted.architecture;
  return isPlain && (!variant || architecture.startsWith("arm"));
}

/** Whether a platform matches the requested one; a variant matters only if requested. */
export function matches(platform: Platform, wanted: Platform): boolean {
  const { os, architecture } = normalize(platform);
  if (os !== wanted.os || architecture !== wanted.architecture) return false;
  return wanted.variant === undefined || variantOf(platform) === variantOf(wanted);
}

const ALIASES: Readonly<Record<string, Omit<Platform, "os">>> = {
  x86_64: { architecture: "amd64" },
  "x86-64": { architecture: "amd64" },
  i386: { architecture: "386" },
  aarch64: { architecture: "arm64" },
  armhf: { architecture: "arm", variant: "v7" },
  armel: { architecture: "arm", variant: "v6" },
};

/** Platform as containerd normalises it (platforms.Normalize): upper case, aliases, a missing os. */
function normalize(platform: Platform): Platform {
  const os = platform.os.toLowerCase() || "linux";
  const architecture = platform.architecture.toLowerCase();
  const variant = platform.variant?.toLowerCase();
  return { ...platform, os, architecture, variant, ...ALIASES[architecture] };
}

export function isWindows({ os }: Platform): boolean {
  return os.toLowerCase() === "windows";
}

const USUAL_VARIANTS: Readonly<Record<string, string>> = { amd64: "v1", arm: "v7", arm64: "v8" };

/**
 * Variant as containerd normalises it: arm64 without a variant is arm64/v8, and "8" of arm and arm64 is "v8".
 */
function variantOf(platform: Platform): string {
  const { architecture, variant } = normalize(platform);
  if (variant === undefined || variant === "")
    return (Object.hasOwn(USUAL_VARIANTS, architecture) ? USUAL_VARIANTS[architecture] : undefined) ?? "";
  return architecture.startsWith("arm") && !variant.startsWith("v") ? `v${variant}` : variant;
}
