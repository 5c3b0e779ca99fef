import { expect, test } from "vitest";
import { recordedAssessment } from "../../../test/fixtures/assessment.ts";
import { referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { placements } from "../../contract/pod-containers.ts";
import { aboutWorkload } from "../../contract/source-problem.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { withinLimit } from "./image-limit.ts";

function named(count: number, workload: WorkloadFacts = workloadFacts()) {
  const users = placements(workload).map((placement) => ({ workload, placement }));
  return new Map(
    Array.from({ length: count }, (_, index) => [`app:${index}`, { reference: referenceFacts(), users }]),
  );
}

test("as many images as the bound says are all read", async () => {
  const { assessment, events } = recordedAssessment();
  const all = named(LIMITS.namedImages);
  expect(await withinLimit(all, assessment)).toBe(all);
  expect(events).toEqual([]);
});

test("more are an error that names the bound, and the first are read", async () => {
  const { assessment, events } = recordedAssessment();
  const wanted = await withinLimit(named(LIMITS.namedImages + 1), assessment);
  expect([wanted.size, wanted.has("app:0")]).toEqual([LIMITS.namedImages, true]);
  expect(events).toMatchObject([{ kind: "failed", about: { file: "web.yaml" }, error: { exit: 65 } }]);
  expect(events).toMatchObject([{ error: { message: expect.stringContaining("namedImages") } }]);
});

test("of objects of an API, which no file declares, the problem is the workload's", async () => {
  const { assessment, events } = recordedAssessment();
  const workload = workloadFacts({ facts: { at: { in: "api", uid: "1" } } });
  await withinLimit(named(LIMITS.namedImages + 1, workload), assessment);
  expect(events).toMatchObject([{ kind: "failed", about: aboutWorkload(workload) }]);
});
