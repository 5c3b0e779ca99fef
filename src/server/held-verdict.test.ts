import { expect, test } from "vitest";
import { storedVerdict } from "../../test/fixtures/admission-request.ts";
import type { EnforcedRows } from "../contract/admission.ts";
import type { RowId } from "../contract/rows.ts";
import type { VerdictDocument } from "../verdicts/report-schema.ts";
import { causesOf } from "./admission/causes.ts";
import { annotations } from "./admission/decision.ts";
import { remarksOf } from "./admission/remarks.ts";
import { checkAnswer } from "./check/check-answer.ts";
import { ageOf } from "./examine/verdict-age.ts";
import { heldVerdict } from "./held-verdict.ts";
import type { StoredVerdict } from "./ports.ts";

type Row = VerdictDocument["rows"][number];

const text = (one: string) => ({ fr: `${one} fr`, en: `${one} en` });
const DAY = "2026-06-15";
const ACCEPTED = { fingerprint: "f", reason: "r", author: "a", expires: DAY };
const proofs = [{ rule: "1.1-seccomp", message: text("proof") }];
const noted = { rule: "1.1-seccomp", message: text("note"), fingerprint: "f" };
const finding = {
  ...noted,
  remedy: text("remedy"),
  presumed: false,
  container: "web",
  at: { path: "a", uid: "u" },
};
const doubt = { rule: "1.1-seccomp", reason: text("doubt"), settle: text("settle") };

const VERDICTS: readonly StoredVerdict[] = [
  storedVerdict({ seccomp: { proofs, notes: [noted] } }),
  storedVerdict({ seccomp: { proofs, notes: [noted, { ...noted, accepted: ACCEPTED }] } }),
  storedVerdict({
    seccomp: { answer: "no", findings: [finding] },
    scans: { answer: "no", because: ["seccomp"] },
  }),
  storedVerdict({ seccomp: { answer: "no", findings: [{ ...finding, message: text("x".repeat(2_000)) }] } }),
  storedVerdict({
    "stdout-logs": { answer: "unproven", missing: [{ evidence: "trial", command: "douane trial IMAGE" }] },
    scans: { answer: "unproven", doubts: [doubt] },
  }),
  storedVerdict({}, { images: storedVerdict().images.map((one) => ({ ...one, isPinned: false })) }),
  storedVerdict({}, { images: [] }),
  storedVerdict({}, { key: { ...storedVerdict().key, data: `sha256:${"b".repeat(64)}` } }),
];

/** All that is made of a verdict for the request of a pod, a controller or a check. */
function usesOf(stored: StoredVerdict): unknown {
  const answer = { kind: "known", stored } as const;
  const now = Date.parse(stored.judgedAt);
  return ([false, true, ["scans"]] satisfies EnforcedRows[]).flatMap((enforced) =>
    [true, false].map((isTemplate) => {
      const causes = causesOf(answer, { lang: "en", enforced, isTemplate, admission: {} });
      const warned = new Map<RowId, string>([["scans", "later"]]);
      const remarks = remarksOf(answer, warned, "fr");
      return {
        causes,
        remarks,
        annotations: annotations("admitted", answer, causes),
        check: checkAnswer(answer, enforced, causes, remarks.messages),
        soFar: causesOf(
          { kind: "under-examination", soFar: stored },
          { lang: "fr", enforced, isTemplate, admission: {} },
        ),
        ages: [0, 3_700_000, 86_400_000, 90_000_000].map((ms) => ageOf(stored, now + ms, enforced)),
      };
    }),
  );
}

test.each(VERDICTS.map((one, index) => [index, one] as const))(
  "verdict %i decides and words the same as a whole one",
  (_, stored) => {
    const held = heldVerdict(structuredClone(stored));
    expect(usesOf(held)).toEqual(usesOf(stored));
    expect(held).toMatchObject({ key: stored.key, judgedAt: stored.judgedAt, images: stored.images });
  },
);

test("what is held has no proofs and no remarks but acceptances, and equal rows are one", () => {
  const [, stored = storedVerdict(), refused = storedVerdict()] = VERDICTS;
  const [held, other] = [heldVerdict(stored), heldVerdict(structuredClone(refused))];
  const rowOf = ({ verdict }: StoredVerdict, id: RowId): Row | undefined =>
    verdict.rows.find((row) => row.id === id);
  expect(rowOf(held, "seccomp")).toMatchObject({ proofs: [], notes: [{ accepted: ACCEPTED }] });
  expect(rowOf(held, "non-root")).toBe(rowOf(other, "non-root"));
  expect(heldVerdict(held)).toBe(held);
  expect(JSON.stringify(stored)).toContain("proof en");
});

test("a row about one image is held by itself", () => {
  const [, , , long = storedVerdict()] = VERDICTS;
  const rows = [heldVerdict(long), heldVerdict(structuredClone(long))].map(({ verdict }) =>
    verdict.rows.find(({ id }) => id === "seccomp"),
  );
  expect(rows[0]).toEqual(rows[1]);
  expect(rows[0]).not.toBe(rows[1]);
});
