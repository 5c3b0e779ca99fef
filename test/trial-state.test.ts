import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TrialFacts } from "../src/contract/trial-facts.ts";
import { trialState } from "../src/rules/trial/1.2-trial-state.ts";
import { MODES, runDriver } from "./fixtures/trial/mode.ts";
import { seen } from "./fixtures/trial/seen.ts";
import { makeSubject, request } from "./fixtures/trial/subject.ts";

// Data kept by instances in a volume besides the content of files: entries made during work.

describe.each(MODES)("as %s", (mode) => {
  let subject: ReturnType<typeof makeSubject>;
  beforeAll(() => {
    subject = makeSubject(mode);
  });
  afterAll(() => rmSync(subject.directory, { recursive: true }));

  async function trial(args: readonly string[]): Promise<TrialFacts> {
    const mounts = [
      { kind: "empty", path: "/tmp" },
      { kind: "empty", path: "/data" },
    ] as const;
    return runDriver(mode, request(subject.layers, args, { mounts, rootIsReadOnly: true }));
  }

  test.each([
    ["counted, and written at a stop alone", "counts-at-stop", ["/data/visits"], true],
    ["the same at each stop", "says-its-end", ["/data/ended"], false],
    ["nothing", "serve", [], false],
  ])("what is written at a stop, and read by the next start: %s", async (_, args, paths, isState) => {
    const facts = await trial([args]);
    const kept = facts.phases.filter(({ name }) => name === "kept");
    expect(kept.length).toBe(paths.length);
    expect(seen(facts, "reread", "kept").map(({ path }) => path)).toEqual(paths);
    expect(seen(facts, "exit", "replica")).toMatchObject([{ by: "stop" }]);
    expect(trialState.check({ trial: facts }).status).toBe(isState ? "fail" : "pass");
  });

  test.each([
    ["listed again", "lists-visits", true],
    ["of which nobody asks", "names-visits", false],
  ])("names of empty files, which are %s", async (_, args, isState) => {
    const facts = await trial([args]);
    const listed = seen(facts, "reread").filter(({ type }) => type === "directory");
    expect(new Set(listed.map(({ path }) => path))).toEqual(new Set(isState ? ["/data"] : []));
    expect(trialState.check({ trial: facts }).status).toBe(isState ? "fail" : "pass");
  });

  test("where a link leads is read again", async () => {
    const facts = await trial(["links-starts"]);
    expect(seen(facts, "reread", "restart")).toMatchObject([
      { path: "/data/starts", type: "symlink", changed: true },
    ]);
    const digests = ["read-only", "restart", "replica"].map(
      (phase) => seen(facts, "write").find((write) => write.phase === phase)?.digest,
    );
    expect(digests).toEqual([expect.any(String), expect.any(String), digests[0]]);
    expect(digests[1]).not.toBe(digests[0]);
    expect(trialState.check({ trial: facts }).status).toBe("fail");
  });
});
