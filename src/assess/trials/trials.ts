import type { Digest, ImageFacts } from "../../contract/image-facts.ts";
import type { Origin } from "../../contract/origin.ts";
import { containerName, placements } from "../../contract/pod-containers.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { BoundTrial, ImageEvidence, TrialEvidence } from "../../evidence/file.ts";
import { ambiguousText } from "../../evidence/trial/inputs/compare-inputs.ts";
import { NO_OBJECTS } from "../../evidence/trial/namespace-objects.ts";
import { settingsFor } from "../../evidence/trial/settings.ts";
import type { OnImageOpen } from "../images/collector.ts";
import type { Assessment } from "../run/assessment.ts";
import { countedEvidence } from "../run/evidence-store.ts";
import type { FoundWorkload } from "../run/found-workload.ts";
import type { KnownImage } from "../run/known-image.ts";
import { type BindingMeans, TrialBinding, type TriedSubject } from "./bind-trials.ts";
import { type ObjectSource, objectSource } from "./object-source.ts";
import type { PodRunner } from "./pod-runner.ts";
import type { TrialDeps } from "./trial-deps.ts";
import { WithheldSettings } from "./withheld-settings.ts";

/** Trials of a run: executed now, or given and bound to the run's containers. */
export class Trials {
  readonly #assessment: Assessment;
  readonly #binding: TrialBinding;
  readonly #runner: PodRunner | undefined;
  readonly #withheld = new WithheldSettings();
  /** Texts about attested trials that do not count, each once. */
  readonly #unread = new Map<string, Text>();

  constructor(
    assessment: Assessment,
    objects: ObjectSource,
    runner: PodRunner | undefined,
    { isStored = false, judged = [] }: Pick<BindingMeans, "isStored" | "judged"> = {},
  ) {
    this.#assessment = assessment;
    const { trial: settings } = assessment.request;
    this.#binding = new TrialBinding(assessment.evidence.trials, { objects, settings, isStored, judged });
    this.#runner = runner;
  }

  /** Prepares an image for its trial; undefined if nothing is run. */
  get onImageOpen(): OnImageOpen | undefined {
    const runner = this.#runner;
    return runner && ((...opened) => runner.prepare(...opened));
  }

  /** Trials of a workload by the container's path in the manifest. */
  async ofWorkload(
    workload: WorkloadFacts,
    images: ReadonlyMap<string, KnownImage>,
    origin: Origin,
  ): Promise<ReadonlyMap<string, BoundTrial>> {
    const own = await this.#runner?.run(workload);
    const imageIdOf = (reference: string): Digest | undefined => images.get(reference)?.image?.imageId;
    const tried = new Map<string, BoundTrial>();
    const subjects: { readonly path: string; readonly subject: TriedSubject }[] = [];
    for (const placement of placements(workload)) {
      const { path } = placement;
      const facts = own?.get(path);
      const { image } = images.get(placement.spec.image ?? "") ?? {};
      if (facts !== undefined) {
        const { trial } = this.#assessment.request;
        this.#withheld.saw(facts, settingsFor(trial, containerName(placement)));
      }
      if (image === undefined) continue;
      const ran = facts === undefined ? {} : { own: { ...this.#own(facts), ...ranAs(workload, path) } };
      const attested = this.#attested(image);
      subjects.push({
        path,
        subject: { image, placed: { workload, placement, imageIdOf }, attested, origin, ...ran },
      });
    }
    const bound = this.#binding.bind(subjects.map(({ subject }) => subject));
    for (const [index, { path }] of subjects.entries()) {
      const evidence = bound[index];
      if (evidence !== undefined) tried.set(path, evidence);
    }
    return tried;
  }

  async ofImage(evidence: ImageEvidence): Promise<BoundTrial | undefined> {
    const own = await this.#runner?.run(evidence);
    const facts = own?.get("");
    const attested = this.#attested(evidence.image);
    const ran = facts === undefined ? {} : { own: this.#own(facts) };
    return this.#binding.bind([{ ...evidence, attested, ...ran }])[0];
  }

  /** Attested trials of an image, if the policy counts signed evidence. */
  #attested(image: ImageFacts): readonly TrialEvidence[] {
    const { attestations, request, judgedAt } = this.#assessment;
    const documents = attestations?.documents(image, judgedAt);
    if (documents === undefined) return [];
    for (const text of documents.problems) this.#unread.set(text.en, text);
    const pieces = documents.trials.map((one) => ({ kind: "trial", ...one }) as const);
    const { counted, left } = countedEvidence(pieces, request.policy);
    for (const text of left) this.#unread.set(text.en, text);
    return documents.trials.filter(({ trial }) =>
      counted.some((one) => one.kind === "trial" && one.trial === trial),
    );
  }

  /** Texts about given trials that were not used, and settings without effect. */
  get ignored(): readonly Text[] {
    return [...this.#binding.ignored, ...this.#unread.values(), ...this.#withheld.texts];
  }

  /** Removes prepared files of pods that did not run. */
  async close(): Promise<void> {
    await this.#runner?.close();
  }

  #own(trial: TrialFacts): BoundTrial {
    const reservations = (trial.inputs?.ambiguous ?? []).map(ambiguousText);
    const { origin } = this.#assessment;
    return { trial, origin, ...(reservations.length === 0 ? {} : { reservations }) };
  }
}

function ranAs({ at }: WorkloadFacts, path: string): Pick<BoundTrial, "ranAs"> {
  return at.in === "file" ? { ranAs: { file: at.file, document: at.document, path } } : {};
}

export async function openTrials(
  assessment: Assessment,
  means: TrialDeps | undefined,
  workloads: readonly FoundWorkload[],
): Promise<Trials> {
  const folders = new Map(workloads.map((found) => [found.facts, found.objectFolders]));
  const { stdin = new Uint8Array() } = assessment.request.inputs;
  const objects = objectSource(assessment.ports.cwd, stdin, (workload) => folders.get(workload) ?? new Map());
  const judged = workloads.map(({ facts }) => facts);
  if (means === undefined) return new Trials(assessment, objects, undefined, { judged });
  const { PodRunner } = await import("./pod-runner.ts");
  const unmasked = new Map(workloads.map((found) => [found.facts, found.unmasked]));
  const runner = new PodRunner(assessment, {
    executor: means.executor,
    slots: means.slots,
    directory: means.directory.path,
    objects,
    unmasked: (workload) => unmasked.get(workload)?.(),
  });
  return new Trials(assessment, objects, runner, { judged });
}

/** Trials for stored evidence; files named in the evidence are untrusted and not read. */
export function trialsAtHand(assessment: Assessment): Trials {
  const judged = assessment.evidence.workloads.map(({ workload }) => workload);
  return new Trials(assessment, () => NO_OBJECTS, undefined, { isStored: true, judged });
}
