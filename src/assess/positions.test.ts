import { expect, test } from "vitest";
import { TEXT } from "../../test/fixtures/said-rules.ts";
import type { Place } from "../contract/finding.ts";
import type { Verdict } from "../contract/verdict.ts";
import { withPositions } from "./positions.ts";

function verdict(...places: readonly (Place | undefined)[]): Verdict {
  const findings = places.map((at, index) => ({
    rule: "1.1-host-ports" as const,
    message: TEXT,
    remedy: TEXT,
    presumed: false,
    fingerprint: `f${index}`,
    ...(at === undefined ? {} : { at }),
  }));
  const row = { category: "mandatory", proofs: [], doubts: [], missing: [] } as const;
  return {
    subject: { name: "Deployment/web", images: [] },
    contract: "2025-06",
    admitted: "no",
    rows: [
      { ...row, id: "no-host-access", answer: "no", findings, notes: [] },
      { ...row, id: "seccomp", answer: "yes", findings: [], notes: findings },
      { ...row, id: "health", answer: "yes", findings: [], notes: [] },
    ],
  };
}

const locate = (path: string) => ({ line: path.length, column: 7 });

test("findings and notes about a field of the file get their line and column", () => {
  const placed = withPositions(verdict({ file: "web.yaml", path: "spec" }), "web.yaml", locate);
  const at = { file: "web.yaml", path: "spec", line: 4, column: 7 };
  expect(placed.rows[0]?.findings).toMatchObject([{ fingerprint: "f0", at }]);
  expect(placed.rows[1]?.notes).toMatchObject([{ fingerprint: "f0", at }]);
});

test.each([
  ["another file", { file: "other.yaml", path: "spec" }],
  ["a place in the image", { path: "/etc/nginx.conf" }],
  ["the file as a whole", { file: "web.yaml" }],
  ["no place", undefined],
])("%s is left as it is, and nothing is parsed for it", (_, at) => {
  const before = verdict(at);
  const parsed = () => {
    throw new Error("asked");
  };
  expect(withPositions(before, "web.yaml", parsed)).toBe(before);
});

test("others beside one that is found stay as they are", () => {
  const placed = withPositions(verdict({ file: "web.yaml", path: "a" }, undefined), "web.yaml", locate);
  expect(placed.rows[0]?.findings[1]).not.toHaveProperty("at");
  expect(placed.rows[2]?.notes).toEqual([]);
});

test("a row whose places no report shows is left as it is", () => {
  const before = verdict({ file: "web.yaml", path: "spec" });
  const placed = withPositions(before, "web.yaml", locate, ({ id }) => id === "seccomp");
  expect(placed.rows[0]).toBe(before.rows[0]);
  expect(placed.rows[1]?.notes).toMatchObject([{ at: { line: 4 } }]);
  expect(withPositions(before, "web.yaml", locate, () => false)).toBe(before);
});
