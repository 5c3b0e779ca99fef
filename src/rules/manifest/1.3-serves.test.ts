import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import { serves } from "./1.3-serves.ts";

function check(lifetime: "long-running" | "batch", restartPolicy?: string) {
  const workload = workloadFacts({
    initContainers: [{ name: "first", ...(restartPolicy === undefined ? {} : { restartPolicy }) }],
    ephemeralContainers: [{ name: "debugger" }],
    facts: { lifetime },
  });
  return placements(workload).map((placement) => serves.check({ workload, placement }).status);
}

test("where a container listens is for the trial to show, if it serves at all", () => {
  expect(check("long-running")).toEqual(["n/a", "unproven", "n/a"]);
  expect(check("long-running", "Always")).toEqual(["unproven", "unproven", "n/a"]);
});

test("batch serves nothing", () => {
  expect(check("batch", "Always")).toEqual(["n/a", "n/a", "n/a"]);
});
