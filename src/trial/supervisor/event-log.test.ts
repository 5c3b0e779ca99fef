import { expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import type { SupervisorMessage } from "../plan/plan.ts";
import { EventLog } from "./event-log.ts";

const asked = (name: number): TrialEvent => ({ kind: "dns", name: `${name}`, type: "A", answered: false });

test("what is recorded once is counted over all kinds (trialObservations), and that there was more is said once", () => {
  const said: SupervisorMessage[] = [];
  const log = new EventLog(0, 0, (message) => said.push(message));
  for (let name = 0; name < LIMITS.trialObservations; name++) log.observeOnce(asked(name));
  log.observeOnce(asked(0));
  expect(said).toHaveLength(LIMITS.trialObservations);
  for (const name of [-1, -2]) log.observeOnce(asked(name));
  expect(said).toHaveLength(LIMITS.trialObservations + 1);
  expect(said.at(-1)).toMatchObject({ observation: { kind: "limit", what: "observations" } });
});
