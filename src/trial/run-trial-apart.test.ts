import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES, runDriver } from "../../test/fixtures/trial/mode.ts";
import { isOfTheMachine } from "../../test/fixtures/trial/seen.ts";
import { makeSubject, request } from "../../test/fixtures/trial/subject.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";

/** Behaviours whose phases differ in observations or in number. */
const WAYS = ["serve", "counts-visits", "needs-root-fs", "saves-when-stopped", "exit 7"];

/** A mode without separate limits, in which phases run in sequence. */
const MODE = "root";

describe.skipIf(!MODES.includes(MODE))("where limits hold apart", () => {
  let subject: ReturnType<typeof makeSubject>;
  beforeAll(() => {
    subject = makeSubject(MODE);
  });
  afterAll(() => rmSync(subject.directory, { recursive: true }));

  async function trial(args: readonly string[], apart: boolean): Promise<TrialFacts> {
    return runDriver(MODE, request(subject.layers, args, { apart, deadlineMs: 60_000 }));
  }

  test.each(WAYS)("a writable phase beside the others sees what it sees after them: %s", async (way) => {
    const args = way.split(" ");
    const [beside, after] = [await trial(args, true), await trial(args, false)];
    expect(beside.phases.map(nameOf)).toEqual(after.phases.map(nameOf));
    expect(summary(beside)).toEqual(summary(after));
  });

  test("it runs beside the first one", async () => {
    const { phases } = await trial(["serve"], true);
    const [restart, writable] = ["restart", "writable"].map((name) =>
      phases.find((one) => one.name === name),
    );
    expect(writable?.startMs).toBeLessThan(restart?.endMs ?? 0);
  });
});

function nameOf({ name, root }: TrialFacts["phases"][number]): string {
  return `${name} ${root}`;
}

/** Observations in order, without times, varying sizes, and the random path. */
function summary({ observations }: TrialFacts): readonly string[] {
  return observations
    .filter((one) => !isOfTheMachine(one))
    .map((one) => {
      const { kind, phase, root } = one;
      const what = "path" in one && !(kind === "http" && one.why === "random") ? one.path : "";
      const how = kind === "http" ? one.status : kind === "exit" ? one.by : kind === "port" ? one.ipv4 : "";
      return [phase, root, kind, what, how].join(" ");
    });
}
