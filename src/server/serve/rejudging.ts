import { enforcedRows, rowsOfNamespace } from "../../policy/enforced-rows.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Store } from "../ports.ts";
import { type RejudgePorts, type RejudgeTimes, rejudgeRunning } from "../rejudge/rejudge.ts";
import type { EventWriter } from "../watch/events.ts";
import type { LiveJudging } from "./live-judging.ts";

/** Judges running subjects again and reports changes, until the signal ends it. Never rejects. */
export async function rejudgeBy(
  judging: LiveJudging,
  policy: Policy,
  ports: Pick<RejudgePorts, "record" | "changed" | "log" | "now"> & { readonly store: Store },
  events: Pick<EventWriter, "write">,
  signal: AbortSignal,
  times?: RejudgeTimes,
): Promise<void> {
  const { store, log } = ports;
  const { subjects, grace } = store;
  const settings = policy.admission?.gracePeriod;
  if (subjects === undefined) return;
  const enforced = (day: string) => enforcedRows(policy, day);
  const lang = policy.admission?.language ?? "en";
  await rejudgeRunning(
    lang,
    {
      ...judging.ports(),
      subjects,
      enforced,
      ...(settings === undefined || grace === undefined ? {} : { grace: { settings, store: grace } }),
      // Labels are not known here: the stricter answer of each entry holds.
      enforcedIn: (name, day) => rowsOfNamespace(policy, day, { name, labels: undefined }).enforced,
      events,
      log,
      record: (decision) => ports.record(decision),
      changed: (change) => ports.changed(change),
      now: () => ports.now(),
    },
    signal,
    times,
  );
}
