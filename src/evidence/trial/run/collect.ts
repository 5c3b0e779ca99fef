import type { ImageTree } from "../../../contract/image-tree.ts";
import type { TrialDependencyFacts } from "../../../contract/trial-dependency.ts";
import type { TrialFacts, TrialUpdate } from "../../../contract/trial-facts.ts";
import { maskDependency, maskTrial, trialMask } from "../../../secrets/trial.ts";
import type { Kept } from "../../../trial/plan/kept.ts";
import { runTrial } from "../../../trial/run-trial.ts";
import type { ProposedMounts, TrialOptions } from "../../../trial/trial-options.ts";
import type { TrialSettings } from "../settings.ts";
import type { PreparedDependencies } from "./dependencies.ts";
import type { PreparedContainer } from "./prepare.ts";

export interface TrialDeps {
  readonly executor: TrialOptions["executor"];
  /** Names of containers of the pod that could not be prepared. */
  readonly absent?: readonly string[];
  /** Called with each event while the trial runs, by the container's index. */
  readonly onEvent?: (index: number, seen: TrialUpdate) => void;
  /** Called with the container's output after the trial. */
  readonly keep?: (index: number, kept: Kept) => void;
  /** Prepared dependencies, by their names in the settings. */
  readonly dependencies?: PreparedDependencies;
  /** Called when a dependency becomes usable, or unusable. */
  readonly onDependency?: (facts: TrialDependencyFacts) => void;
  /** Proposes emptyDirs to try: see ContainerOptions. */
  readonly propose?: (trial: TrialFacts, container: Proposing) => ProposedMounts;
  /** See TrialOptions. */
  readonly apart?: TrialOptions["apart"];
  readonly onIdle?: TrialOptions["onIdle"];
  readonly signal: AbortSignal;
}

/** Facts beside the trial that decide where emptyDirs may be mounted. */
interface Proposing {
  readonly tree: ImageTree;
  readonly rootIsReadOnly: boolean;
}

/**
 * Runs the containers of a pod together under the Restricted profile, and returns facts per container, in
 * their order.
 *
 * @param containers containers of one workload, or a single container without a workload, in starting order
 * @throws as runTrial()
 */
export async function collectTrials(
  containers: readonly PreparedContainer[],
  {
    executor,
    absent = [],
    dependencies,
    onEvent,
    onDependency,
    apart,
    onIdle,
    keep,
    propose,
    signal,
  }: TrialDeps,
): Promise<readonly TrialFacts[]> {
  const [first] = containers;
  const settings = containers.map((container) => container.settings);
  const deadlineMs = longest(settings);
  const secrets = [...containers, dependencies ?? NO_DEPENDENCIES].flatMap((one) => one.secrets);
  const mask = trialMask(secrets);
  const trials = await runTrial({
    executor,
    containers: containers.map(({ options, tree }, index) => ({
      ...options,
      mask,
      ...(propose === undefined
        ? {}
        : {
            propose: (raw) => {
              const { rootIsReadOnly = false } = options;
              return propose(maskTrial(raw, mask), { tree, rootIsReadOnly });
            },
          }),
      ...(onEvent === undefined ? {} : { onEvent: (seen) => onEvent(index, seen) }),
      ...(keep === undefined ? {} : { keep: (kept) => keep(index, kept) }),
    })),
    absent,
    dependencies: (dependencies ?? NO_DEPENDENCIES).options,
    ...(onDependency === undefined
      ? {}
      : { onDependency: (facts) => onDependency(maskDependency(facts, mask)) }),
    ...(first === undefined
      ? {}
      : {
          sysctls: first.sysctls,
          hostname: first.hostname,
          names: first.names,
          sharesProcesses: first.sharesProcesses,
          services: first.services,
          namedServices: first.namedServices,
          ownServices: first.ownServices,
        }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    ...(apart === undefined ? {} : { apart }),
    ...(onIdle === undefined ? {} : { onIdle }),
    signal,
  });
  return trials.map((facts) => maskTrial(facts, mask));
}

const NO_DEPENDENCIES: PreparedDependencies = { options: [], secrets: [] };

function longest(settings: readonly TrialSettings[]): number | undefined {
  const durations = settings.flatMap(({ duration }) => duration ?? []);
  return durations.length === 0 ? undefined : Math.round(Math.max(...durations) * 1_000);
}
