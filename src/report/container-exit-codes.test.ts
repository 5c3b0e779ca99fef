import { expect, test } from "vitest";
import { trialFacts } from "../../test/fixtures/trial-facts.ts";
import type { ExitEvent } from "../contract/trial-events.ts";
import { exitWords } from "./container-exit-codes.ts";

function words(...ends: readonly Partial<ExitEvent>[]): readonly string[] {
  const events = ends.map((end): ExitEvent => ({ kind: "exit", by: "itself", afterMs: 1, ...end }));
  return exitWords(
    trialFacts({ "read-only": events, restart: null, writable: null, replica: null }),
    "en",
  ).map(({ code, says }) => `${code}: ${says}`);
}

test.each<[Partial<ExitEvent>, readonly string[]]>([
  [{ code: 0 }, ["0: a normal end"]],
  [{ code: 127 }, ["127: the program was not found"]],
  [{ code: 139 }, ["139: SIGSEGV: access to memory that is not its own"]],
  [{ signal: "SIGSYS" }, ["SIGSYS: a system call that the seccomp profile forbids"]],
  [{ signal: "SIGUSR1" }, []],
  [{ code: 42 }, []],
  [{}, []],
])("%j", (end, told) => {
  expect(words(end)).toEqual(told);
});

test("each way to end is told once", () => {
  expect(words({ code: 1 }, { code: 1 }, { code: 0 })).toHaveLength(2);
});
