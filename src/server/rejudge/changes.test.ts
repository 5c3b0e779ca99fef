import { expect, test } from "vitest";
import { storedVerdict } from "../../../test/fixtures/admission-request.ts";
import { changesOf, endingAcceptances, endingProofs, rowsInForce } from "./changes.ts";

type Finding = ReturnType<typeof storedVerdict>["verdict"]["rows"][number]["findings"][number];

const finding = (fingerprint: string, en: string): Finding => ({
  rule: "2.2-no-critical-vulnerabilities",
  message: { fr: en, en },
  remedy: { fr: "r", en: "r" },
  fingerprint,
  container: "web",
  presumed: false,
});
const said = (news: ReturnType<typeof changesOf>) =>
  news.map(({ kind, row, message }) => [kind, row, message.en]);

test("an answer that changed is told with its first reason, the same verdict is no news", () => {
  const yes = storedVerdict();
  const no = storedVerdict({ scans: { answer: "no", findings: [finding("f", "openssl: CVE-1 critical.")] } });
  const open = storedVerdict({ scans: { answer: "unproven" } });
  expect(changesOf(yes, yes)).toEqual([]);
  expect(said(changesOf(yes, no))).toEqual([
    ["row-refused", "scans", expect.stringMatching(/: no, was yes\. openssl: CVE-1 critical\.$/)],
  ]);
  expect(changesOf(yes, open).map(({ kind }) => kind)).toEqual(["row-unproven"]);
  expect(said(changesOf(no, yes))).toEqual([
    ["row-settled", "scans", expect.stringMatching(/: yes, was no\.$/)],
  ]);
});

test("below a changed answer, a new finding and one that says something else are told, known ones are not", () => {
  const before = storedVerdict({
    scans: { answer: "no", findings: [finding("a", "CVE-1 high"), finding("b", "CVE-2 critical")] },
  });
  const after = storedVerdict({
    scans: {
      answer: "no",
      findings: [
        finding("a", "CVE-1 high, exploited (CISA KEV)"),
        finding("b", "CVE-2 critical"),
        finding("c", "CVE-3"),
      ],
    },
  });
  expect(said(changesOf(before, after))).toEqual([
    ["finding-changed", "scans", "CVE-1 high, exploited (CISA KEV)"],
    ["finding-added", "scans", "CVE-3"],
  ]);
});

const vulnerable = (en: string, level: "critical" | "high", isExploited?: true): Finding => ({
  ...finding("v", en),
  vulnerability: { id: "CVE-1", level, ...(isExploited && { isExploited }) },
});

test.each<[string, Finding[], Finding[], string[]]>([
  ["a severity", [vulnerable("a", "high")], [vulnerable("b", "critical")], ["severity-changed"]],
  ["a score alone", [vulnerable("a", "high")], [vulnerable("b", "high")], ["finding-changed"]],
  [
    "a list of exploited vulnerabilities, whatever the severity",
    [vulnerable("a", "high")],
    [vulnerable("b", "critical", true)],
    ["vulnerability-exploited"],
  ],
  [
    "a vulnerability that was exploited before",
    [vulnerable("a", "high", true)],
    [vulnerable("a", "high", true)],
    [],
  ],
  ["a new one that is exploited", [], [vulnerable("a", "high", true)], ["vulnerability-exploited"]],
  [
    "a verdict of an earlier version, which did not say it",
    [finding("v", "a, exploited")],
    [vulnerable("a, exploited", "high", true)],
    [],
  ],
])("%s is a change of its own kind", (_, before, after, kinds) => {
  const of = (findings: Finding[]) => storedVerdict({ scans: { answer: "no", findings } });
  expect(changesOf(of(before), of(after)).map(({ kind }) => kind)).toEqual(kinds);
});

