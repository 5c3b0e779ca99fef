import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { containerName, type PlacementFacts, placements } from "../../contract/pod-containers.ts";
import { quoted } from "../../contract/shown.ts";
import type { ProblemSubject } from "../../contract/source-problem.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { RawWorkload, WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageEvidence } from "../../evidence/file.ts";
import type { ImageUser } from "../../evidence/named-images.ts";
import { NO_OBJECTS } from "../../evidence/trial/namespace-objects.ts";
import type { PlacedContainer } from "../../evidence/trial/placed-container.ts";
import { hostnameOf } from "../../evidence/trial/pod-name.ts";
import { collectTrials } from "../../evidence/trial/run/collect.ts";
import type { PreparedDependencies } from "../../evidence/trial/run/dependencies.ts";
import { type PreparedContainer, prepareContainer } from "../../evidence/trial/run/prepare.ts";
import { settingsFor } from "../../evidence/trial/settings.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { proposedMounts } from "../../observations/proposed-mounts.ts";
import type { Available } from "../../trial/available-executor.ts";
import type { Kept } from "../../trial/plan/kept.ts";
import { dependenciesWithin, mostMemory, trialMemory, withMostMemory } from "../../trial/side-by-side.ts";
import type { TrialSlot, TrialSlots } from "../../trial/trial-slots.ts";
import type { Assessment } from "../run/assessment.ts";
import { DependencyImages } from "./dependency-images.ts";
import type { ObjectSource } from "./object-source.ts";

export interface RunnerDeps {
  readonly executor: Available;
  readonly slots: TrialSlots;
  /** Folder for unpacked layers. */
  readonly directory: string;
  readonly objects: ObjectSource;
  /** Returns the unmasked workload of a masked workload. */
  readonly unmasked: (workload: WorkloadFacts) => RawWorkload | undefined;
}

/** Trials by the container's path in the manifest; "" for an image alone. */
export type TrialsOfPod = ReadonlyMap<string, TrialFacts>;

/**
 * Runs pods. A container is prepared while its image is open; a pod runs when all its containers are
 * prepared.
 */
export class PodRunner {
  readonly #assessment: Assessment;
  readonly #means: RunnerDeps;
  readonly #pods = new Map<WorkloadFacts | ImageEvidence, Pod>();
  readonly #dependencies: DependencyImages;
  #begun = 0;

  constructor(assessment: Assessment, means: RunnerDeps) {
    this.#assessment = assessment;
    this.#means = means;
    this.#dependencies = new DependencyImages(assessment, means);
  }

  /**
   * Prepares the image for each container that runs it; for an image without containers, for the image alone.
   */
  async prepare(image: OpenImage, evidence: ImageEvidence, users: readonly ImageUser[]): Promise<void> {
    const placed = users.filter(({ placement: { role } }) => role !== "ephemeral" && role !== "volume");
    for (const user of users.length === 0 ? [undefined] : placed) {
      const pod = this.#podOf(evidence, user);
      try {
        const container = await this.#prepare(image, evidence, user, pod);
        pod.trials.set(user?.placement.path ?? "", { container, name: nameOf(evidence, user) });
      } catch (error) {
        // Evidence of the image without a trial still counts.
        if (isRefusedAnyway(error)) await this.#assessment.warn(error.text);
        else await this.#assessment.failed(subjectOf(evidence, user), error);
      }
    }
  }

  /** Runs the pod of a workload or of an image alone, then removes its prepared files. */
  async run(subject: WorkloadFacts | ImageEvidence): Promise<TrialsOfPod> {
    const pod = this.#pods.get(subject);
    this.#pods.delete(subject);
    if (pod === undefined || pod.trials.size === 0) return new Map();
    try {
      const containers = [...pod.trials.values()].map(({ container }) => container);
      const asked = await this.#dependencies.of(containers.map(({ settings }) => settings));
      const [bounded, dependencies] = await this.#withinMachine(pod, asked);
      const memory = trialMemory(
        [...bounded.trials.values()].map(({ container }) => container.options),
        dependencies.options,
      );
      return await this.#means.slots.run(memory, (room) => this.#run(bounded, dependencies, room));
    } catch (error) {
      await this.#assessment.failed(pod.about, error);
      return new Map();
    } finally {
      await release(pod);
    }
  }

