import { expect, test } from "vitest";
import { exits, said, server, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { triedImage, triedWorkload } from "./tried-containers.ts";

const ORIGIN = { by: "own-run", douane: "0.1.0" } as const;
const started = { trial: trialFacts(), origin: ORIGIN };
const local = { trial: trialFacts({ writable: server({ address: "127.0.0.1" }) }), origin: ORIGIN };

test("each trial of an image is shown, in their order", () => {
  expect(triedImage(started)).toStrictEqual([{ facts: started.trial }]);
  const shown = triedImage({ ...started, others: [local] });
  expect(shown.map(({ facts }) => facts)).toEqual([started.trial, local.trial]);
});

test("trials of a workload are shown under the names of their containers", () => {
  const workload = workloadFacts({
    containers: [
      { name: "web", image: "a" },
      { name: "db", image: "b" },
    ],
  });
  const trials = new Map([["spec.template.spec.containers[1]", started]]);
  expect(triedWorkload(workload, trials)).toEqual([{ container: "db", facts: started.trial }]);
  expect(triedWorkload(workload, new Map())).toEqual([]);
});

test("a trial whose application did not start is shown with its last lines", () => {
  const trial = trialFacts({ "read-only": exits(1, said("no port\n")), writable: null });
  expect(triedImage({ trial, origin: ORIGIN })).toMatchObject([
    { facts: trial, failedStart: { phase: "read-only", lines: ["no port"] } },
  ]);
});
