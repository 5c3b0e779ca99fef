import { expect, test } from "vitest";
import { storedVerdict } from "../../../test/fixtures/admission-request.ts";
import { ageOf } from "./verdict-age.ts";

const ADMITTED = storedVerdict();
const REFUSED = storedVerdict({ seccomp: { answer: "no" } });
const MOVABLE = storedVerdict(
  {},
  { images: [{ container: "a", reference: "a:1", repository: "a", isPinned: false }] },
);
const accepted = (...days: readonly string[]) =>
  storedVerdict({
    seccomp: {
      notes: days.map((expires) => ({
        rule: "1.1-seccomp",
        message: { fr: "", en: "" },
        fingerprint: "f",
        accepted: { fingerprint: "f", reason: "r", author: "a", expires },
      })),
    },
  });
const [MINUTE, HOUR] = [60_000, 3_600_000];

test.each([
  ["an admission", ADMITTED, 0, "fresh"],
  ["an admission after an hour", ADMITTED, HOUR + 1, "stale"],
  ["an admission after a day", ADMITTED, 24 * HOUR + 1, "old"],
  ["a refusal", REFUSED, 10_000, "fresh"],
  ["a refusal after ten seconds", REFUSED, 10_001, "old"],
  ["a tag", MOVABLE, MINUTE, "fresh"],
  ["a tag after a minute", MOVABLE, MINUTE + 1, "old"],
  ["an acceptance on its last day", accepted("2026-06-15"), HOUR, "fresh"],
  ["an acceptance after its last day", accepted("2026-06-14"), 0, "old"],
  ["several acceptances, the second of which ended", accepted("2026-07-01", "2026-06-14"), 0, "old"],
  ["several acceptances that last", accepted("2026-07-01", "2026-06-15"), 0, "fresh"],
  ["a clock that is a little behind", ADMITTED, -10_000, "fresh"],
  ["a verdict of the future", ADMITTED, -HOUR, "old"],
  ["a verdict without a time", storedVerdict({}, { judgedAt: "yesterday" }), 0, "old"],
] as const)("%s", (_, stored, after, expected) => {
  expect(ageOf(stored, Date.parse("2026-06-15T12:00:00Z") + after)).toBe(expected);
});

test("a known verdict ages at every request", () => {
  const stored = accepted("2026-06-15");
  const ages = [0, HOUR + 1, 13 * HOUR, 0].map((after) =>
    ageOf(stored, Date.parse("2026-06-15T12:00:00Z") + after),
  );
  expect(ages).toEqual(["fresh", "stale", "old", "fresh"]);
});

test("a refusal by a row that only warns in the namespace ages as an admission there", () => {
  const stored = storedVerdict({ scans: { answer: "no" } });
  const refusing = { ...stored, verdict: { ...stored.verdict, admitted: "no" as const } };
  const later = Date.parse("2026-06-15T12:00:00Z") + HOUR / 2;
  expect([undefined, [], ["scans"] as const].map((enforced) => ageOf(refusing, later, enforced))).toEqual([
    "old",
    "fresh",
    "old",
  ]);
});
