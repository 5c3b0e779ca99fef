import { expect, test } from "vitest";
import { storedVerdict } from "../../../test/fixtures/admission-request.ts";
import { DEADLINE_MS } from "../../../test/fixtures/deadline.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { VerdictAnswer } from "../admission/ports.ts";
import type { GracePeriod } from "../grace-store.ts";
import type { Decision, JudgingDigests, RunningSubject, StoredVerdict } from "../ports.ts";
import type { ClusterEvent } from "../watch/events.ts";
import { type RejudgePorts, rejudgeRunning } from "./rejudge.ts";

const TIMES = { lookMs: 5, againMs: 60_000, yieldMs: 5 };
const digests = { policy: `sha256:${"1".repeat(64)}`, rules: `sha256:${"2".repeat(64)}` } as const;
const eventually = { timeout: DEADLINE_MS, interval: 5 };
const workload = { apiVersion: "apps/v1", kind: "Deployment", namespace: "team", name: "web", uid: "d" };

/** Subjects that run, with their last verdict and what they are answered now. */
function run(
  subjects: Readonly<Record<string, VerdictAnswer>>,
  {
    last = storedVerdict(),
    touched = [],
    given = new Set<string>(),
    grace,
  }: {
    grace?: RejudgePorts["grace"];
    last?: StoredVerdict | null;
    touched?: readonly string[];
    given?: Set<string>;
  } = {},
) {
  /** Last reported verdict by subject, and verdicts that others asked for. */
  const reported = new Map<string, StoredVerdict>();
  const others = new Map<string, StoredVerdict>();
  const decisions: Decision[] = [];
  const counted: string[] = [];
  /** Time since which each subject has a verdict. */
  const judged = new Map<string, string>();
  const asked: string[] = [];
  const events: ClusterEvent[] = [];
  const lines: { readonly message: string; readonly change?: string }[] = [];
  const stop = new AbortController();
  const state = {
    waiting: 0,
    looks: 0,
    isBroken: false,
    isUnindexed: false,
    isClusterGone: false,
    isAuditGone: false,
    now: Date.parse("2026-06-15T12:00:00Z"),
    data: {} as Pick<JudgingDigests, "data">,
    onAsked: undefined as ((digest: string) => void) | undefined,
  };
  const ended = rejudgeRunning(
    "en",
    {
      subjects: {
        keepSubject: async () => {},
        async outdated(_, since) {
          if (state.isBroken) throw new Error("the store is gone");
          return Object.keys(subjects).filter((digest) => (judged.get(digest) ?? "") < since.toISOString());
        },
        running: async () => Object.keys(subjects),
        withImages: async () => new Set(),
        async subject(digest) {
          const subject = { object: {}, digest } as unknown as RunningSubject["subject"];
          const before = reported.get(digest) ?? last ?? undefined;
          const newest = others.get(digest) ?? before;
          return {
            subject,
            namespace: "team",
            ...(before === undefined ? {} : { last: before }),
            ...(newest === undefined ? {} : { newest }),
            workloads: [workload],
          };
        },
        unreported: async () => [...others.keys()].filter((one) => reported.get(one) !== others.get(one)),
        async keepReported(verdict) {
          reported.set(verdict.key.subject, verdict);
        },
        newNotices: async (ids) => new Set(ids.filter((id) => !given.has(id))),
        keepNotices: async (ids) => ids.forEach((id) => given.add(id)),
      },
      digests: () => ({ ...digests, ...state.data }),
      async judgedSince({ digest }, _, since) {
        asked.push(digest);
        state.onAsked?.(digest);
        const answer = subjects[digest] ?? { kind: "under-examination" };
        if (answer.kind !== "known") return undefined;
        judged.set(digest, since);
        return answer.stored;
      },
      async touched() {
        if (state.isUnindexed) throw new Error("no index");
        return new Set(touched);
      },
      async waiting() {
        state.looks += 1;
        return state.waiting;
      },
      enforced: (day) => day >= "2026-06-16",
      enforcedIn: () => true,
      ...(grace === undefined ? {} : { grace }),
      events: {
        async write(event) {
          if (state.isClusterGone) throw new Error("no API server");
          events.push(event);
          return "written";
        },
      },
      async record(decision) {
        if (state.isAuditGone) throw new Error("no audit log");
        decisions.push(decision);
      },
      changed: (change) => counted.push(change),
      log: (_, message, fields) => lines.push({ message, ...fields }),
      now: () => state.now,
    },
    stop.signal,
    TIMES,
  );
  const end = async () => {
    stop.abort();
    await ended;
  };
  return { asked, events, lines, state, decisions, counted, others, end };
}

