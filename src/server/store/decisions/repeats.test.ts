import { expect, test } from "vitest";
import { decision, VERDICT_KEY } from "../../../../test/fixtures/decisions.ts";
import { repeatCounter } from "./repeats.ts";

const admitted = (changes: Parameters<typeof decision>[0] = {}) => decision({ kind: "admitted", ...changes });

test.each<[string, Parameters<typeof decision>[0], boolean]>([
  ["the same pod again", { uid: "2", at: "2026-11-30T10:00:05.000Z" }, true],
  ["another pod of the same ReplicaSet", { name: "portal-7d9f6c4b8-x" }, true],
  ["a refusal", { kind: "refused" }, false],
  ["a warning", { kind: "warned" }, false],
  ["an exempt pod", { kind: "exempt" }, false],
  ["a reported pod", { kind: "reported" }, false],
  ["a pod that nothing was judged of", { key: undefined as never }, false],
  [
    "another subject",
    {
      key: {
        subject: `sha256:${"b".repeat(64)}`,
        policy: VERDICT_KEY.policy,
        rules: VERDICT_KEY.rules,
      },
    },
    false,
  ],
  ["another namespace", { namespace: "other" }, false],
  ["another owner", { owner: "ReplicaSet/other-7d9f6c4b8" }, false],
  ["another user", { user: "alice" }, false],
  ["another operation", { operation: "UPDATE" }, false],
  ["an ephemeral container", { resource: "pods/ephemeralcontainers" }, false],
  ["another image", { images: [] }, false],
])("after an admission, %s is counted: %s", (_, changes, isCounted) => {
  const counter = repeatCounter();
  counter.remember(admitted());
  expect(counter.count(admitted(changes))).toBe(isCounted);
});

test("an admission that was not recorded is not counted", () => {
  expect(repeatCounter().count(admitted())).toBe(false);
});

test("a count has the first and the last time, and no UID", () => {
  const counter = repeatCounter();
  counter.remember(admitted());
  for (const second of ["01", "02", "03"]) counter.count(admitted({ at: `2026-11-30T10:00:${second}.000Z` }));
  const [taken, ...others] = counter.take();
  expect(others).toEqual([]);
  expect(taken).toMatchObject({
    at: "2026-11-30T10:00:01.000Z",
    until: "2026-11-30T10:00:03.000Z",
    count: 3,
  });
  expect(taken?.decision).not.toHaveProperty("uid");
  expect(counter.take()).toEqual([]);
});

test("counts that were not written are added to the next ones", () => {
  const counter = repeatCounter();
  counter.remember(admitted());
  counter.count(admitted({ at: "2026-11-30T10:00:01.000Z" }));
  const taken = counter.take();
  counter.count(admitted({ at: "2026-11-30T10:01:01.000Z" }));
  counter.giveBack(taken);
  expect(counter.take()).toMatchObject([
    { at: "2026-11-30T10:00:01.000Z", until: "2026-11-30T10:01:01.000Z", count: 2 },
  ]);
});
