import { expect, test } from "vitest";
import { called, said, trialFacts, write } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { ExitEvent, TrialEvent } from "../../contract/trial-events.ts";
import { trialLogs } from "./1.2-trial-logs.ts";

const DONE: ExitEvent = { kind: "exit", by: "itself", afterMs: 90, code: 0 };

function check(events: readonly TrialEvent[], role: "init" | "app" = "init") {
  const workload = workloadFacts({ containers: [{ name: "app" }], initContainers: [{ name: "init" }] });
  const placement = placements(workload).find((one) => one.role === role);
  if (placement === undefined) throw new Error("no container");
  const run = [...events, DONE];
  const trial = trialFacts({
    "read-only": run,
    restart: run,
    writable: run,
    replica: run,
    settings: { lifetime: "batch", ports: [] },
  });
  return trialLogs.check({ trial, workload, placement });
}

test("an init container that ends with 0 and writes nothing has nothing to log", () => {
  expect(check([])).toMatchObject({
    status: "pass",
    proof: {
      en: expect.stringMatching(/^the init container ends with 0 and writes nothing to stdout or stderr/),
      fr: expect.stringContaining("il n'a rien à journaliser"),
    },
  });
});

test.each<[string, TrialEvent, string]>([
  ["a configuration", write("/data/app.json", { sample: "{}" }), "pass"],
  ["a program", write("/data/tool", { magic: "7f454c46" }), "pass"],
  ["an empty mark", write("/data/ready", { bytes: 0, sample: "" }), "pass"],
  ["a mark of one word", write("/data/ready", { sample: "" }), "pass"],
  ["a folder", write("/data/sub", { type: "directory" }), "pass"],
  ["a file that it removes", write("/data/old", { change: "deleted", sample: "x" }), "pass"],
  ["a log", write("/data/init.log", { sample: "migrated\n" }), "fail"],
  ["a text of no known format", write("/data/progress", { sample: "migrated\n" }), "unproven"],
  [
    "a text that grows at each run",
    write("/data/progress.json", { sample: "migrated\n", appended: true }),
    "unproven",
  ],
  [
    "a log under the name of another format",
    write("/data/steps.json", { sample: "INFO migrated\n" }),
    "unproven",
  ],
  ["a call of a collector", called("10.0.0.9", 514), "unproven"],
  ["a word", said("migrated\n"), "pass"],
])("one that writes %s", (_, event, status) => {
  expect(check([event]).status).toBe(status);
});

test("the text that may be a log is named", () => {
  expect(check([write("/data/progress", { sample: "migrated\n" })])).toMatchObject({
    reason: { en: expect.stringContaining("nothing says whether the text /data/progress is a log") },
  });
});

test("a silent container of another kind proves nothing", () => {
  expect(check([], "app")).toMatchObject({
    status: "unproven",
    reason: { en: expect.stringContaining("the application wrote nothing") },
  });
});
