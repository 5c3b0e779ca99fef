import { expect, test } from "vitest";
import { storedVerdict } from "../../../test/fixtures/admission-request.ts";
import { InvalidInputError } from "../../contract/error.ts";
import type { VerdictRequest } from "../admission/ports.ts";
import type { Subject } from "../admission/subject.ts";
import type { Store, StoredVerdict, VerdictKey } from "../ports.ts";
import type { Examined } from "./examinations.ts";
import { Examiner } from "./examiner.ts";
import { MemoryExaminations } from "./memory-examinations.ts";
import { MemoryStore } from "./memory-store.ts";

const START = Date.parse("2026-06-15T12:00:00Z");
const digest = (digit: string) => `sha256:${digit.repeat(64)}` as const;
const subject = (digit = "1"): Subject => ({ object: {}, digest: digest(digit) });

/** An examiner whose examinations end on demand, under a clock of the test. */
function harness({
  bounds = {},
  store = new MemoryStore(() => {}),
}: {
  bounds?: object;
  store?: Pick<Store, "verdict" | "keepVerdict">;
} = {}) {
  let now = START;
  const begun: { subject: Subject; end: (examined: Examined | Error) => void }[] = [];
  const errors: unknown[] = [];
  const keyOf = (one: Subject): VerdictKey => ({
    subject: one.digest,
    policy: digest("2"),
    rules: digest("3"),
  });
  const verdict = (one: Subject, rows = {}): StoredVerdict =>
    storedVerdict(rows, { key: keyOf(one), judgedAt: new Date(now).toISOString() });
  const manifest = storedVerdict({ seccomp: { answer: "no" } });
  const onError = (error: unknown) => void errors.push(error);
  const examinations = new MemoryExaminations(
    {
      store,
      onError,
      now: () => now,
      examine(one, _, signal) {
        const { promise, resolve, reject } = Promise.withResolvers<Examined>();
        signal.addEventListener("abort", () => reject(signal.reason));
        begun.push({
          subject: one,
          end: (end) => (end instanceof Error ? reject(end) : resolve(end)),
        });
        return promise;
      },
    },
    { atATime: 2, waiting: 2, examinationMs: 60_000, ...bounds },
  );
  const examiner = new Examiner({
    store,
    keyOf,
    now: () => now,
    onError,
    examinations,
    judgeManifest: () => Promise.resolve({ stored: manifest, problems: [] }),
  });
  const ask = (one = subject(), changes: Partial<VerdictRequest> = {}) =>
    examiner.verdictOf(one, {
      namespace: "aides",
      until: now + 5_000,
      mayExamine: true,
      verify: () => {},
      ...changes,
    });
  return {
    close: () => examinations.close(),
    /** From now on, no place in the queue can be kept. */
    fail: () => void (examinations.request = () => Promise.reject(new Error("down"))),
    ask,
    queue: () => examinations.state(),
    examinations: begun,
    errors,
    verdict,
    manifest,
    later: (ms: number) => void (now += ms),
    keyOf,
  };
}

