import { expect, test } from "vitest";
import { exits, listener, server, type TrialSketch, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { trialEnvironment } from "./1.4-trial-environment.ts";

test.each([
  ["the replica listens on its port", {}, "pass", "the second replica follows PORT=18080, in 4.2 s"],
  ["it followed before it ended", { replica: [listener(18_080), ...exits(1)] }, "pass", "follows"],
  ["it listens where the first one does", { replica: server() }, "unproven", "does not follow PORT=18080"],
  [
    "the first one has that port, too",
    { "read-only": server({ port: 18_080 }) },
    "unproven",
    "listens on 18080 anyway",
  ],
  ["the replica ends early", { replica: exits(1) }, "unproven", "ended by itself"],
  [
    "the first one never started",
    { "read-only": exits(1), writable: exits(1) },
    "unproven",
    "ended by itself",
  ],
  ["a batch", { settings: { lifetime: "batch" } }, "unproven", "a batch task opens no port"],
] satisfies readonly [string, TrialSketch, string, string][])("%s: → %s", (_, sketch, status, words) => {
  const outcome = trialEnvironment.check({ trial: trialFacts(sketch) });
  const text =
    outcome.status === "pass" ? outcome.proof : outcome.status === "unproven" ? outcome.reason : undefined;
  expect([outcome.status, text?.en]).toEqual([status, expect.stringContaining(words)]);
});
