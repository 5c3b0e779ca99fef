import { expect, onTestFinished, test, vi } from "vitest";
import { storedVerdict } from "../../../test/fixtures/admission-request.ts";
import { DEADLINE_MS } from "../../../test/fixtures/deadline.ts";
import { serveImage } from "../../../test/fixtures/fake-registry.ts";
import { manifestOf, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { container, podSpec } from "../../../test/fixtures/manifests.ts";
import { memoryEvidence } from "../../../test/fixtures/memory-evidence.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import { advisory, dataOf } from "../../../test/fixtures/vulnerability-data.ts";
import { podSubject, type Subject } from "../admission/subject.ts";
import type { DataIndex } from "../data-index.ts";
import { MemoryStore } from "../examine/memory-store.ts";
import type { RunningSubjects, StoredVerdict } from "../ports.ts";
import { LiveJudging } from "./live-judging.ts";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const SINCE = "2026-11-27T00:00:00.000Z";
const LODASH = {
  path: "app/node_modules/lodash/package.json",
  content: '{"name":"lodash","version":"4.17.20"}',
};
const IMAGE = withLayer(smallImage(), layerOf([LODASH]));
const { digest } = manifestOf(IMAGE);
const eventually = { timeout: DEADLINE_MS, interval: 5 };
const CRITICAL = { fixed: "9.0.0", severities: [{ by: "GHSA", word: "critical" as const }] };
const data = (name: string, date: string) =>
  dataOf({ advisories: [advisory({ id: "GHSA-a", ecosystem: "npm", package: name, ...CRITICAL })], date });

/** Judging with an index in memory, of one subject that runs. */
async function live() {
  const { host, requests } = await serveImage(IMAGE);
  const web = container({ image: `${host}/web@${digest}` });
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web" },
    spec: podSpec({ containers: [web] }),
  };
  const subject = podSubject(pod, "team");
  const state = { isIndexBroken: false, asked: 0 };
  const indexed = new Map<string, ReadonlyMap<string, string>>();
  const dataIndex: DataIndex = {
    async keepAnswers(image, answers) {
      if (state.isIndexBroken) throw new Error("no index");
      indexed.set(image, answers);
    },
    async touchedBy(answerOf) {
      state.asked += 1;
      if (state.isIndexBroken) throw new Error("no index");
      const touched = [...indexed].filter(([, answers]) =>
        [...answers].some(([one, is]) => answerOf(one) !== is),
      );
      return new Set(touched.map(([image]) => image));
    },
  };
  const stored: { subject: Subject; namespace: string }[] = [];
  const subjects = {
    async keepSubject(one: Subject, namespace: string) {
      if (state.isIndexBroken) throw new Error("no store");
      stored.push({ subject: one, namespace });
    },
    withImages: async (digests: readonly string[]) =>
      new Set(digests.includes(digest) ? [subject.digest] : []),
  } as unknown as RunningSubjects;
  const store = Object.assign(new MemoryStore(() => {}), { dataIndex, subjects });
  const lines: string[] = [];
  const evidence = memoryEvidence(SINCE);
  const judging = new LiveJudging(
    { policy: {}, examines: true, insecureRegistries: [host] },
    {
      cwd: "/",
      env: {},
      douane: "0.1.0",
      now: () => NOW,
      store,
      evidence: evidence.port,
      vulnerabilities: data("other", "2026-11-26"),
      log: (_, message) => void lines.push(message),
    },
  );
  onTestFinished(() => judging.close());
  return { judging, subject, state, indexed, stored, lines, requests, store };
}

