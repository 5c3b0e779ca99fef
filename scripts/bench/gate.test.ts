import { expect, test } from "vitest";
import { compareRatios } from "./gate.ts";

const EXPECTED = [
  { subject: "cold", to: "floor", ratio: 4 },
  { subject: "help", to: "node", ratio: 1 },
];

test("a ratio within the margin passes, a greater one does not", () => {
  const measured = [
    { subject: "help", to: "node", ratio: 1.2 },
    { subject: "cold", to: "floor", ratio: 4.5 },
  ];
  expect(compareRatios(EXPECTED, measured)).toEqual({
    exceeded: 1,
    lines: [
      "ok: cold, against floor: 4.50 × (expected 4.00 ×, at most 4.60 ×)",
      "exceeded: help, against node: 1.20 × (expected 1.00 ×, at most 1.15 ×)",
    ],
  });
});

test("an expected ratio that was not measured is an error, not a pass", () => {
  expect(() => compareRatios(EXPECTED, [])).toThrow("cold was not measured against floor");
});
