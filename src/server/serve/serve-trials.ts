import type { SigningKey } from "../../attest/keys/signing-key.ts";
import { settledExamination } from "../examine/settled-examination.ts";
import { TRIAL_WORK } from "../examine/trial-work.ts";
import { errorFields } from "../log.ts";
import type { TrialStore } from "../ports.ts";
import { trySubject } from "../trial/try-subject.ts";
import { startProbes } from "./probes.ts";
import type { RunningProcess } from "./running-process.ts";
import type { BackgroundPorts, BackgroundSettings } from "./serve-background.ts";

/** Timeout of one trial, in milliseconds: several containers, each with its phases. */
const TRIAL_MS = 30 * 60_000;
/** Number of trials at a time: the load of one pod on the machine must not change the observations of another pod. */
const AT_A_TIME = 1;

interface TrialPorts extends BackgroundPorts {
  readonly trialStore: TrialStore;
}

/**
 * Starts a process that makes trials: takes them from the queue, runs each subject's pod in a sandbox, and stores the
 * observations, signed with a separate key. Over HTTP, it only reports whether it is ready.
 *
 * @throws UnavailableError server-port
 */
export async function serveTrials(
  settings: Omit<BackgroundSettings, "examines">,
  key: SigningKey,
  ports: TrialPorts,
): Promise<RunningProcess> {
  const { store, queue, trialStore, log } = ports;
  const onError = (error: unknown) => log("error", "trial failed", errorFields(error));
  // No work begins before the ports are open.
  const probes = await startProbes(settings, ports, () => state.state());
  const state = queue.request();
  const stop = queue.examine({
    judgedBy: TRIAL_WORK,
    atATime: AT_A_TIME,
    examinationMs: TRIAL_MS,
    examine: (subject, _, signal) =>
      settledExamination(async () => {
        const { trials, problems } = await trySubject(subject, settings, key, ports, signal);
        for (const trial of trials) await trialStore.keepTrial(trial);
        const images = trials.map(({ image }) => image);
        log("info", "tried", { subject: subject.digest, images, problems: problems.map(({ en }) => en) });
        return { problems };
      }, onError),
    onEnd: () => {},
    onError,
  });
  return {
    ...probes.origins,
    record: (decision) => store.record(decision),
    useData: async (data) => data.close(),
    rejudge: async () => {},
    drain: () =>
      probes.drain(async () => {
        await stop();
        await state.close();
      }),
  };
}