test("a running subject is judged again without its registry, and new data name the subjects that they touch once", async () => {
  const { judging, subject, state, indexed, requests } = await live();
  const ports = judging.ports();
  const first = await ports.judgedSince(subject, "team", SINCE);
  expect(first?.judgedAt).toBe(new Date(NOW).toISOString());
  await expect.poll(() => [...indexed.keys()], eventually).toEqual([digest]);
  expect(await ports.touched()).toEqual(new Set());
  const read = requests.length;
  await judging.use(data("lodash", "2026-11-27"));
  expect(await ports.touched()).toEqual(new Set([subject.digest]));
  expect(await ports.touched()).toEqual(new Set([subject.digest]));
  expect(state.asked).toBe(2);
  const again = await ports.judgedSince(subject, "team", SINCE);
  expect(JSON.stringify(again?.verdict)).toContain("GHSA-a");
  expect(JSON.stringify(first?.verdict)).not.toContain("GHSA-a");
  expect(again?.key.data).toBe(ports.digests().data);
  expect(requests.length).toBe(read);
});

test("an index that fails is told, delays nothing, and is asked again", async () => {
  const { judging, subject, state, lines } = await live();
  state.isIndexBroken = true;
  const ports = judging.ports();
  expect(await ports.judgedSince(subject, "team", SINCE)).toBeDefined();
  await expect.poll(() => lines, eventually).toContain("comparison not indexed");
  await expect(ports.touched()).rejects.toThrow("no index");
  state.isIndexBroken = false;
  expect(await ports.touched()).toEqual(new Set());
});

test("the subject of a pod that was let in is stored, whatever its verdict", async () => {
  const { judging, subject, state, stored, lines } = await live();
  judging.keepLetIn(subject.digest);
  expect(stored).toEqual([]);
  const request = { namespace: "team", until: 0, mayExamine: false, verify: () => {} };
  await judging.verdictOf(subject, request);
  judging.keepLetIn(subject.digest);
  expect(stored).toEqual([{ subject, namespace: "team" }]);
  state.isIndexBroken = true;
  judging.keepLetIn(subject.digest);
  await expect.poll(() => lines, eventually).toContain("subject not stored");
});

test("once the new data have judged a subject, its requests ask nothing of the store", async () => {
  const { judging, subject, store } = await live();
  const until = Date.now() + DEADLINE_MS;
  const request = { namespace: "team", until, mayExamine: true, verify: () => {} };
  await judging.verdictOf(subject, request);
  await judging.use(data("lodash", "2026-11-27"));
  await expect.poll(async () => (await judging.verdictOf(subject, request)).kind, eventually).toBe("known");
  await judging.verdictOf(subject, request);
  const asked = vi.spyOn(store, "verdict");
  expect(await judging.verdictOf(subject, request)).toMatchObject({ kind: "known" });
  expect(asked).not.toHaveBeenCalled();
});

test("after a restart with other data, an admission of the store counts until the subject is judged, and no other verdict", async () => {
  const { judging, subject, store } = await live();
  const stored = { key: storedVerdict().key, judgedAt: SINCE };
  let before: (() => Promise<StoredVerdict | undefined>) | undefined;
  // Bound when judging starts: another one, with this store.
  Object.assign(store, { verdictByOtherData: async () => before?.() });
  await judging.use(data("other", "2026-11-27"));
  const request = { namespace: "team", until: 0, mayExamine: false, verify: () => {} };
  const asked = async () => (await judging.verdictOf(subject, request)).kind;
  expect(await asked()).toBe("not-examined");
  before = async () => storedVerdict({}, stored);
  expect(await asked()).toBe("known");
  for (const other of [
    async () => storedVerdict({ seccomp: { answer: "no" } }, stored),
    async () => storedVerdict({}, { ...stored, judgedAt: "2026-11-20T00:00:00.000Z" }),
    () => Promise.reject(new Error("no store")),
  ]) {
    before = other;
    expect(await asked()).toBe("not-examined");
  }
});

test("data that cannot be stored are not used, and what was begun with them ends", async () => {
  const { judging, store } = await live();
  const before = judging.ports().digests();
  Object.assign(store, { keepDocuments: () => Promise.reject(new Error("no store")) });
  await expect(judging.use(data("lodash", "2026-11-27"))).rejects.toThrow("no store");
  expect(judging.ports().digests()).toEqual(before);
  expect(await judging.waiting()).toBe(0);
});
