import { expect, test } from "vitest";
import { storedVerdict } from "../../../test/fixtures/admission-request.ts";
import type { GraceSettings } from "../../contract/grace-period.ts";
import type { GracePeriod, GraceStore } from "../grace-store.ts";
import type { RunningSubject, StoredVerdict } from "../ports.ts";
import { beginGrace } from "./begin-grace.ts";

const NOW = Date.parse("2026-06-15T12:30:00Z");
const HOUR = 3_600_000;
const DIGEST = `sha256:${"a".repeat(64)}` as const;
const OTHER = `sha256:${"b".repeat(64)}` as const;
const TEXT = { fr: "m", en: "m" };
const RUNNING = {
  subject: { object: {}, digest: DIGEST },
  namespace: "aides",
  workloads: [{ apiVersion: "apps/v1", kind: "Deployment", namespace: "aides", name: "web", uid: "d" }],
} satisfies RunningSubject;

/** A store with one period at most, and this number of ends of others in each hour. */
function graceStore(others: number[] = [], start = NOW) {
  const state: { kept?: GracePeriod } = {};
  const store: GraceStore = {
    gracePeriod: async () => state.kept,
    gracePeriods: async () => [],
    async endsByHour(from) {
      const first = Math.floor(from.getTime() / HOUR);
      expect(from.getTime()).toBeGreaterThan(start);
      return new Map(others.map((count, index) => [first + index, count]));
    },
    keepGracePeriod: async (period) => void (state.kept = period),
  };
  return { store, state };
}

function refused(ids: readonly (readonly [string, boolean?])[]): StoredVerdict {
  const findings = ids.map(([id, isExploited = false]) => ({
    rule: "2.2-no-critical-vulnerabilities",
    message: TEXT,
    remedy: TEXT,
    presumed: false,
    fingerprint: id,
    vulnerability: { id, level: "critical" as const, ...(isExploited ? { isExploited: true as const } : {}) },
  }));
  const { key } = storedVerdict();
  return storedVerdict({ sbom: { answer: "no", findings } }, { key: { ...key, data: OTHER } });
}

const begin = (
  after: StoredVerdict,
  { store }: Pick<ReturnType<typeof graceStore>, "store">,
  {
    before = storedVerdict(),
    settings = {},
    now = NOW,
  }: {
    before?: StoredVerdict;
    settings?: GraceSettings;
    now?: number;
  } = {},
) => beginGrace(RUNNING, { before, after, enforced: true }, settings, store, now);

test("ends after the days of its kind, and is kept with the workloads that run", async () => {
  const { store, state } = graceStore();
  const begun = await begin(refused([["CVE-1"]]), { store });
  expect(begun?.period).toEqual(state.kept);
  expect(state.kept).toMatchObject({
    namespace: "aides",
    subject: DIGEST,
    until: "2026-06-22T12:30:00.000Z",
    workloads: ["Deployment/web"],
    findings: [{ about: "CVE-1", began: "2026-06-15T12:30:00.000Z", until: "2026-06-22T12:30:00.000Z" }],
  });
});

test("of several findings, the first end is that of the subject", async () => {
  const { store, state } = graceStore();
  await begin(refused([["CVE-1"], ["CVE-2", true]]), { store });
  expect(state.kept?.until).toBe("2026-06-17T12:30:00.000Z");
  expect(state.kept?.findings.map(({ until }) => until.slice(0, 10))).toEqual(["2026-06-22", "2026-06-17"]);
});

test("a kind without days has none", async () => {
  const { store, state } = graceStore();
  expect(await begin(refused([["CVE-1"]]), { store }, { settings: { criticalDays: 0 } })).toBeUndefined();
  expect(state.kept).toBeUndefined();
});

test("an end is put off where its hour is full, by three days at most", async () => {
  const settings = { endingPerHour: 2 };
  const full = graceStore([2, 3, 1]);
  await begin(refused([["CVE-1"]]), full, { settings });
  expect(full.state.kept?.until).toBe("2026-06-22T14:30:00.000Z");
  const always = graceStore(Array.from({ length: 80 }, () => 9));
  await begin(refused([["CVE-1"]]), always, { settings });
  expect(always.state.kept?.until).toBe("2026-06-25T12:30:00.000Z");
});

test("a vulnerability that goes and comes again keeps its end, one that is exploited now ends sooner", async () => {
  const held = graceStore();
  await begin(refused([["CVE-1"]]), held);
  const later = NOW + 24 * HOUR;
  await begin(refused([["CVE-1"]]), held, { now: later });
  expect(held.state.kept?.until).toBe("2026-06-22T12:30:00.000Z");
  const exploited = { ...refused([["CVE-1", true]]), key: { ...storedVerdict().key, data: DIGEST } };
  const begun = await begin(exploited, held, { before: refused([["CVE-1"]]), now: later });
  expect(begun?.begun).toMatchObject([{ kind: "exploited", began: "2026-06-15T12:30:00.000Z" }]);
  expect(held.state.kept?.until).toBe("2026-06-18T12:30:00.000Z");
});

test("a second vulnerability that ends later asks for no other hour", async () => {
  const held = graceStore([9]);
  await begin(refused([["CVE-1", true]]), held, { settings: { endingPerHour: 10 } });
  const both = { ...refused([["CVE-1", true], ["CVE-2"]]), key: { ...storedVerdict().key, data: DIGEST } };
  await begin(both, held, { before: refused([["CVE-1", true]]), settings: { endingPerHour: 1 } });
  expect(held.state.kept?.findings.map(({ until }) => until.slice(0, 10))).toEqual([
    "2026-06-17",
    "2026-06-22",
  ]);
});

test("a vulnerability that newer data withdrew ends nothing, and lets no end escape its hour", async () => {
  const held = graceStore();
  await begin(refused([["CVE-1"]]), held);
  const later = NOW + 10 * 24 * HOUR;
  const full = graceStore([1], later);
  full.state.kept = held.state.kept as GracePeriod;
  const begun = await begin(refused([["CVE-2"]]), full, { settings: { endingPerHour: 1 }, now: later });
  expect(begun?.period.until).toBe("2026-07-02T13:30:00.000Z");
  expect(full.state.kept?.findings.map(({ about, until }) => [about, until.slice(0, 10)])).toEqual([
    ["CVE-1", "2026-06-22"],
    ["CVE-2", "2026-07-02"],
  ]);
  // Its own end stays, should it come again.
  const both = { ...refused([["CVE-1"], ["CVE-2"]]), key: { ...storedVerdict().key, data: DIGEST } };
  await begin(both, full, { before: refused([["CVE-2"]]), now: later });
  expect(full.state.kept?.until).toBe("2026-06-22T12:30:00.000Z");
});
