import { parseReference, type Reference } from "../net/reference.ts";
import type { Registries } from "../net/registry/registries.ts";
import type { Opening } from "./assembly/assemble.ts";
import { wantedPlatform } from "./documents/platform.ts";
import { closingOnError, type OpenImage } from "./source/open-image.ts";
import { parseSource } from "./source/source.ts";

export interface OpenOptions {
  /** Platform as `os/architecture[/variant]`; default: Linux on the host's architecture. */
  readonly platform?: string;
  /** Hosts (`host[:port]`) whose certificate is not verified and that may use plain HTTP. */
  readonly insecureRegistries?: readonly string[];
  /** PEM file of certificate authorities to trust besides the system's. */
  readonly caFile?: string;
  /** See HttpOptions. */
  readonly privateHosts?: readonly string[];
  /** Folder from which relative paths start; default: the process's. */
  readonly cwd?: string;
  /** Environment with proxies, credential files, and PATH of engines and credential helpers. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Milliseconds without data after which a connection is closed; default: LIMITS.networkIdleMs. */
  readonly networkIdleMs?: number;
}

/**
 * Opens the images of one run, several at a time if needed. Shared resources (connections, certificates,
 * credentials, tokens) are created once, when first needed.
 */
export interface ImageOpener {
  /**
   * Opens one image of one platform: its documents are read and verified, its layers can be read. Nothing is unpacked,
   * and no files remain, however the process ends. The image must be closed after use.
   *
   * @param source see parseSource(); without a registry in the text, an image of a local engine takes precedence
   * @param signal signal for this image only, instead of the run's
   * @param platform platform for this image only, instead of the options'
   * @param within folder, absolute with links resolved, that files of an image on disk must not leave by links, for
   * a source that a repository chose; absent: links are followed
   * @throws the signal's reason, if it is aborted
   * @throws UsageError if the source or a setting is wrong
   * @throws InvalidInputError if it is not an image, is corrupt, or exceeds a limit
   * @throws UnavailableError if it cannot be reached
   */
  open(source: string, signal?: AbortSignal, platform?: string, within?: string): Promise<OpenImage>;
  /**
   * Opens an image of a registry only, for names from a manifest, which must not lead to a local file or
   * engine.
   *
   * @param text `[registry/]name[:tag][@digest]`
   * @throws as open()
   */
  openRegistry(text: string, signal?: AbortSignal, platform?: string): Promise<OpenImage>;
  /** Registries of the run, for reading attachments of its images over the same connections. */
  readonly registries: () => Promise<Registries>;
  /** Ends all transfers from registries, including those of images that are still open. */
  close(): Promise<void>;
}

/** @throws UsageError platform-invalid */
export function imageOpener(options: OpenOptions): ImageOpener {
  const ofRun = wantedPlatform(options.platform);
  const wantedFor = (platform?: string) => (platform === undefined ? ofRun : wantedPlatform(platform));
  let registries: Promise<Registries> | undefined;
  function sharedRegistries(): Promise<Registries> {
    registries ??= import("../net/registry/registries.ts").then(({ Registries }) => new Registries(options));
    return registries;
  }
  async function openReference(
    reference: Reference,
    { source, wanted }: Pick<Opening, "source" | "wanted">,
    signal?: AbortSignal,
  ): Promise<OpenImage> {
    const { openRegistrySource } = await import("./registry/open-registry-source.ts");
    return openRegistrySource(reference, { source, wanted, signal }, await sharedRegistries());
  }
  async function open(
    source: string,
    signal?: AbortSignal,
    platform?: string,
    within?: string,
  ): Promise<OpenImage> {
    const wanted = wantedFor(platform);
    const parsed = parseSource(source, options.cwd);
    const used = { ...options, ...(signal === undefined ? {} : { signal }) };
    if (parsed.transport === "registry") {
      const { reference, plain } = parsed;
      if (plain === undefined) return openReference(reference, { source, wanted }, signal);
      const { openPlain } = await import("./engine/open-plain.ts");
      return openPlain(plain, { source, wanted }, used, async () => {
        (await sharedRegistries()).places.assertOfDockerHub(plain);
        return openReference(reference, { source, wanted }, signal);
      });
    }
    if (!("name" in parsed)) {
      const { openFileSource } = await import("./store/open-file-source.ts");
      return openFileSource(parsed, { source, wanted }, signal, within);
    }
    const { openEngineSource } = await import("./engine/open-engine-source.ts");
    return openEngineSource(parsed, { source, wanted }, used);
  }
  return {
    open: (source, signal = options.signal, platform, within) =>
      unlessAborted(signal, () => open(source, signal, platform, within)),
    openRegistry: (text, signal = options.signal, platform) =>
      unlessAborted(signal, async () => {
        return openReference(parseReference(text), { source: text, wanted: wantedFor(platform) }, signal);
      }),
    registries: sharedRegistries,
    close: async () => (await registries)?.close(),
  };
}

/** Opens an image with its own opener, which is closed with the image. */
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
    // Aborted streams and processes fail with various errors; the signal's reason replaces them.
    signal?.throwIfAborted();
    throw error;
  }
}
