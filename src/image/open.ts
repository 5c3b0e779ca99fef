import type { Opening } from "./assemble.ts";
import type { OpenImage } from "./open-image.ts";
import { wantedPlatform } from "./platform.ts";
import { parseReference, type Reference } from "./reference.ts";
import { parseSource } from "./source.ts";
import { openFileSource } from "./store/open-file-source.ts";

export interface OpenOptions {
  /** `os/architecture[/variant]`; default: Linux on the host's architecture. */
  readonly platform?: string;
  /** Hosts (`host[:port]`) whose certificate is not verified and which may speak plain HTTP. */
  readonly insecureRegistries?: readonly string[];
  /** PEM file of certificate authorities to trust besides the system's. */
  readonly caFile?: string;
  /** Proxies, credential files, PATH of the engines and credential helpers. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Milliseconds without a byte before a connection is given up; default LIMITS.networkIdleMs. */
  readonly networkIdleMs?: number;
}

/**
 * Opens an image of a registry and of nothing else, whatever the text looks like: for names that
 * come from a manifest, which must not lead to a local file or engine.
 *
 * @param text `[registry/]name[:tag][@digest]`
 * @throws as openImage() does
 */
export async function openRegistryImage(text: string, options: OpenOptions): Promise<OpenImage> {
  return unlessAborted(options, () =>
    openReference(parseReference(text), { source: text, wanted: wantedPlatform(options.platform) }, options),
  );
}

/**
 * Opens one image of one platform: its documents are read and verified, its layers can be read.
 * Nothing is unpacked; nothing is left behind, however the process ends. Close it after use.
 *
 * @param source see parseSource()
 * @throws the signal's reason, once it is aborted
 * @throws UsageError when the source, the platform or a setting is wrong
 * @throws InvalidInputError when it is not an image, corrupt, or beyond a limit
 * @throws UnavailableError when it cannot be reached
 */
export async function openImage(source: string, options: OpenOptions): Promise<OpenImage> {
  return unlessAborted(options, () => open(source, options));
}

async function unlessAborted({ signal }: OpenOptions, opening: () => Promise<OpenImage>): Promise<OpenImage> {
  try {
    signal?.throwIfAborted();
    return await opening();
  } catch (error) {
    // Streams and processes that are aborted each fail in their own way.
    signal?.throwIfAborted();
    throw error;
  }
}

async function open(source: string, options: OpenOptions): Promise<OpenImage> {
  const wanted = wantedPlatform(options.platform);
  const parsed = parseSource(source);
  if (parsed.transport === "registry") {
    return openReference(parsed.reference, { source, wanted }, options);
  }
  if ("name" in parsed) {
    const { openEngineSource } = await import("./engine/open-engine-source.ts");
    return openEngineSource(parsed, { source, wanted }, options);
  }
  return openFileSource(parsed, { source, wanted }, options.signal);
}

async function openReference(
  reference: Reference,
  asked: Omit<Opening, "reference">,
  options: OpenOptions,
): Promise<OpenImage> {
  const { openRegistrySource } = await import("./registry/open-registry-source.ts");
  return openRegistrySource(reference, asked, options);
}
