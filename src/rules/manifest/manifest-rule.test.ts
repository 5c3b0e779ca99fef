import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { manifestAlone } from "../../../test/fixtures/manifest-alone.ts";
import { judge } from "../../contract/judge.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { ROWS } from "../../contract/rows.ts";
import type { Outcome } from "../../contract/rule.ts";
import { RULES } from "../index.ts";
import { logDestination } from "../start/1.2-log-destination.ts";
import { manifestRule } from "./manifest-rule.ts";

const TEXT = { fr: "x", en: "x" };
const IN_FILE = { message: TEXT, fingerprint: "1.2-x:a:b", at: { file: "web.yaml", path: "spec" } };
const IN_IMAGE = { message: TEXT, fingerprint: "1.2-x:c", at: { path: "config.Cmd" } };

function ruleThat(outcome: Outcome) {
  return manifestRule("1.2-manifest-x", { ...logDestination, check: () => outcome });
}

test("the rule keeps its sibling's rows, and findings in the manifest bear its own name", () => {
  const rule = ruleThat({ status: "fail", findings: [IN_IMAGE, IN_FILE], presumed: true, notes: [IN_IMAGE] });
  expect(rule).toMatchObject({ id: "1.2-manifest-x", rows: logDestination.rows });
  expect(manifestAlone(rule, {})).toEqual({ status: "presumed", found: ["1.2-manifest-x:a:b"], notes: [] });
});

test.each([
  ["a pass", { status: "pass", proof: TEXT, notes: [IN_FILE, IN_IMAGE] }],
  ["what is not known", { status: "unproven", reason: TEXT, notes: [IN_FILE] }],
  ["a fail of the image", { status: "fail", findings: [IN_IMAGE], notes: [IN_FILE] }],
] as const)("%s proves nothing, and keeps the manifest's notes", (_, outcome) => {
  expect(manifestAlone(ruleThat(outcome), {})).toEqual({
    status: "n/a",
    found: [],
    notes: ["1.2-manifest-x:a:b"],
  });
});

test("of an image that was read, its own rule judges the manifest", () => {
  const rule = ruleThat({ status: "fail", findings: [IN_FILE] });
  expect(checkRule(rule, containerEvidence({}))).toMatchObject({ status: "n/a" });
});

test("it never proves a row", () => {
  const ids = RULES.map(({ id }) => id).filter((id) => id.includes("-manifest-"));
  expect(ids.length).toBeGreaterThan(3);
  expect(ROWS.flatMap(({ proofs }) => proofs.flat()).filter((id) => ids.includes(id))).toEqual([]);
});

/** The answers of the rows that the rule speaks of, with the image and without it. */
function answers(container: ContainerFacts) {
  const { image, workload, placement } = containerEvidence(container);
  return [{ placement }, { placement, image }].map((collected) => {
    const verdict = judge({ name: "web", images: [] }, [{ container: "web", collected }], {
      rules: RULES,
      accepted: { acceptances: [], today: "2026-11-24" },
      shared: { workload, cluster: { minor: 34 } },
    });
    const row = verdict.rows.find(({ id }) => id === "stdout-logs");
    return { answer: row?.answer, findings: row?.findings.map(({ rule }) => rule), doubts: row?.doubts };
  });
}

test("a row is refused by one of the two rules, never by both", () => {
  expect(answers({ command: ["app", "--log-file=/var/log/x.log"] })).toEqual([
    { answer: "no", findings: ["1.2-manifest-log-destination"], doubts: [] },
    { answer: "no", findings: ["1.2-log-destination"], doubts: [] },
  ]);
});

test("where nothing is found, the row says no more than before", () => {
  expect(answers({})[0]).toEqual({ answer: "unproven", findings: [], doubts: [] });
});