  /** The pod and its dependencies with no more memory than this machine has for a trial. */
  async #withinMachine(
    pod: Pod,
    dependencies: PreparedDependencies,
  ): Promise<readonly [Pod, PreparedDependencies]> {
    const options = [...pod.trials.values()].map(({ container }) => container.options);
    const most = mostMemory(this.#means.slots.memoryBytes, options, dependencies.options);
    if (most === undefined) return [pod, dependencies];
    await this.#assessment.warn(lessMemory(pod.name, most));
    const trials = [...pod.trials].map(([path, trial]) => {
      const { container } = trial;
      return [
        path,
        { ...trial, container: { ...container, options: withMostMemory(container.options, most) } },
      ] as const;
    });
    const within = dependenciesWithin(dependencies.options, most);
    return [
      { ...pod, trials: new Map(trials) },
      { ...dependencies, options: within },
    ];
  }

  /** Removes prepared files of pods that did not run. */
  async close(): Promise<void> {
    for (const pod of this.#pods.values()) await release(pod);
    this.#pods.clear();
    await this.#dependencies.close();
  }

  #podOf(evidence: ImageEvidence, user: ImageUser | undefined): Pod {
    const key = user?.workload ?? evidence;
    const known = this.#pods.get(key);
    if (known !== undefined) return known;
    const name = user === undefined ? evidence.image.source : workloadName(user.workload);
    const hostname = hostnameOf(user?.workload, evidence.image.source);
    const about = subjectOf(evidence, user, name);
    const pod: Pod = { name, about, hostname, workload: user?.workload, trials: new Map() };
    this.#pods.set(key, pod);
    return pod;
  }

  async #prepare(
    image: OpenImage,
    { image: facts }: ImageEvidence,
    user: ImageUser | undefined,
    { hostname }: Pod,
  ): Promise<PreparedContainer> {
    const { request, ports } = this.#assessment;
    const { directory, objects } = this.#means;
    const shortfalls: Text[] = [];
    const container = await prepareContainer(
      {
        image,
        facts,
        hostname,
        objects: user === undefined ? NO_OBJECTS : objects(user.workload),
        settings: settingsFor(request.trial, user && containerName(user.placement)),
        ...(user === undefined ? {} : { placed: this.#placedOf(user) }),
      },
      { directory, onUnmetInput: (text) => void shortfalls.push(text), signal: ports.signal },
    );
    for (const text of shortfalls) await this.#assessment.warn(text);
    return container;
  }

  async #run(pod: Pod, dependencies: PreparedDependencies, room: TrialSlot): Promise<TrialsOfPod> {
    this.#assessment.ports.signal.throwIfAborted();
    const { request, ports } = this.#assessment;
    const places = pod.workload === undefined ? [""] : startOrder(pod.workload).map(({ path }) => path);
    const trials = places.flatMap((path) => {
      const trial = pod.trials.get(path);
      return trial === undefined ? [] : [{ path, ...trial }];
    });
    if (trials.length > LIMITS.trialContainers) throw tooMany(trials.length);
    const containers = trials.map(({ container }) => container);
    const absent = absentFrom(pod);
    const [first] = trials;
    const title = trials.length + absent.length === 1 ? (first?.name ?? pod.name) : pod.name;
    const kept = trials.map((): Kept[] => []);
    this.#begun += 1;
    const number = this.#begun;
    await ports.emit({
      kind: "trial-begins",
      pod: number,
      title,
      containers: containers.map(({ options }) => options.name),
      absent,
    });
    try {
      const facts = await collectTrials(containers, {
        executor: this.#means.executor,
        propose: proposedMounts,
        absent,
        dependencies,
        onDependency: (dependency) => void ports.emit({ kind: "trial-dependency", pod: number, dependency }),
        ...room,
        onEvent: (container, seen) => void ports.emit({ kind: "trial-shows", pod: number, container, seen }),
        ...(request.keepsOutput === true
          ? { keep: (index: number, one: Kept) => void kept[index]?.push(one) }
          : {}),
        signal: ports.signal,
      });
      const seen = new Map<string, TrialFacts>();
      for (const [index, { path, name }] of trials.entries()) {
        const own = facts[index];
        if (own === undefined) continue;
        seen.set(path, own);
        await ports.emit({ kind: "trial-kept", name, facts: own, kept: kept[index] ?? [] });
      }
      return seen;
    } finally {
      await ports.emit({ kind: "trial-ends", pod: number });
    }
  }

  #placedOf({ workload, placement }: ImageUser): PlacedContainer {
    const whole = this.#means.unmasked(workload) ?? workload;
    const own = placements(whole).find(({ path }) => path === placement.path) ?? placement;
    return { workload: whole, placement: own, masked: placement, maskedWorkload: workload };
  }
}

