import type { ConfigFacts, ImageFacts, LayerSummary } from "../contract/image-facts.ts";
import type { AnyRule } from "../contract/rule.ts";
import type { OpenImage } from "../image/open-image.ts";
import { askedBy } from "./asked.ts";
import { baseLayers } from "./base-layers.ts";
import { parseConfig } from "./config.ts";
import { configFacts } from "./config-facts.ts";
import type { ImageContents } from "./layers/image-contents.ts";
import { readImageFiles, type Start } from "./layers/read-image-files.ts";
import type { ReadOptions } from "./layers/read-layers.ts";
import { distinctSelectors } from "./layers/selector-text.ts";

/** What containerd sets when the image's ENV names no PATH. */
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export interface CollectOptions extends Omit<ReadOptions, "selectors"> {
  /** The rules that will judge: their `files` say what is kept of the image. */
  readonly rules: readonly AnyRule[];
}

export interface CollectedImage {
  readonly facts: ImageFacts;
  /** Why facts could not be kept for the next run, in the file system's words. */
  readonly cacheProblem?: string;
}

/**
 * Everything that rules can know of an image. Each layer is read once and verified, or known from
 * an earlier run.
 *
 * @throws DouaneError of parseConfig() and readImageFiles(); the signal's reason
 */
export async function collectImage(
  image: OpenImage,
  { rules, ...options }: CollectOptions,
): Promise<CollectedImage> {
  const { config, history, secrets } = configFacts(parseConfig(image.config), image.layers.length);
  const selectors = distinctSelectors(rules.flatMap((rule) => rule.files ?? []));
  const { contents, cacheProblem } = await readImageFiles(image.layers, startOf(config), {
    selectors,
    ...options,
  });
  const diffIds = image.layers.map(({ diffId }) => diffId);
  const base = baseLayers({ history, diffIds, labels: config.labels });
  const facts: ImageFacts = {
    source: image.source,
    ...(image.digest === undefined ? {} : { digest: image.digest }),
    ...(image.indexDigest === undefined ? {} : { indexDigest: image.indexDigest }),
    imageId: image.imageId,
    platform: image.platform,
    config,
    history,
    layers: summarize(image, contents, base),
    annotations: image.annotations,
    program: contents.program,
    files: contents.files,
    secrets: [...secrets, ...contents.secrets],
    asked: askedBy(rules),
  };
  return cacheProblem === undefined ? { facts } : { facts, cacheProblem };
}

function startOf({ entrypoint, cmd, env, workingDir }: ConfigFacts): Start {
  const path = env.findLast((entry) => entry.startsWith("PATH="))?.slice("PATH=".length) ?? DEFAULT_PATH;
  return { argv: [...entrypoint, ...cmd], path, workingDir };
}

function summarize(image: OpenImage, { entries }: ImageContents, base: number): readonly LayerSummary[] {
  return image.layers.map(({ digest, diffId, mediaType, size, bytes }, index) => ({
    ...(digest === undefined ? {} : { digest }),
    diffId,
    mediaType,
    size,
    entries: entries[index] ?? 0,
    base: index < base,
    ...(bytes.in === "nowhere" ? { unread: bytes.reason } : {}),
  }));
}