test("each subject is judged once, and what turned is an event on its workload", async () => {
  const no = storedVerdict({ scans: { answer: "no" } });
  const running = run({
    same: { kind: "known", stored: storedVerdict() },
    turned: { kind: "known", stored: no },
  });
  await expect.poll(() => running.lines.map(({ message }) => message), eventually).toContain("judged again");
  await running.end();
  expect(running.asked).toEqual(["same", "turned"]);
  expect(running.events).toEqual([
    {
      object: workload,
      type: "Warning",
      reason: "DouaneRowRefused",
      message: expect.stringContaining("no, was yes"),
    },
  ]);
  expect(running.lines.find(({ message }) => message === "judged again")).toMatchObject({
    subjects: 2,
    changed: 1,
  });
});

test("while new pods wait for an examination, nothing is judged again", async () => {
  const running = run({ one: { kind: "known", stored: storedVerdict() } });
  running.state.waiting = 1;
  await expect.poll(() => running.state.looks, eventually).toBeGreaterThan(5);
  expect(running.asked).toEqual([]);
  // A pod's own examination was first: its change is reported all the same.
  const key = { ...storedVerdict().key, subject: "one" as Digest, ...digests };
  running.others.set("one", storedVerdict({ scans: { answer: "no" } }, { key }));
  running.state.now += 1_000;
  await expect
    .poll(() => running.events.map(({ reason }) => reason), eventually)
    .toContain("DouaneRowRefused");
  expect(running.asked).toEqual([]);
  running.state.waiting = 0;
  await expect.poll(() => running.asked, eventually).toEqual(["one"]);
  await running.end();
});

test("what cannot be judged is tried again after its time, and a store that is gone ends nothing", async () => {
  const running = run({ one: { kind: "under-examination" } });
  await expect.poll(() => running.asked, eventually).toEqual(["one"]);
  running.state.isBroken = true;
  await expect
    .poll(() => running.lines.map(({ message }) => message), eventually)
    .toContain("not judged again");
  running.state.isBroken = false;
  expect(running.asked).toEqual(["one"]);
  running.state.now += 60_001;
  await expect.poll(() => running.asked, eventually).toEqual(["one", "one"]);
  await running.end();
});

test("on the day on which a future row comes into force, its workloads are told once", async () => {
  const last = storedVerdict({ scans: { answer: "unproven" } });
  const after = { ...last, judgedAt: "2026-06-16T00:00:10.000Z" };
  const running = run(
    { one: { kind: "known", stored: after } },
    { last: { ...last, judgedAt: "2026-06-15T10:00:00.000Z" } },
  );
  const reasons = () => running.events.map(({ reason }) => reason);
  await expect.poll(reasons, eventually).toContain("DouaneRowInForce");
  expect(reasons().filter((one) => one === "DouaneRowInForce")).toHaveLength(1);
  await running.end();
});

test("a day makes every verdict outdated: acceptances, support and evidence end by themselves", async () => {
  const running = run({ one: { kind: "known", stored: storedVerdict() } });
  await expect.poll(() => running.asked, eventually).toEqual(["one"]);
  running.state.now += 86_400_000;
  await expect.poll(() => running.asked, eventually).toEqual(["one", "one"]);
  await running.end();
});

test("what new data touch comes first, the others follow; without the index all are judged", async () => {
  const known: VerdictAnswer = { kind: "known", stored: storedVerdict() };
  const running = run({ a: known, b: known, c: known }, { touched: ["c"] });
  await expect.poll(() => running.asked, eventually).toEqual(["c", "a", "b"]);
  running.state.isUnindexed = true;
  running.state.now += 86_400_000;
  await expect.poll(() => running.asked.slice(3), eventually).toEqual(["a", "b", "c"]);
  expect(running.lines.map(({ message }) => message)).toContain("touched subjects not found");
  await running.end();
});

test("data that change meanwhile start the order anew", async () => {
  const known: VerdictAnswer = { kind: "known", stored: storedVerdict() };
  const touched: string[] = [];
  const running = run({ a: known, b: known, c: known }, { touched });
  running.state.onAsked = (digest) => {
    if (digest !== "a") return;
    running.state.data = { data: `sha256:${"3".repeat(64)}` };
    touched.push("c");
  };
  await expect.poll(() => running.asked, eventually).toEqual(["a", "c", "b"]);
  await running.end();
});

test("what a release let in is told by its first examination", async () => {
  const no = storedVerdict({ scans: { answer: "no" } });
  const running = run({ one: { kind: "known", stored: no } }, { last: null });
  const messages = () => running.events.map(({ reason, message }) => `${reason} ${message}`);
  await expect.poll(messages, eventually).toEqual([expect.stringContaining("by the first examination")]);
  await running.end();
});

