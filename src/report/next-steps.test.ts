import { expect, test } from "vitest";
import { ADMITTED, IMAGE_ALONE, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import type { Verdict } from "../contract/verdict.ts";
import { nextSteps } from "./next-steps.ts";

function changed(verdict: Verdict, change: (row: Verdict["rows"][number]) => object): Verdict {
  return { ...verdict, rows: verdict.rows.map((row) => ({ ...row, ...change(row) })) };
}

test("an admitted application has nothing to do", () => {
  expect(nextSteps(ADMITTED, "fr")).toEqual(["Aucune exigence ne s'oppose à l'admission."]);
});

test("corrections come first, as many as the counts say", () => {
  expect(nextSteps(REFUSED, "en")[0]).toBe("Correct the 6 refused requirements as shown, then check again.");
  const one = changed(IMAGE_ALONE, ({ because }) => (because === undefined ? {} : { answer: "yes" }));
  expect(nextSteps(one, "en")[0]).toBe("Correct the refused requirement as shown, then check again.");
});

test("then the evidence to provide, each kind once, with its command where there is one", () => {
  const missing = [{ evidence: "image", command: "douane check IMAGE" }, { evidence: "workload" }];
  const verdict = changed(UNPROVEN, ({ answer }) => (answer === "unproven" ? { missing } : {}));
  expect(nextSteps(verdict, "fr")).toEqual([
    "Fournir l'image elle-même (douane check IMAGE), le manifeste du workload.",
  ]);
});

test("then the doubts to settle", () => {
  const doubts = [{ rule: "1.1-image-user", reason: { fr: "pas vu", en: "not seen" } }];
  const verdict = changed(UNPROVEN, ({ id }) =>
    id === "seccomp" ? { doubts, missing: [] } : { missing: [] },
  );
  expect(nextSteps(verdict, "en")).toEqual(["Resolve the unproven points listed above."]);
});

test("where only a future requirement can explain the refusal, it is the one to correct", () => {
  const findings = [
    {
      rule: "2.2-sbom",
      message: { fr: "aucun SBOM", en: "no SBOM" },
      remedy: { fr: "En joindre un.", en: "Attach one." },
      presumed: false,
      fingerprint: "2.2-sbom",
    },
  ];
  const future = changed(ADMITTED, ({ id }) => (id === "sbom" ? { answer: "no", findings } : {}));
  expect(nextSteps({ ...future, admitted: "no" }, "fr")).toEqual([
    "Corriger l'exigence refusée comme indiqué, puis relancer le contrôle.",
  ]);
});