function lessMemory(name: string, most: number): Text {
  const [shown, mebibytes] = [quoted(name), Math.floor(most / 1024 ** 2)];
  return {
    fr: `${shown} : les limites de mémoire dépassent ce que cette machine a de libre pour un essai : chaque conteneur de l'essai a ${mebibytes} Mio au plus. S'il en manque, refaire l'essai sur une machine qui en a plus.`,
    en: `${shown}: the memory limits exceed what this machine has free for a trial: each container of the trial has ${mebibytes} MiB at most. If that is not enough, repeat the trial on a machine that has more.`,
  };
}

/** Whether the input is valid but refused anyway: root is refused with or without a trial. */
function isRefusedAnyway(error: unknown): error is InvalidInputError {
  return error instanceof InvalidInputError && error.code === "trial-root";
}

function tooMany(count: number): InvalidInputError {
  const most = LIMITS.trialContainers;
  return new InvalidInputError("trial-containers", {
    fr: `l'essai n'a pas eu lieu : ${count} conteneurs dans un même pod, plus de ${most} (borne trialContainers). Essayer les images une à une : douane trial IMAGE.`,
    en: `the trial did not take place: ${count} containers in one pod, more than ${most} (bound trialContainers). Try the images one by one: \`douane trial IMAGE\`.`,
  });
}

/** Containers that run together. */
interface Pod {
  readonly name: string;
  readonly about: ProblemSubject;
  readonly hostname: string;
  /** Workload of the pod; undefined for an image alone. */
  readonly workload: WorkloadFacts | undefined;
  /** Prepared containers by their path in the manifest. */
  readonly trials: Map<string, { readonly container: PreparedContainer; readonly name: string }>;
}

async function release({ trials }: Pod): Promise<void> {
  for (const { container } of trials.values()) await container.release();
}

/**
 * Containers in the kubelet's starting order: init containers and sidecars as written, then the other
 * containers.
 */
function startOrder(workload: WorkloadFacts): readonly PlacementFacts[] {
  const tried = placements(workload).filter(({ role }) => role !== "ephemeral");
  return [...tried.filter(({ role }) => role !== "app"), ...tried.filter(({ role }) => role === "app")];
}

/** Containers whose image is missing. */
function absentFrom({ workload, trials }: Pod): readonly string[] {
  if (workload === undefined) return [];
  return startOrder(workload)
    .filter(({ path }) => !trials.has(path))
    .map(containerName);
}

function nameOf({ image }: ImageEvidence, user: ImageUser | undefined): string {
  if (user === undefined) return image.source;
  const { workload, placement } = user;
  return `${workloadName(workload)} ${containerName(placement)}`;
}

/** @param name name of the subject; default: the container's */
function subjectOf(
  evidence: ImageEvidence,
  user: ImageUser | undefined,
  name = nameOf(evidence, user),
): ProblemSubject {
  if (user === undefined) return { kind: "image", reference: name };
  return { kind: "workload", name, at: user.workload.at };
}

/** Name with the namespace, since a workload may exist in several. */
function workloadName({ kind, name, namespace }: WorkloadFacts): string {
  return `${kind}/${name}${namespace === undefined ? "" : ` (${namespace})`}`;
}
