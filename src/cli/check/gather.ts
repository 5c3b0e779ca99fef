import type { DockerfileFacts } from "../../contract/dockerfile-facts.ts";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { fileProblem, type SourceProblem } from "../../contract/source-problem.ts";
import type { StoredEvidence } from "../../evidence/file.ts";
import type { NamedImage } from "../../evidence/named-images.ts";
import { NO_CONFIG } from "../../evidence/trial/config-lookup.ts";
import type { KnownImage } from "../../evidence/workload-subject.ts";
import { keeping } from "../process/kept-stream.ts";
import { progressOn } from "../terminal/progress.ts";
import type { ConfigSource } from "../trial/config-source.ts";
import type { KnownTrials } from "../trial/known-trials.ts";
import type { TrialRunner } from "../trial/runner.ts";
import type { CollectedImages, Run } from "./collect.ts";
import { withinLimit } from "./image-limit.ts";
import type { Inputs } from "./inputs.ts";
import type { FoundWorkload, Manifests } from "./manifests.ts";
import type { Problems } from "./problems.ts";

/** Everything that is to be judged. */
export interface Gathered {
  readonly workloads: readonly FoundWorkload[];
  /** What is known of the images that workloads name, by the text in the manifests. */
  readonly images: ReadonlyMap<string, KnownImage>;
  /** Those of them that were read. */
  readonly read: readonly StoredEvidence[];
  readonly dockerfiles: readonly DockerfileFacts[];
  /** Images that the user named. */
  readonly collected: readonly StoredEvidence[];
  readonly skipped: readonly SourceProblem[];
  /** How containers behave, as far as that was seen. */
  readonly trials: KnownTrials | undefined;
}

// A run loads only what it needs: the code for images or for YAML takes longer to load than a manifest to judge.

/** Reads all inputs; what cannot be read is among the problems. */
export async function gather(inputs: Inputs, options: GatherOptions): Promise<Gathered> {
  const { stdin } = options.session.context;
  const keeps = options.values.trial || options.shelf.trials.length > 0;
  const kept = keeps ? keeping(stdin) : { stream: stdin, bytes: () => new Uint8Array() };
  const run: Reading = { ...options, progress: progressOn(options.session), stdin: kept.stream };
  const dockerfiles = await readDockerfiles(inputs, run);
  const alone = dockerfiles.length === 0 && run.problems.errors.length === 0;
  const { workloads, skipped } = await readManifests(inputs, run, alone);
  const named = await imagesOf(workloads, run.problems);
  const wanted = run.values.noImages ? new Map<string, NamedImage>() : await withinLimit(named, run.problems);
  const trials = await knownTrials(run, async () => {
    const { configSource } = await import("../trial/config-source.ts");
    return configSource(run.session.context.cwd, kept.bytes);
  });
  const runner =
    trials === undefined ? undefined : await options.trial?.runner(workloads, trials, kept.bytes);
  const { collected, images: read } = await readImages(inputs.images, wanted, {
    ...run,
    ...(runner === undefined ? {} : { runner }),
  });
  await run.shelf.warnOfTheRest();
  return { workloads, images: withRead(named, read), read, dockerfiles, collected, skipped, trials };
}

export interface GatherOptions extends Omit<Run, "progress" | "runner"> {
  /** Images are run, too. */
  readonly trial?: {
    runner(
      workloads: readonly FoundWorkload[],
      known: KnownTrials,
      stdin: () => Uint8Array,
    ): Promise<TrialRunner>;
  };
}

interface Reading extends Run {
  readonly stdin: AsyncIterable<Uint8Array>;
}

/** Undefined: nothing is run, and no trial was handed in. */
async function knownTrials(
  { values, shelf, settings }: Pick<Run, "values" | "shelf" | "settings">,
  config: () => Promise<ConfigSource>,
): Promise<KnownTrials | undefined> {
  if (!values.trial && shelf.trials.length === 0) return undefined;
  const { KnownTrials } = await import("../trial/known-trials.ts");
  return new KnownTrials(shelf.trials, settings.trial, await config());
}

/** What evidence files hold, when there is nothing else to judge. No verdict at all must not end like a good one. */
export async function gatherStored({
  shelf,
  values,
  problems,
  settings,
}: Pick<Run, "shelf" | "values" | "problems" | "settings">): Promise<Gathered> {
  const { collected, workloads: stored, images: read } = shelf;
  const { evidence } = values;
  if (collected.length + stored.length === 0) throw emptyEvidence(evidence);
  // The files are not at hand any more: the line on which the object begins is what is known.
  const workloads = stored.map((facts) => ({ facts, locate: () => ({ line: facts.line }) }));
  const images = withRead(await imagesOf(workloads, problems), read);
  // Files that evidence names are nobody's word: they are not read.
  const trials = await knownTrials({ shelf, values, settings }, async () => () => NO_CONFIG);
  return { workloads, images, read, dockerfiles: [], collected, skipped: [], trials };
}

function emptyEvidence(evidence: readonly string[]): InvalidInputError {
  const files = evidence.map(quoted).join(", ");
  return new InvalidInputError("evidence-empty", {
    fr: `${files} : ces preuves ne concernent aucune image. En écrire avec « douane check IMAGE --save-evidence FICHIER ».`,
    en: `${files}: this evidence is about no image. Write some with \`douane check IMAGE --save-evidence FILE\`.`,
  });
}

function withRead(
  named: ReadonlyMap<string, KnownImage>,
  read: readonly StoredEvidence[],
): ReadonlyMap<string, KnownImage> {
  const images = new Map(named);
  for (const stored of read) images.set(stored.reference.given, stored);
  return images;
}

async function readDockerfiles(
  inputs: Inputs,
  { session, problems }: Run,
): Promise<readonly DockerfileFacts[]> {
  if (inputs.dockerfiles.length + inputs.projects.length === 0) return [];
  const dockerfiles = await import("./dockerfiles.ts");
  return dockerfiles.readDockerfiles(inputs, session.context.cwd, problems);
}

async function readManifests(
  inputs: Inputs,
  { session: { context }, problems, stdin }: Reading,
  alone: boolean,
): Promise<Manifests> {
  if (inputs.manifests.length === 0) return { workloads: [], skipped: [] };
  const manifests = await import("./manifests.ts");
  return manifests.readManifests(inputs, { cwd: context.cwd, stdin }, problems, alone);
}

async function imagesOf(
  workloads: readonly FoundWorkload[],
  problems: Problems,
): Promise<ReadonlyMap<string, NamedImage>> {
  if (workloads.length === 0) return new Map();
  const { namedImages } = await import("../../evidence/named-images.ts");
  const named = namedImages(workloads.map(({ facts }) => facts));
  await problems.addInvalid(named.problems.map(fileProblem));
  return named.images;
}

async function readImages(
  sources: readonly string[],
  named: ReadonlyMap<string, NamedImage>,
  run: Run,
): Promise<CollectedImages> {
  if (sources.length + named.size === 0) return { collected: [], images: [] };
  const { collectImages } = await import("./collect.ts");
  return collectImages(sources, named, run);
}
