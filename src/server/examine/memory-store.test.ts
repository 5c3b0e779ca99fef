import { expect, test } from "vitest";
import { storedVerdict } from "../../../test/fixtures/admission-request.ts";
import { decision } from "../../../test/fixtures/decisions.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { Decision } from "../ports.ts";
import { keyText, MemoryStore } from "./memory-store.ts";

test("keeps the newest verdict of each key, and decisions where they are logged", async () => {
  const decisions: Decision[] = [];
  const store = new MemoryStore((decision) => void decisions.push(decision));
  const older = storedVerdict({}, { judgedAt: "2026-06-15T11:50:00.000Z" });
  const newer = storedVerdict();
  await store.keepVerdict(newer);
  await store.keepVerdict(older);
  expect(await store.verdict(newer.key)).toEqual(newer);
  // A clock that was two years ahead is none to wait for.
  await store.keepVerdict(storedVerdict({}, { judgedAt: "2028-06-15T12:00:00.000Z" }));
  await store.keepVerdict(newer);
  expect(await store.verdict(newer.key)).toEqual(newer);
  const data = `sha256:${"b".repeat(64)}` as const;
  expect(await store.verdict({ ...newer.key, data })).toBeUndefined();
  const decision = { uid: "u" } as Decision;
  await store.record(decision);
  expect([decisions, await store.isReady()]).toEqual([[decision], true]);
});

test("every part of a key counts", () => {
  const digest = (digit: string) => `sha256:${digit.repeat(64)}` as const;
  const key = { subject: digest("1"), policy: digest("2"), rules: digest("3"), data: digest("4") };
  const { data: _, ...without } = key;
  const keys = [
    key,
    without,
    ...(["subject", "policy", "rules", "data"] as const).map((part) => ({ ...key, [part]: digest("9") })),
  ];
  expect(new Set(keys.map(keyText)).size).toBe(6);
});

test("what was used the longest ago is forgotten", () => {
  const map = new BoundedMap<number>(2);
  map.set("a", 1);
  map.set("b", 2);
  expect(map.get("a")).toBe(1);
  map.set("c", 3);
  expect([map.get("a"), map.get("b"), map.get("c"), map.size]).toEqual([1, undefined, 3, 2]);
});

test("of pods that start the same, each template's newest verdict is known by its labels", async () => {
  const store = new MemoryStore(() => {});
  const { key, images } = storedVerdict();
  const labels = (digit: string) => `sha256:${digit.repeat(64)}` as const;
  const record = (digit: string, subject = key.subject) =>
    store.record({
      ...decision({ kind: "admitted" }),
      key: { ...key, subject },
      start: key.subject,
      labels: labels(digit),
      images,
    });
  await record("1");
  await record("2");
  await record("1", labels("9"));
  const { namespace } = decision({});
  expect(await store.admission(namespace, key.subject)).toMatchObject({
    key: { subject: labels("9") },
    templates: new Map([
      [labels("1"), { ...key, subject: labels("9") }],
      [labels("2"), key],
    ]),
  });
});
