import { charactersOf } from "../contract/characters-of.ts";
import { inDocumentTime } from "../contract/document-time.ts";
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
import type { SbomFacts } from "../contract/sbom-facts.ts";
import type { Text } from "../contract/text.ts";
import type { OpenImage } from "../image/source/open-image.ts";
import { maskCollectedImage } from "../secrets/image.ts";
import { maskSbom } from "../secrets/sbom.ts";
import { containerStart, type StartOverride } from "../start/entrypoint-and-command.ts";
import { type AttachedSbom, attachedSboms } from "./attached-sboms.ts";
import { baseLayers } from "./base-layers.ts";
import { configFacts, type MaskedConfig } from "./config-facts.ts";
import { coverageOf, withStatedGroups } from "./coverage/coverage.ts";
import { unitedCoverage } from "./coverage/united-coverage.ts";
import { VERSIONS } from "./layers/analyzers/versions.ts";
import type { ImageContents, Start } from "./layers/facts/image-contents.ts";
import { LayerReading, type ReadingOptions } from "./layers/layer-reading.ts";
import type { ReadOptions } from "./layers/read/read-layers.ts";
import { selectorHashes } from "./rule-selectors.ts";
import { sbomFacts } from "./sbom.ts";

export interface CollectorOptions extends Pick<ReadingOptions, "cache" | "isShared"> {
  /** Rules to be evaluated; their `files` decide which files are kept. */
  readonly rules: readonly AnyRule[];
}

export interface CollectOptions extends Omit<ReadOptions, "onLayer"> {
  /** Command lines of workloads that run this image with another command: startOverrides(). */
  readonly starts?: readonly StartOverride[];
}

export interface CollectedImage {
  readonly image: ImageFacts;
  readonly sbom: SbomFacts;
}

/**
 * Collects facts of the images of one run, several at a time if needed; facts of a shared layer are collected
 * once. Needs no closing.
 */
export class ImageFactsCollector {
  readonly #reading: LayerReading;
  readonly #asked: ImageFacts["asked"];

  constructor({ rules, ...options }: CollectorOptions) {
    this.#reading = new LayerReading({ selectors: rules.flatMap(({ files = [] }) => files), ...options });
    this.#asked = selectorHashes(rules);
  }

  /** Reason why facts cannot be cached, once known; images are read regardless. */
  get cacheProblem(): Text | undefined {
    return this.#reading.cacheProblem;
  }

  /**
   * All facts of an image that rules can use. Each layer is read once and verified, or known from an earlier
   * image or run.
   *
   * @throws DouaneError of LayerReading; InvalidInputError `start-limit`; the signal's reason
   */
  async collect(image: OpenImage, { starts = [], ...options }: CollectOptions = {}): Promise<CollectedImage> {
    const size = charactersOf(image.config, LIMITS.unwatchedCharacters);
    const masked = inDocumentTime(size, () => configFacts(image.config, image.layers.length));
    const allStarts = startsOf(masked.config, starts);
    const contents = await this.#reading.read(image.layers, allStarts, options);
    return {
      image: imageFacts(image, masked, allStarts, contents, this.#asked),
      sbom: sbomFacts(contents, await attachedSboms(image)),
    };
  }
}

/** Versions on which collected evidence depends: of douane, its analyzers, catalogers and selectors, as JSON. */
export function evidenceVersion(douane: string, rules: readonly AnyRule[]): string {
  return JSON.stringify([douane, VERSIONS, selectorHashes(rules)]);
}

/**
 * Packages and SBOMs of an image, together with the documents that signers of the policy attested. Attested
 * documents count like documents in layers.
 */
export function withAttestedSboms(own: SbomFacts, attested: readonly AttachedSbom[]): SbomFacts {
  if (attested.length === 0) return own;
  const { documents: embedded, ...rest } = own;
  const documents = [...embedded, ...attested.map(({ found }) => found)];
  const stated = new Set(attested.flatMap((one) => one.stated));
  if (stated.size === 0) return maskSbom({ ...rest, documents });
  const packages = withStatedGroups(rest.packages, stated);
  const coverage = unitedCoverage(rest.coverage, coverageOf(packages, stated));
  return maskSbom({ ...rest, documents, packages, coverage });
}

function imageFacts(
  image: OpenImage,
  { config, history, secrets }: MaskedConfig,
  [own, ...others]: Starts,
  contents: ImageContents,
  asked: ImageFacts["asked"],
): ImageFacts {
  const [program = unfollowed(own), ...programs] = contents.programs;
  const diffIds = image.layers.map(({ diffId }) => diffId);
  const base = baseLayers({ history, diffIds, labels: config.labels });
  return maskCollectedImage({
    source: image.source,
    ...(image.digest === undefined ? {} : { digest: image.digest }),
    ...(image.indexDigest === undefined ? {} : { indexDigest: image.indexDigest }),
    ...(image.otherIndexDigests === undefined ? {} : { otherIndexDigests: image.otherIndexDigests }),
    imageId: image.imageId,
    platform: image.platform,
    ...(image.otherPlatforms.length === 0 ? {} : { otherPlatforms: image.otherPlatforms }),
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
    unsearched: contents.unsearched,
    databases: contents.databases,
    inlined: contents.inlined,
    asked,
  });
}

type Starts = readonly [Start, ...(readonly Start[])];

/** The image's own start, then the different starts of workloads, each once, sorted. */
function startsOf(config: ConfigFacts, overrides: readonly StartOverride[]): Starts {
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
  return { argv: [...entrypoint, ...cmd], path, workingDir, env: config.env };
}

/** Facts of a start that was not followed: its last program is unknown. */
function unfollowed({ argv, path }: Start): ProgramFacts {
  return { argv, path, steps: [], cut: true };
}

function overridden({ argv, path, steps, ...more }: ProgramFacts, start: Start | undefined): OverriddenStart {
  return { argv, path, workingDir: start?.workingDir ?? "", steps, ...more };
}

function summarize(image: OpenImage, { entries }: ImageContents, base: number): readonly LayerSummary[] {
  return image.layers.map(({ digest, diffId, mediaType, size, bytes }, index) => ({
    ...(digest === undefined ? {} : { digest }),
    diffId,
    mediaType,
    size,
    entries: entries[index] ?? 0,
    base: index < base,
    ...(bytes.kind === "unreadable" ? { unread: bytes.reason } : {}),
  }));
}
