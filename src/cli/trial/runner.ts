import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { containerName, type PlacementFacts, placements } from "../../contract/placement.ts";
import type { ProblemSubject } from "../../contract/source-problem.ts";
import type { Text } from "../../contract/text.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { StoredEvidence } from "../../evidence/file.ts";
import type { ImageUser } from "../../evidence/named-images.ts";
import { collectTrials } from "../../evidence/trial/collect.ts";
import { NO_CONFIG } from "../../evidence/trial/config-lookup.ts";
import { hostnameOf } from "../../evidence/trial/pod-name.ts";
import {
  type PlacedContainer,
  type PreparedContainer,
  prepareContainer,
} from "../../evidence/trial/prepare.ts";
import { settingsFor, type TrialSettings } from "../../evidence/trial/settings.ts";
import type { OpenImage } from "../../image/open-image.ts";
import type { Kept } from "../../trial/kept.ts";
import type { Problems } from "../check/problems.ts";
import type { Session } from "../command-line/command.ts";
import { warn } from "../terminal/failure.ts";
import type { Progress } from "../terminal/progress.ts";
import type { ConfigSource } from "./config-source.ts";
import type { Available } from "./executor.ts";
import type { Keep } from "./keep.ts";
import type { KnownTrials } from "./known-trials.ts";
import { trialView } from "./view.ts";

export interface RunnerOptions {
  readonly session: Session;
  readonly executor: Available;
  /** Where layers are unpacked. */
  readonly directory: string;
  readonly settings: TrialSettings;
  readonly config: ConfigSource;
  /** The workload with its secrets, of the one that is judged. */
  readonly unmasked: (workload: WorkloadFacts) => WorkloadFacts | undefined;
  readonly known: KnownTrials;
  readonly problems: Problems;
  readonly keep?: Keep;
}

/**
 * Tries containers: each is prepared while its image is at hand; once all of them are, the
 * containers of each pod run together.
 */
export class TrialRunner {
  readonly #options: RunnerOptions;
  readonly #pods = new Map<WorkloadFacts | StoredEvidence, Pod>();
  readonly #said = new Set<string>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Prepares an image for each container that runs it; for itself, when there is none. */
  async prepare(image: OpenImage, evidence: StoredEvidence, users: readonly ImageUser[]): Promise<void> {
    const placed = users.filter(({ placement }) => placement.role !== "ephemeral");
    for (const user of users.length === 0 ? [undefined] : placed) {
      const pod = this.#podOf(evidence, user);
      try {
        const container = await this.#prepare(image, evidence, user, pod);
        pod.trials.set(user?.placement.path ?? "", { container, evidence, user });
      } catch (error) {
        // What is known of the image without a trial still counts.
        await this.#options.problems.add(subjectOf(evidence, user), error);
      }
    }
  }