test("an exploited vulnerability is reported beside the row that it turns, and before all others", () => {
  const no = (findings: Finding[]) => storedVerdict({ scans: { answer: "no", findings } });
  const one = vulnerable("a", "high", true);
  const kinds = (before: ReturnType<typeof no>, findings: Finding[]) =>
    changesOf(before, no(findings)).map(({ kind }) => kind);
  expect(kinds(storedVerdict(), [finding("x", "x"), one])).toEqual([
    "row-refused",
    "vulnerability-exploited",
  ]);
  const many = Array.from({ length: 12 }, (_, number) => finding(`${number}`, `${number}`));
  expect(kinds(no([]), [...many, one])[0]).toBe("vulnerability-exploited");
});

test("a proof that ends is reported in its last two weeks, once for all rows that it proves", () => {
  const proof = (until?: string) => ({
    proofs: [
      { rule: "2.3-static-scan", message: { fr: "p", en: "p" }, ...(until === undefined ? {} : { until }) },
    ],
  });
  const verdict = storedVerdict({
    scans: proof("2026-06-30"),
    provenance: proof("2026-06-30"),
    sbom: proof(),
  });
  const ending = (today: string) => endingProofs(verdict, today, 14).map(({ kind, cause }) => [kind, cause]);
  expect(ending("2026-06-15")).toEqual([]);
  expect(ending("2026-06-16")).toEqual([["evidence-ending", "2.3-static-scan 2026-06-30"]]);
  expect(ending("2026-07-01")).toEqual([]);
});

test("of many new findings ten are told, and the number of the others", () => {
  const findings = Array.from({ length: 25 }, (_, number) => finding(`${number}`, `CVE-${number}`));
  const news = changesOf(
    storedVerdict({ scans: { answer: "no" } }),
    storedVerdict({ scans: { answer: "no", findings } }),
  );
  expect(news).toHaveLength(11);
  expect(news.at(-1)?.message.en).toBe("… and 15 more new findings.");
});

test("an acceptance is told of in its last two weeks, once, and not after", () => {
  const accepted = { fingerprint: "a", reason: "false", author: "x", expires: "2026-06-30" };
  const { remedy: _, ...note } = finding("a", "m");
  const verdict = storedVerdict({
    immutable: {},
    scans: {
      notes: [
        { ...note, accepted },
        { ...note, accepted },
      ],
    },
  } as object);
  const ending = (today: string) => endingAcceptances(verdict, today, 14).map(({ kind, row }) => [kind, row]);
  expect(ending("2026-06-15")).toEqual([]);
  expect(ending("2026-06-16")).toEqual([["acceptance-ending", "scans"]]);
  expect(ending("2026-06-30")).toHaveLength(1);
  expect(ending("2026-07-01")).toEqual([]);
});

test("a future row that decides from today on is told where it is not yes", () => {
  const verdict = storedVerdict({ scans: { answer: "unproven" } });
  const inForce = (before: boolean, now: boolean) => rowsInForce(verdict, before, now).map(({ row }) => row);
  const future = verdict.verdict.rows.find(({ id }) => id === "scans")?.category === "future";
  expect(inForce(false, true)).toEqual(future ? ["scans"] : []);
  expect([inForce(true, true), inForce(false, false)]).toEqual([[], []]);
});

test("a row that only another version of douane knows is no news, and is named by its identifier", () => {
  const known = storedVerdict({ scans: { answer: "no" } });
  const [row] = known.verdict.rows.filter(({ id }) => id === "scans");
  if (row === undefined) throw new Error("no row");
  const unknown = { ...row, id: "of-another-version" } as unknown as typeof row;
  const other = { ...known, verdict: { ...known.verdict, rows: [unknown] } };
  expect(changesOf(known, other)).toEqual([]);
  const yes = { ...known, verdict: { ...known.verdict, rows: [{ ...unknown, answer: "yes" as const }] } };
  expect(said(changesOf(yes, other))).toEqual([
    ["row-refused", "of-another-version", "of-another-version: no, was yes."],
  ]);
});