test("a change whose event cannot be written is in the log, and what follows is judged", async () => {
  const no: VerdictAnswer = { kind: "known", stored: storedVerdict({ scans: { answer: "no" } }) };
  const running = run({ a: no, b: no });
  running.state.isClusterGone = true;
  const messages = () => running.lines.map(({ message }) => message);
  await expect.poll(messages, eventually).toContain("judged again");
  await running.end();
  expect(running.asked).toEqual(["a", "b"]);
  expect(messages().filter((one) => one === "event not written")).toHaveLength(2);
  expect(running.events).toEqual([]);
});

const noOf = (subject: string): StoredVerdict => {
  const no = storedVerdict({ scans: { answer: "no" } });
  return { ...no, key: { ...digests, subject: subject as StoredVerdict["key"]["subject"] } };
};

test("a change is in the audit log and in the metrics, and once only, also while others judge", async () => {
  const running = run({});
  running.others.set("one", noOf("one"));
  await expect.poll(() => running.events.length, eventually).toBe(1);
  running.others.set("other-documents", storedVerdict({ scans: { answer: "no" } }));
  running.state.now += 1;
  running.others.set("two", noOf("two"));
  await expect.poll(() => running.events.length, eventually).toBe(2);
  await running.end();
  expect(running.counted).toEqual(["row-refused", "row-refused"]);
  expect(running.decisions).toMatchObject([
    {
      kind: "changed",
      namespace: "team",
      name: "web",
      owner: "Deployment/web",
      key: { subject: "one" },
      causes: [{ reason: "row-refused", message: expect.stringContaining("no, was yes") }],
    },
    { key: { subject: "two" } },
  ]);
});

test("a change that the audit log does not have is reported later", async () => {
  const running = run({});
  running.state.isAuditGone = true;
  running.others.set("one", noOf("one"));
  const messages = () => running.lines.map(({ message }) => message);
  await expect.poll(messages, eventually).toContain("not judged again");
  expect(running.events).toEqual([]);
  running.state.isAuditGone = false;
  await expect.poll(() => running.events.length, eventually).toBe(1);
  await running.end();
  expect(running.decisions).toHaveLength(1);
});

test("what ends soon is said once for a workload, after a restart, too", async () => {
  const accepted = { fingerprint: "a", reason: "false", author: "x", expires: "2026-06-20" };
  const message = { fr: "m", en: "m" };
  const ending = storedVerdict({
    scans: { notes: [{ rule: "r", message, fingerprint: "a", accepted }] },
    provenance: { proofs: [{ rule: "2.1-signed-provenance", message, until: "2026-06-25" }] },
  });
  const given = new Set<string>();
  const known: VerdictAnswer = { kind: "known", stored: ending };
  const first = run({ one: known }, { last: ending, given });
  const reasons = () => first.events.map(({ reason }) => reason);
  await expect.poll(reasons, eventually).toEqual(["DouaneAcceptanceEnding", "DouaneEvidenceEnding"]);
  await first.end();
  expect(first.counted).toEqual(["acceptance-ending", "evidence-ending"]);
  expect(given.size).toBe(2);
  const second = run({ one: known }, { last: ending, given });
  second.state.now += 86_400_000;
  await expect.poll(() => second.asked, eventually).toEqual(["one"]);
  second.state.now += 86_400_000;
  await expect.poll(() => second.asked, eventually).toEqual(["one", "one"]);
  await second.end();
  expect([second.events, second.decisions]).toEqual([[], []]);
});

test("what new data refuse gets a grace period before its change counts as reported, and is told of it", async () => {
  const finding = {
    rule: "2.2-no-critical-vulnerabilities",
    message: { fr: "m", en: "m" },
    remedy: { fr: "r", en: "r" },
    presumed: false,
    fingerprint: "v",
    vulnerability: { id: "CVE-2026-1", level: "critical" as const },
  };
  const { key } = storedVerdict();
  const no = storedVerdict(
    { sbom: { answer: "no", findings: [finding] } },
    { key: { ...key, data: `sha256:${"3".repeat(64)}` } },
  );
  const kept: GracePeriod[] = [];
  const grace: NonNullable<RejudgePorts["grace"]> = {
    settings: {},
    store: {
      gracePeriod: async () => kept.at(-1),
      gracePeriods: async () => kept,
      endsByHour: async () => new Map(),
      keepGracePeriod: async (period) => void kept.push(period),
    },
  };
  const running = run({ one: { kind: "known", stored: no } }, { grace });
  const messages = () => running.events.map(({ reason, message }) => `${reason} ${message}`);
  await expect
    .poll(messages, eventually)
    .toContainEqual(
      expect.stringMatching(/^DouaneGracePeriod grace period until 2026-06-22T12:00 \(UTC\).*\(CVE-2026-1\)/),
    );
  await running.end();
  expect(kept).toMatchObject([{ namespace: "team", subject: "one", workloads: ["Deployment/web"] }]);
  expect(running.decisions.flatMap(({ causes }) => causes.map(({ reason }) => reason))).toContain(
    "grace-period",
  );
});