  /** Runs the pods, one after the other: they would slow each other down, and what they measure is time. */
  async run(progress: Progress): Promise<void> {
    try {
      for (const pod of this.#pods.values()) await this.#tryToRun(pod, progress);
    } finally {
      const trials = [...this.#pods.values()].flatMap((pod) => [...pod.trials.values()]);
      for (const { container } of trials) await container.release();
    }
  }

  #podOf(evidence: StoredEvidence, user: ImageUser | undefined): Pod {
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
    { image: facts }: StoredEvidence,
    user: ImageUser | undefined,
    { hostname }: Pod,
  ): Promise<PreparedContainer> {
    const { session, directory, settings, config } = this.#options;
    const shortfalls: Text[] = [];
    const container = await prepareContainer(
      {
        image,
        facts,
        hostname,
        config: user === undefined ? NO_CONFIG : config(user.workload),
        settings: settingsFor(settings, user && containerName(user.placement)),
        ...(user === undefined ? {} : { placed: this.#placedOf(user) }),
      },
      { directory, onShortfall: (text) => void shortfalls.push(text), signal: session.context.signal },
    );
    for (const text of shortfalls) await this.#warnOf(text);
    return container;
  }

  async #tryToRun(pod: Pod, progress: Progress): Promise<void> {
    try {
      if (pod.trials.size > 0) await this.#run(pod, progress);
    } catch (error) {
      await this.#options.problems.add(pod.about, error);
    }
  }

  async #run(pod: Pod, progress: Progress): Promise<void> {
    const { session, executor, known, keep } = this.#options;
    const places = pod.workload === undefined ? [""] : startOrder(pod.workload).map(({ path }) => path);
    const trials = places.flatMap((path) => pod.trials.get(path) ?? []);
    const [first] = trials;
    if (trials.length > LIMITS.trialContainers) throw tooMany(trials.length);
    const absent = lackingOf(pod);
    const isAlone = trials.length + absent.length === 1;
    const title = isAlone && first !== undefined ? nameOf(first.evidence, first.user) : pod.name;
    const view = trialView(
      session,
      progress,
      title,
      trials.map(({ container }) => container.options.name),
      absent,
    );
    const kept = trials.map((): Kept[] => []);
    const facts = await view.during(() =>
      collectTrials(
        trials.map(({ container }) => container),
        {
          executor,
          absent,
          onEvent: view.watch,
          ...(keep === undefined ? {} : { keep: (index, one) => void kept[index]?.push(one) }),
          signal: session.context.signal,
        },
      ),
    );
    for (const [index, { evidence, user }] of trials.entries()) {
      const seen = facts[index];
      if (seen === undefined) continue;
      known.add(seen, evidence, user);
      await keep?.(nameOf(evidence, user), seen, kept[index] ?? []);
    }
  }

  #placedOf({ workload, placement }: ImageUser): PlacedContainer {
    const whole = this.#options.unmasked(workload) ?? workload;
    const own = placements(whole).find(({ path }) => path === placement.path) ?? placement;
    return { workload: whole, placement: own, masked: placement };
  }

  /** Each thing once, whatever the number of containers. */
  async #warnOf(text: Text): Promise<void> {
    const { context, lang, quiet } = this.#options.session;
    if (quiet || this.#said.has(text.en)) return;
    this.#said.add(text.en);
    await warn(text, context, lang);
  }
}

function tooMany(count: number): InvalidInputError {
  const most = LIMITS.trialContainers;
  return new InvalidInputError("trial-containers", {
    fr: `l'essai n'a pas eu lieu : ${count} conteneurs dans un même pod, plus de ${most} (borne trialContainers). Essayer les images une à une : douane trial IMAGE.`,
    en: `the trial did not take place: ${count} containers in one pod, more than ${most} (bound trialContainers). Try the images one by one: \`douane trial IMAGE\`.`,
  });
}

/** What is tried together. */
interface Pod {
  readonly name: string;
  readonly about: ProblemSubject;
  readonly hostname: string;
  /** Absent: an image alone. */
  readonly workload: WorkloadFacts | undefined;
  /** By the path of the container in the manifest. */
  readonly trials: Map<string, PodTrial>;
}

interface PodTrial {
  readonly container: PreparedContainer;
  readonly evidence: StoredEvidence;
  readonly user: ImageUser | undefined;
}

/** As the kubelet starts them: init containers and sidecars as they are written, then the others. */
function startOrder(workload: WorkloadFacts): readonly PlacementFacts[] {
  const tried = placements(workload).filter(({ role }) => role !== "ephemeral");
  return [...tried.filter(({ role }) => role !== "app"), ...tried.filter(({ role }) => role === "app")];
}

/** Containers whose image could not be had. */
function lackingOf({ workload, trials }: Pod): readonly string[] {
  if (workload === undefined) return [];
  return startOrder(workload)
    .filter(({ path }) => !trials.has(path))
    .map(containerName);
}

function nameOf({ image }: StoredEvidence, user: ImageUser | undefined): string {
  if (user === undefined) return image.source;
  const { workload, placement } = user;
  return `${workloadName(workload)} ${containerName(placement)}`;
}

/** @param name of what it is about: the container, unless another is given */
function subjectOf(
  evidence: StoredEvidence,
  user: ImageUser | undefined,
  name = nameOf(evidence, user),
): ProblemSubject {
  if (user === undefined) return { kind: "image", reference: name };
  const { file, line } = user.workload;
  return { kind: "workload", name, file, line };
}

/** The same workload may stand in several namespaces. */
function workloadName({ kind, name, namespace }: WorkloadFacts): string {
  return `${kind}/${name}${namespace === undefined ? "" : ` (${namespace})`}`;
}
