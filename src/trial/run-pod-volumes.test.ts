import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES } from "../../test/fixtures/trial/mode.ts";
import { runPod, type Sketch, shared } from "../../test/fixtures/trial/pod.ts";
import type { PodRequest } from "../../test/fixtures/trial/request.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { makeSubject } from "../../test/fixtures/trial/subject.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";

// Several containers in one pod; run-trial.test.ts covers single containers.

describe.each(MODES)("as %s", (mode) => {
  let subject: ReturnType<typeof makeSubject>;
  beforeAll(() => {
    subject = makeSubject(mode);
  });
  afterAll(() => rmSync(subject.directory, { recursive: true }));

  async function pod<Name extends string>(
    sketches: Readonly<Record<Name, Sketch>>,
    changes: Partial<PodRequest> = {},
  ): Promise<Readonly<Record<Name, TrialFacts>>> {
    return runPod(mode, subject.layers, sketches, changes);
  }

  test("a file of a shared volume is told of whom it belongs to", async () => {
    const { one, two } = await pod({
      one: { args: ["appends", "/a/one"], port: 8080, mounts: [shared("/a")] },
      two: { args: ["appends", "/b/two"], port: 8081, uid: 1_001, mounts: [shared("/b")] },
    });
    const written = (facts: TrialFacts) =>
      seen(facts, "write", "read-only").map(({ path, unsure }) => [path, unsure]);
    expect(written(one)).toEqual([["/a/one", undefined]]);
    expect(written(two)).toEqual([["/b/two", undefined]]);
  });

  test("whose a file of a shared volume is cannot be told among containers of one user", async () => {
    const { one, two, reads } = await pod({
      one: { args: ["appends", "/a/one"], port: 8080, mounts: [shared("/a")] },
      two: { args: ["serve"], port: 8081, mounts: [shared("/b")] },
      reads: { args: ["serve"], port: 8082, mounts: [shared("/c", true)] },
    });
    expect(seen(one, "write", "read-only")).toMatchObject([{ path: "/a/one", unsure: true }]);
    expect(seen(two, "write", "read-only")).toMatchObject([{ path: "/b/one", unsure: true }]);
    expect(seen(reads, "write")).toEqual([]);
  });

  test("what an init container that is alone wrote to a volume is its own, whoever else could have", async () => {
    const { prepare, web } = await pod({
      prepare: { role: "init", args: ["prepares", "/out/settings"], mounts: [shared("/out")] },
      web: { args: ["appends", "/in/more"], port: 8080, mounts: [shared("/in")] },
    });
    const paths = (facts: TrialFacts) => seen(facts, "write", "read-only").map(({ path }) => path);
    expect([paths(prepare), paths(web)]).toEqual([["/out/settings"], ["/in/more"]]);
  });

  test("a root is looked at once no container of the pod runs: others may have been handed its directories", async () => {
    const { task, web } = await pod({
      task: { args: ["prepares", "/data/made"], changes: { lifetime: "batch" } },
      web: { args: ["serve"], port: 8080 },
    });
    const [written] = seen(task, "write", "writable");
    const [ended] = seen(web, "exit", "writable");
    expect(written).toMatchObject({ path: "/data/made" });
    expect(written?.ms).toBeGreaterThanOrEqual(ended?.ms ?? Number.POSITIVE_INFINITY);
  });
});
