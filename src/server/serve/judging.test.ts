import { expect, test } from "vitest";
import { storedVerdict } from "../../../test/fixtures/admission-request.ts";
import type { VerdictAnswer, VerdictRequest } from "../admission/ports.ts";
import type { Subject } from "../admission/subject.ts";
import type { StoredVerdict } from "../ports.ts";
import { type Judging, verdictByCurrent } from "./judging.ts";

const DIGEST = `sha256:${"d".repeat(64)}` as const;
const subject: Subject = { object: {}, digest: DIGEST };
const request: VerdictRequest = { namespace: "aides", until: 5_000, mayExamine: true, verify: () => {} };
const admitted = storedVerdict();
const examining: VerdictAnswer = { kind: "under-examination" };

interface State {
  readonly answer?: VerdictAnswer;
  readonly admission?: StoredVerdict;
  readonly judged?: readonly boolean[];
}

/** Judging with one answer, and the times until which it was asked. */
function judging({ answer = examining, admission, judged = [false] }: State) {
  const until: number[] = [];
  const states = [...judged];
  const one: Judging = {
    digests: { policy: DIGEST, rules: DIGEST },
    async verdictOf(_, asked) {
      until.push(asked.until);
      return answer;
    },
    lastVerdict: async () => undefined,
    admissionOf: async () => admission,
    hasJudged: async () => (states.length > 1 ? states.shift() : states[0]) === true,
    judgedSince: async () => undefined,
    queue: async () => ({ waiting: 0, running: 0, oldestSeconds: 0 }),
    waiting: async () => 0,
    close: async () => {},
  };
  return { one, until };
}

test("an admission by the data before counts until the current data have judged, which is begun and not waited for", async () => {
  const { one, until } = judging({});
  const { one: before } = judging({ admission: admitted });
  expect(await verdictByCurrent(one, before, subject, request)).toEqual({ kind: "known", stored: admitted });
  expect(until).toEqual([0]);
});

test.each<[string, State, State | undefined]>([
  ["without data before", {}, undefined],
  ["without an admission before", {}, {}],
  [
    "once the current data have judged, also if that verdict is too old to count",
    { judged: [true] },
    { admission: admitted },
  ],
])("%s, the current answer is waited for", async (_, current, earlier) => {
  const { one, until } = judging(current);
  const before = earlier === undefined ? undefined : judging(earlier).one;
  expect(await verdictByCurrent(one, before, subject, request)).toBe(examining);
  expect(until).toEqual([5_000]);
});

test("a verdict by the current data that is there at once counts, and so does one that came meanwhile", async () => {
  const refused = storedVerdict({ scans: { answer: "no" } });
  const answer: VerdictAnswer = { kind: "known", stored: refused };
  const { one: before } = judging({ admission: admitted });
  expect(await verdictByCurrent(judging({ answer }).one, before, subject, request)).toBe(answer);
  const meanwhile = judging({ judged: [false, true] });
  expect(await verdictByCurrent(meanwhile.one, before, subject, request)).toBe(examining);
});
