import type { VerdictChange } from "../decision-kinds.ts";
import { ChangeCounts } from "../metrics/change-counts.ts";
import { dataAges } from "../metrics/data-ages.ts";
import type { Decision } from "../ports.ts";
import type { JudgingPorts, JudgingSettings } from "./judging.ts";
import { LiveJudging } from "./live-judging.ts";
import { type ProbeSettings, startProbes } from "./probes.ts";
import { rejudgeBy } from "./rejudging.ts";
import type { RunningProcess } from "./running-process.ts";
import type { ExaminationQueue } from "./start-examinations.ts";

/** Settings of a process that no API server asks. */
export interface BackgroundSettings extends JudgingSettings, ProbeSettings {}

export interface BackgroundPorts extends JudgingPorts {
  readonly queue: ExaminationQueue;
}

/**
 * Starts a process that works for other replicas: it takes examinations from their queue, or judges running subjects
 * again. Over HTTP, it only reports whether it is ready.
 *
 * @throws UnavailableError server-port
 */
export async function serveBackground(
  settings: BackgroundSettings,
  ports: BackgroundPorts,
): Promise<RunningProcess> {
  // No work begins before the ports are open.
  const changes = new ChangeCounts();
  const probes = await startProbes(
    settings,
    ports,
    () => judging.queue(),
    () => changes.text() + dataAges(judging.sources, ports.now()),
  );
  const judging = new LiveJudging(settings, ports);
  const record = (decision: Decision) => ports.store.record(decision);
  const rejudging = { ...ports, record, changed: (one: VerdictChange) => changes.count(one) };
  return {
    ...probes.origins,
    record,
    useData: (data) => judging.use(data),
    rejudge: (events, signal, times) => rejudgeBy(judging, settings.policy, rejudging, events, signal, times),
    drain: () => probes.drain(() => judging.close()),
  };
}
