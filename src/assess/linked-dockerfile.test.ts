import { expect, test } from "vitest";
import type { Finding } from "../contract/finding.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";
import { linkedDockerfile } from "./linked-dockerfile.ts";

type Answer = RowVerdict["answer"];

function finding(name: string, presumed: boolean): Finding {
  const text = { fr: name, en: name };
  return { rule: "1.1-dockerfile-user", fingerprint: name, message: text, remedy: text, presumed } as never;
}

function row(id: string, answer: Answer, findings: readonly Finding[] = []): RowVerdict {
  const doubts = answer === "unproven" ? [{ rule: "1.1-image-user", reason: { fr: "d", en: "d" } }] : [];
  const missing = answer === "unproven" ? [{ evidence: "image" }] : [];
  return { id, answer, proofs: [], findings, notes: [finding("note", false)], doubts, missing } as never;
}

const verdict = (...rows: readonly RowVerdict[]) =>
  ({ subject: {}, rows, admitted: "no" }) as unknown as Verdict;

function linked(own: RowVerdict, ofImage: RowVerdict | undefined, enforceFuture = false) {
  const image = verdict(row("provenance", "no"), ...(ofImage === undefined ? [] : [ofImage]));
  const { rows } = linkedDockerfile(verdict(own), image, "registry.example/app:1", enforceFuture);
  const [only] = rows;
  if (only === undefined || rows.length !== 1) throw new Error("one row is one row");
  return { only };
}

const ID = "non-root";

test("what the Dockerfile cannot prove is left to the image", () => {
  const { only } = linked(row(ID, "unproven"), row(ID, "yes"));
  expect(only).toMatchObject({ answer: "n/a", findings: [], doubts: [], missing: [] });
  expect(only.proofs.map(({ message }) => message.en)).toEqual([
    "judged on the image registry.example/app:1, which this Dockerfile built",
  ]);
  expect(only.proofs.map(({ rule }) => rule)).toEqual(["1.1-image-user"]);
  expect(only.notes).toHaveLength(1);
  expect(linked(row(ID, "unproven"), undefined).only.answer).toBe("n/a");
});

test("presumed findings become notes where the image is not refuted", () => {
  const own = row(ID, "no", [finding("a", true), finding("b", true)]);
  for (const answer of ["yes", "unproven", "n/a"] as const) {
    const { only } = linked(own, row(ID, answer));
    expect([only.answer, only.findings]).toEqual(["n/a", []]);
    expect(only.notes).toMatchObject([
      { fingerprint: "note" },
      { fingerprint: "a", presumed: true },
      { fingerprint: "b", presumed: true },
    ]);
  }
});

test.each<[string, RowVerdict, RowVerdict | undefined]>([
  ["a finding that is certain", row(ID, "no", [finding("a", true), finding("b", false)]), row(ID, "yes")],
  ["presumed ones of an image that is refuted", row(ID, "no", [finding("a", true)]), row(ID, "no")],
  ["presumed ones without the image's row", row(ID, "no", [finding("a", true)]), undefined],
  ["a yes", row(ID, "yes"), row(ID, "no")],
])("%s stays", (_, own, ofImage) => {
  expect(linked(own, ofImage).only).toBe(own);
});
