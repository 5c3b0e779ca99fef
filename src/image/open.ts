import { parseReference, type Reference } from "../net/reference.ts";
import type { Registries } from "../net/registry/registries.ts";
import { wantedPlatform } from "./documents/platform.ts";
import { closingOnError } from "./source/closing-on-error.ts";
import type { OpenImage } from "./source/open-image.ts";
import { parseSource } from "./source/source.ts";
import { openFileSource } from "./store/open-file-source.ts";

export interface OpenOptions {
  /** `os/architecture[/variant]`; default: Linux on the host's architecture. */
  readonly platform?: string;
  /** Hosts (`host[:port]`) whose certificate is not verified and that may use plain HTTP. */
  readonly insecureRegistries?: readonly string[];
  /** PEM file of certificate authorities to trust besides the system's. */
  readonly caFile?: string;
  /** Folder that relative paths start from; default: the process's. */
  readonly cwd?: string;
  /** Proxies, credential files, PATH of the engines and credential helpers. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Milliseconds without a byte before a connection is given up; default LIMITS.networkIdleMs. */
  readonly networkIdleMs?: number;
}

/**
 * Opens the images of one run, several at a time if need be. What they share (connections,
 * certificates, credentials, tokens) is made when it is first needed, and only once.
 */
export interface ImageOpener {
  /**
   * Opens one image of one platform: its documents are read and verified, its layers can be read.
   * Nothing is unpacked; nothing is left behind, however the process ends. Close it after use.
   *
   * @param source see parseSource(); an image of a local engine goes before one of a registry that
   * the text does not name
   * @param signal of this image alone, in place of the run's
   * @throws the signal's reason, once it is aborted
   * @throws UsageError when the source or a setting is wrong
   * @throws InvalidInputError when it is not an image, corrupt, or beyond a limit
   * @throws UnavailableError when it cannot be reached
   */
  open(source: string, signal?: AbortSignal): Promise<OpenImage>;
  /**
   * Opens an image of a registry only, for names from a manifest, which must not lead to a local file or
   * engine.
   *
   * @param text `[registry/]name[:tag][@digest]`
   * @throws as open()
   */
  openRegistry(text: string, signal?: AbortSignal): Promise<OpenImage>;
  /** Ends all transfers from registries, including those of images that are still open. */
  close(): Promise<void>;
}

/** @throws UsageError platform-invalid */
export function imageOpener(options: OpenOptions): ImageOpener {
  const wanted = wantedPlatform(options.platform);
  let registries: Promise<Registries> | undefined;
  async function openReference(
    reference: Reference,
    source: string,
    signal?: AbortSignal,
  ): Promise<OpenImage> {
    const { openRegistrySource } = await import("./registry/open-registry-source.ts");
    registries ??= import("../net/registry/registries.ts").then(({ Registries }) => new Registries(options));
    return openRegistrySource(reference, { source, wanted, signal }, await registries);
  }
  async function open(source: string, signal?: AbortSignal): Promise<OpenImage> {
    const parsed = parseSource(source, options.cwd);
    const used = { ...options, ...(signal === undefined ? {} : { signal }) };
    if (parsed.transport === "registry") {
      const { reference, plain } = parsed;
      if (plain === undefined) return openReference(reference, source, signal);
      const { openPlain } = await import("./engine/open-plain.ts");
      return openPlain(plain, { source, wanted }, used, () => openReference(reference, source, signal));
    }
    if (!("name" in parsed)) return openFileSource(parsed, { source, wanted }, signal);
    const { openEngineSource } = await import("./engine/open-engine-source.ts");
    return openEngineSource(parsed, { source, wanted }, used);
  }
  return {
    open: (source, signal = options.signal) => unlessAborted(signal, () => open(source, signal)),
    openRegistry: (text, signal = options.signal) =>
      unlessAborted(signal, async () => openReference(parseReference(text), text, signal)),
    close: async () => (await registries)?.close(),
  };
}

/** Opens an image with an opener of its own, which is closed with it. */
export async function openImage(source: string, options: OpenOptions): Promise<OpenImage> {
  const opener = imageOpener(options);
  return closingOnError(opener, async () => {
    const image = await opener.open(source);
    async function close(): Promise<void> {
      await image.close();
      await opener.close();
    }
    return { ...image, close };
  });
}

async function unlessAborted(
  signal: AbortSignal | undefined,
  opening: () => Promise<OpenImage>,
): Promise<OpenImage> {
  try {
    signal?.throwIfAborted();
    return await opening();
  } catch (error) {
    // Streams and processes that are aborted each fail in their own way.
    signal?.throwIfAborted();
    throw error;
  }
}