/** Lets what is ready happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("the queue says what waits, what is under way, and since when", async () => {
  const { ask, queue, later, examinations, verdict } = harness();
  expect(await queue()).toEqual({ waiting: 0, running: 0, oldestSeconds: 0 });
  void ask(subject("1"));
  await settle();
  later(2_000);
  for (const digit of ["2", "3"]) void ask(subject(digit));
  await settle();
  later(1_500);
  expect(await queue()).toEqual({ waiting: 1, running: 2, oldestSeconds: 3.5 });
  examinations[0]?.end({ stored: verdict(subject("1")), problems: [] });
  await settle();
  expect(await queue()).toEqual({ waiting: 0, running: 2, oldestSeconds: 1.5 });
});

test("pods that wait for one subject share its examination, and later ones its verdict", async () => {
  const { ask, examinations, verdict } = harness();
  const waiting = [ask(), ask(), ask()];
  await settle();
  expect(examinations).toHaveLength(1);
  const stored = verdict(subject());
  examinations[0]?.end({ stored, problems: [] });
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 3 }, () => ({ kind: "known", stored })));
  expect(await ask()).toEqual({ kind: "known", stored });
  expect(examinations).toHaveLength(1);
});

test("at the deadline the answer is what the manifest shows; the examination goes on, for the retry", async () => {
  const { ask, examinations, verdict, manifest } = harness();
  expect(await ask(subject(), { until: START })).toEqual({ kind: "under-examination", soFar: manifest });
  const stored = verdict(subject());
  examinations[0]?.end({ stored, problems: [] });
  await settle();
  expect(await ask(subject(), { until: START })).toEqual({ kind: "known", stored });
});

test("a verdict of the store needs no examination, and a store that fails is reported and done without", async () => {
  const store = new MemoryStore(() => {});
  const one = harness({ store });
  const stored = one.verdict(subject());
  await store.keepVerdict(stored);
  expect(await one.ask()).toEqual({ kind: "known", stored });
  const failing = {
    verdict: async () => Promise.reject(new Error("down")),
    keepVerdict: async () => Promise.reject(new Error("full")),
  };
  const two = harness({ store: failing });
  const asked = two.ask();
  await settle();
  two.examinations[0]?.end({ stored, problems: [] });
  expect(await asked).toEqual({ kind: "known", stored });
  await settle();
  expect(two.errors.map(String)).toEqual(["Error: down", "Error: full"]);
});

test("an admission is judged again in the background once it is stale, and still counts then", async () => {
  const { ask, examinations, verdict, later } = harness();
  const first = ask();
  await settle();
  const stored = verdict(subject());
  examinations[0]?.end({ stored, problems: [] });
  await first;
  later(2 * 60 * 60_000);
  expect(await ask(subject(), { mayExamine: false })).toEqual({ kind: "known", stored });
  expect(examinations).toHaveLength(1);
  expect(await ask()).toEqual({ kind: "known", stored });
  expect(examinations).toHaveLength(2);
  const newer = verdict(subject(), { seccomp: { answer: "no" } });
  examinations[1]?.end({ stored: newer, problems: [] });
  await settle();
  expect(await ask()).toEqual({ kind: "known", stored: newer });
});

test("a refusal is judged again after ten seconds: what it lacked may be there now", async () => {
  const { ask, examinations, verdict, later } = harness();
  const first = ask();
  await settle();
  examinations[0]?.end({
    stored: verdict(subject(), { provenance: { answer: "no" }, seccomp: { answer: "no" } }),
    problems: [],
  });
  await first;
  later(11_000);
  const again = ask();
  await settle();
  const stored = verdict(subject());
  examinations[1]?.end({ stored, problems: [] });
  expect(await again).toEqual({ kind: "known", stored });
});

test("a refusal that took longer than it counts is answered with its reasons; an admission by a tag is examined again", async () => {
  const { ask, examinations, verdict, later } = harness();
  const [refusal, movable] = [verdict(subject(), { seccomp: { answer: "no" } }), verdict(subject("9"))];
  const asked = [ask(), ask(subject("9"))];
  await settle();
  later(61_000);
  const images = movable.images.map((image) => ({ ...image, isPinned: false }));
  examinations[0]?.end({ stored: refusal, problems: [] });
  examinations[1]?.end({ stored: { ...movable, images }, problems: [] });
  expect(await Promise.all(asked)).toEqual([
    { kind: "known", stored: refusal },
    { kind: "under-examination", soFar: { ...movable, images } },
  ]);
});

test("a queue that cannot be asked is a refusal that says so, and a stale admission still counts", async () => {
  const { ask, examinations, verdict, later, fail } = harness();
  const first = ask();
  await settle();
  const stored = verdict(subject());
  examinations[0]?.end({ stored, problems: [] });
  await first;
  fail();
  later(2 * 60 * 60_000);
  expect(await ask()).toEqual({ kind: "known", stored });
  expect(await ask(subject("9"))).toMatchObject({
    kind: "not-examined",
    why: { en: expect.stringContaining("the database does not answer") },
  });
  expect(examinations).toHaveLength(1);
});

test("a verdict that lacks an image is never known, and not repeated at once", async () => {
  const { ask, examinations, verdict, later } = harness();
  const first = ask();
  await settle();
  const [stored, why] = [verdict(subject()), { fr: "non", en: "registry down" }];
  examinations[0]?.end({ stored, problems: [why] });
  const answer = { kind: "unreadable", why: [why], soFar: stored };
  expect([await first, await ask(), examinations.length]).toEqual([answer, answer, 1]);
  later(11_000);
  void ask();
  await settle();
  expect(examinations).toHaveLength(2);
});

test.each([
  ["of ours, by its text", new InvalidInputError("x", { fr: "f", en: "too deep" }), "too deep"],
  ["of a defect, without it", new TypeError("secret path"), "the cause is in the server's log"],
])("an examination that fails is answered: %s", async (_, error, message) => {
  const { ask, examinations, errors } = harness();
  const asked = ask();
  await settle();
  examinations[0]?.end(error);
  expect(await asked).toEqual({
    kind: "unreadable",
    why: [expect.objectContaining({ en: expect.stringContaining(message) })],
  });
  expect(errors).toEqual([error]);
});

test("a dry run starts nothing, and says so", async () => {
  const { ask, examinations, manifest } = harness();
  const answer = await ask(subject(), { mayExamine: false });
  expect([answer, examinations]).toEqual([
    {
      kind: "not-examined",
      soFar: manifest,
      why: expect.objectContaining({ en: expect.stringContaining("dry run") }),
    },
    [],
  ]);
});

test("a full queue is said, and what waits is unharmed", async () => {
  const { ask, examinations } = harness({ bounds: { atATime: 1, waiting: 1 } });
  for (const digit of ["1", "2"]) void ask(subject(digit), { until: START });
  await settle();
  expect(await ask(subject("3"), { until: START })).toMatchObject({
    kind: "not-examined",
    why: { en: expect.stringContaining("too many") },
  });
  expect(examinations.map((one) => one.subject.digest)).toEqual([digest("1")]);
});

test("a request that is not strict starts nothing", async () => {
  const { ask, examinations } = harness();
  const verify = () => {
    throw new InvalidInputError("x", { fr: "f", en: "a key twice" });
  };
  await expect(ask(subject(), { verify })).rejects.toThrow("a key twice");
  expect(examinations).toEqual([]);
});

test("closing ends the examinations under way", async () => {
  const { ask, close, errors } = harness();
  const asked = ask();
  await settle();
  await close();
  expect(await asked).toMatchObject({ kind: "unreadable" });
  expect(errors).toHaveLength(1);
});
