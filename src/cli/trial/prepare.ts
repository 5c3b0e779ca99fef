import type { GatherOptions } from "../check/gather.ts";
import { configSource } from "./config-source.ts";
import { availableExecutor } from "./executor.ts";
import { keepIn } from "./keep.ts";
import { TrialRunner } from "./runner.ts";
import { unpackDirectory } from "./unpack-directory.ts";

/** What trials need; dispose of it when they are over. @throws UnavailableError `trial-unavailable` */
export async function prepareTrials(
  { session, settings, values, problems }: Omit<GatherOptions, "trial">,
  keep: string | undefined,
): Promise<NonNullable<GatherOptions["trial"]> & { dispose(): Promise<void> }> {
  const { env, cwd } = session.context;
  const executor = await availableExecutor(session.context);
  const directory = await unpackDirectory(env, values.noCache);
  return {
    runner: async (workloads, known, stdin) => {
      const unmasked = new Map(workloads.map((found) => [found.facts, found.unmasked]));
      return new TrialRunner({
        session,
        executor,
        directory: directory.path,
        settings: settings.trial,
        config: configSource(cwd, stdin),
        unmasked: (workload) => unmasked.get(workload)?.(),
        known,
        problems,
        ...(keep === undefined ? {} : { keep: keepIn(keep, cwd, session.lang) }),
      });
    },
    dispose: () => directory.dispose(),
  };
}
