import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Footprint } from "../../test/fixtures/trial/footprint.ts";
import { MODES } from "../../test/fixtures/trial/mode.ts";
import { alone } from "../../test/fixtures/trial/request.ts";
import { isOfTheMachine } from "../../test/fixtures/trial/seen.ts";
import { type SideBySideResult, startSideBySide } from "../../test/fixtures/trial/side-by-side.ts";
import { makeSubject, request } from "../../test/fixtures/trial/subject.ts";
import type { TrialFacts, TrialObservation } from "../contract/trial-facts.ts";

/** Behaviours that differ in the measured aspects: time, files, sockets, names. */
const WAYS = [["serve"], ["ignores-term", "serve"], ["writes", "serve"], ["dns", "serve"]] as const;
const BUSY_MACHINE_MS = 300_000;

describe.each(MODES)("trials side by side, %s", (mode) => {
  let subject: ReturnType<typeof makeSubject>;
  let oneByOne: SideBySideResult;
  let temporary: string;
  beforeAll(async () => {
    subject = makeSubject(mode);
    temporary = mkdtempSync(join(tmpdir(), "douane-side-by-side-"));
    chmodSync(temporary, 0o777);
    oneByOne = await startSideBySide(mode, { requests: requests(), cores: 1 }, temporary).result;
  }, BUSY_MACHINE_MS);
  afterAll(() => {
    for (const directory of [subject.directory, temporary]) rmSync(directory, { recursive: true });
  });

  function requests() {
    return WAYS.map((args) => {
      const waits = { readyMs: 20_000, settleMs: 300, graceMs: 1_500 };
      return alone(request(subject.layers, args, { deadlineMs: 120_000, waits }));
    });
  }

  test("who ignores the stop signal lets the next one begin meanwhile", () => {
    // On a busy machine, other pods may be slow to stop, too.
    expect(oneByOne.idle).toBeGreaterThanOrEqual(1);
    expect(oneByOne.most).toBeGreaterThanOrEqual(2);
  });

  test.each([2, 4])(
    "%i at once see what each sees alone, and nothing of them is left",
    async (cores) => {
      const { child, result } = startSideBySide(mode, { requests: requests(), cores }, temporary);
      const footprint = new Footprint(child, temporary);
      const together = await result;
      expect(together.most).toBeGreaterThanOrEqual(cores);
      expect(together.facts.map(([facts]) => summary(facts))).toEqual(
        oneByOne.facts.map(([facts]) => summary(facts)),
      );
      await expect.poll(() => footprint.left(), { timeout: 10_000 }).toEqual([]);
      footprint.close();
    },
    BUSY_MACHINE_MS,
  );
});

/** Random path as the servers log it. */
const RANDOM_PATH = /GET \/[a-z]{14}(?=\\n)/g;

/** Observations without times and the random path. */
function summary(facts: TrialFacts | undefined): readonly string[] {
  return (facts?.observations ?? [])
    .filter((seen) => !isOfTheMachine(seen))
    .map(textOf)
    .toSorted();
}

function textOf(seen: TrialObservation): string {
  const varies = [
    "ms",
    "afterMs",
    "tookMs",
    "starved",
    ...(seen.kind === "http" && seen.why === "random" ? ["path"] : []),
    // A line may arrive before or after the moment at which the output is measured.
    ...(seen.kind === "output" ? ["before", "after", "work"] : []),
  ];
  const same = Object.entries(seen).filter(([name]) => !varies.includes(name));
  return JSON.stringify(Object.fromEntries(same)).replaceAll(RANDOM_PATH, "GET /…");
}
