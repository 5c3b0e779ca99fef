import type { DockerfileFacts } from "../contract/dockerfile-facts.ts";
import { InvalidInputError } from "../contract/error.ts";
import { type Origin, originName } from "../contract/origin.ts";
import { quoted } from "../contract/shown.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import type { NamedImage } from "../evidence/named-images.ts";
import { isIstioPlaceholder } from "../start/istio-placeholder.ts";
import type { OnImageOpen } from "./images/collector.ts";
import { withinLimit } from "./images/image-limit.ts";
import { type Images, storedImages, unreadImages } from "./images/stored-images.ts";
import type { Assessment, ProblemListener } from "./run/assessment.ts";
import type { FoundWorkload, Locate } from "./run/found-workload.ts";
import type { TrialDeps } from "./trials/trial-deps.ts";
import type { Trials } from "./trials/trials.ts";

/** All subjects to judge. */
export interface Subjects {
  readonly workloads: readonly SubjectWorkload[];
  readonly dockerfiles: readonly DockerfileFacts[];
  readonly images: Images;
  /** Trials; absent if no trial is run or given, and the policy names no signer of trials. */
  readonly trials?: Trials;
}

export interface SubjectWorkload {
  readonly facts: WorkloadFacts;
  /** Position lookup; absent if the object is not from a file. */
  readonly locate?: Locate;
  readonly origin: Origin;
}

// Modules are loaded on demand: loading those for images or YAML takes longer than judging a manifest.

/**
 * Subjects of the inputs; reports unreadable sources. Images are read later, on demand.
 *
 * @param means absent if there are no trials
 */
export async function subjectsToRead(
  assessment: Assessment,
  means: TrialDeps | undefined,
): Promise<Subjects> {
  const { evidence, origin } = assessment;
  const binds =
    means !== undefined || evidence.trials.length > 0 || assessment.attestations?.hasTrials === true;
  const { dockerfiles, isWhole } = await dockerfilesOf(assessment);
  const workloads = await workloadsOf(assessment, dockerfiles.length === 0 && isWhole);
  await assessment.tellLeftOut();
  const named = await namedBy(workloads, assessment);
  const trials = binds ? await trialsOf(assessment, means, workloads) : undefined;
  const images = await imagesOf(assessment, named, trials?.onImageOpen);
  return {
    workloads: workloads.map(({ facts, locate }) => ({
      facts,
      ...(locate === undefined ? {} : { locate }),
      origin,
    })),
    dockerfiles,
    images,
    ...(trials === undefined ? {} : { trials }),
  };
}

/**
 * Subjects of stored evidence, if there are no other inputs. A run without a verdict must not look like
 * success.
 *
 * @throws InvalidInputError `evidence-empty`
 */
export async function subjectsAtHand(assessment: Assessment): Promise<Subjects> {
  const { evidence } = assessment;
  const alone = evidence.images.filter((image) => image.alone === true);
  if (alone.length + evidence.workloads.length === 0) throw emptyEvidence(evidence.sources);
  // Without the manifest's file, only the line of the object is known.
  const workloads = evidence.workloads.map(({ workload: facts, origin }) => {
    const { at } = facts;
    return at.in === "file" ? { facts, origin, locate: () => ({ line: at.line }) } : { facts, origin };
  });
  const named = await namedBy(workloads, assessment);
  const ofWorkloads = evidence.images.filter((image) => image.alone !== true);
  const origins = new Map(evidence.workloads.map(({ workload, origin }) => [workload, originName(origin)]));
  const images = storedImages(
    named,
    ofWorkloads,
    alone,
    (workload) => origins.get(workload) ?? "",
    (text) => assessment.warn(text),
  );
  const subjects = { workloads, dockerfiles: [], images };
  if (evidence.trials.length === 0) return subjects;
  const { trialsAtHand } = await import("./trials/trials.ts");
  return { ...subjects, trials: trialsAtHand(assessment) };
}

function emptyEvidence(sources: readonly string[]): InvalidInputError {
  const files = sources.map(quoted).join(", ");
  return new InvalidInputError("evidence-empty", {
    fr: `${files} : ces preuves ne concernent aucune image, ou la politique n'en compte aucune. En écrire avec « douane check IMAGE --save-evidence FICHIER ».`,
    en: `${files}: this evidence is about no image, or the policy counts none of it. Write some with \`douane check IMAGE --save-evidence FILE\`.`,
  });
}

/** Dockerfiles of the inputs, and whether all of them could be read. */
async function dockerfilesOf(
  assessment: Assessment,
): Promise<{ readonly dockerfiles: readonly DockerfileFacts[]; readonly isWhole: boolean }> {
  const { inputs } = assessment.request;
  if (inputs.dockerfiles.length + inputs.projects.length === 0) return { dockerfiles: [], isWhole: true };
  const { readDockerfiles } = await import("./dockerfiles.ts");
  let isWhole = true;
  const listener: ProblemListener = {
    failed(about, error) {
      isWhole = false;
      return assessment.failed(about, error);
    },
    unreadable(problems) {
      isWhole = false;
      return assessment.unreadable(problems);
    },
  };
  const { cwd } = assessment.ports;
  const dockerfiles = await readDockerfiles(inputs, cwd, listener, assessment.exclusions);
  return { dockerfiles, isWhole };
}

async function workloadsOf(assessment: Assessment, isAlone: boolean): Promise<readonly FoundWorkload[]> {
  const { manifests, objects = [] } = assessment.request.inputs;
  const found: FoundWorkload[] = [];
  if (manifests.length > 0) {
    const { readManifests } = await import("./manifests.ts");
    found.push(...(await readManifests(assessment, isAlone)));
  }
  if (objects.length > 0) {
    const { readObjects } = await import("./objects.ts");
    found.push(...(await readObjects(assessment, objects)));
  }
  return found;
}

async function namedBy(
  workloads: readonly Pick<SubjectWorkload, "facts">[],
  assessment: Assessment,
): Promise<ReadonlyMap<string, NamedImage>> {
  if (workloads.length === 0) return new Map();
  const { namedImages } = await import("../evidence/named-images.ts");
  const { images, problems } = namedImages(workloads.map(({ facts }) => facts));
  await assessment.unreadable(problems);
  return images;
}

async function imagesOf(
  assessment: Assessment,
  named: ReadonlyMap<string, NamedImage>,
  onImageOpen: OnImageOpen | undefined,
): Promise<Images> {
  const { readImages, inputs } = assessment.request;
  const wanted = readImages
    ? await withinLimit(registryImages(named), assessment)
    : new Map<string, NamedImage>();
  const { replacements = [] } = assessment.request;
  if (wanted.size + inputs.images.length + replacements.length === 0) return unreadImages(named);
  const { imagesToRead } = await import("./images/images.ts");
  return imagesToRead(assessment, named, wanted, onImageOpen);
}

/** Images without placeholders that are replaced only when the pod is created. */
function registryImages(named: ReadonlyMap<string, NamedImage>): ReadonlyMap<string, NamedImage> {
  return new Map(
    [...named].filter(([text, { users }]) => {
      return !users.every(({ workload }) => isIstioPlaceholder(text, workload.pod));
    }),
  );
}

async function trialsOf(
  assessment: Assessment,
  means: TrialDeps | undefined,
  workloads: readonly FoundWorkload[],
): Promise<Trials> {
  const { openTrials } = await import("./trials/trials.ts");
  return openTrials(assessment, means, workloads);
}
