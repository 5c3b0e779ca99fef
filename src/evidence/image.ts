import { InvalidInputError } from "../contract/error.ts";
import type {
  ConfigFacts,
  ImageFacts,
  LayerSummary,
  OverriddenStart,
  ProgramFacts,
} from "../contract/image-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import type { AnyRule } from "../contract/rule.ts";
import type { OpenImage } from "../image/open-image.ts";
import { containerStart, type StartOverride } from "../start/container-start.ts";
import { askedBy } from "./asked.ts";
import { baseLayers } from "./base-layers.ts";
import { configFacts } from "./config-facts.ts";
import type { ImageContents, Start } from "./layers/image-contents.ts";
import { readImageFiles } from "./layers/merge/read-image-files.ts";
import type { ReadOptions } from "./layers/read/read-layers.ts";
import { distinctSelectors } from "./layers/selector-text.ts";

export interface CollectOptions extends Omit<ReadOptions, "selectors"> {
  /** The rules that will judge: their `files` say what is kept of the image. */
  readonly rules: readonly AnyRule[];
  /** What workloads run in this image beside, or in place of, its own command line: startOverrides(). */
  readonly starts?: readonly StartOverride[];
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
 * @throws DouaneError of readImageFiles(); InvalidInputError `start-limit`; the signal's reason
 */
export async function collectImage(
  image: OpenImage,
  { rules, starts = [], ...options }: CollectOptions,
): Promise<CollectedImage> {
  const { config, history, secrets } = configFacts(image.config, image.layers.length);
  const selectors = distinctSelectors(rules.flatMap((rule) => rule.files ?? []));
  const [own, ...others] = startsOf(config, starts);
  const { contents, cacheProblem } = await readImageFiles(image.layers, [own, ...others], {
    selectors,
    ...options,
  });
  const [program = unfollowed(own), ...programs] = contents.programs;
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
    program,
    ...(others.length === 0
      ? {}
      : { overridden: programs.map((one, index) => overridden(one, others[index])) }),
    files: contents.files,
    secrets: [...secrets, ...contents.secrets],
    asked: askedBy(rules),
  };
  return cacheProblem === undefined ? { facts } : { facts, cacheProblem };
}

/** The image's own start, then those of workloads that differ from it, each once, sorted. */
function startsOf(
  config: ConfigFacts,
  overrides: readonly StartOverride[],
): readonly [Start, ...(readonly Start[])] {
  const own = startOf(config, {});
  const known = new Map(
    overrides.map((override) => {
      const start = startOf(config, override);
      return [JSON.stringify(start), start];
    }),
  );
  known.delete(JSON.stringify(own));
  if (known.size > LIMITS.startsPerImage) {
    throw new InvalidInputError("start-limit", {
      fr: `plus de ${LIMITS.startsPerImage} commandes de démarrage, sondes et hooks différents pour une même image (borne startsPerImage) : vérifier moins de manifestes à la fois.`,
      en: `more than ${LIMITS.startsPerImage} different start commands, probes and hooks for one image (bound startsPerImage): check fewer manifests at a time.`,
    });
  }
  return [own, ...[...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, start]) => start)];
}

function startOf(config: ConfigFacts, override: StartOverride): Start {
  const { entrypoint, cmd, path, workingDir } = containerStart(config, override);
  return { argv: [...entrypoint, ...cmd], path, workingDir };
}

/** A start that was not followed is not known to its end. */
function unfollowed({ argv, path }: Start): ProgramFacts {
  return { argv, path, steps: [], cut: true };
}

function overridden({ argv, path, steps, cut }: ProgramFacts, start: Start | undefined): OverriddenStart {
  const workingDir = start?.workingDir ?? "";
  return { argv, path, workingDir, steps, ...(cut === undefined ? {} : { cut }) };
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
