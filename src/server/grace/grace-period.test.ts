import { describe, expect, test } from "vitest";
import { storedVerdict } from "../../../test/fixtures/admission-request.ts";
import type { GracePeriod } from "../grace-store.ts";
import type { StoredVerdict } from "../ports.ts";
import { graceUntil, newFindings } from "./grace-period.ts";

type Row = StoredVerdict["verdict"]["rows"][number];
type Finding = Row["findings"][number];

const NOW = Date.parse("2026-06-15T12:00:00Z");
const DIGEST = `sha256:${"a".repeat(64)}` as const;
const OTHER = `sha256:${"b".repeat(64)}` as const;
const TEXT = { fr: "m", en: "m" };
const VULNERABILITY = "2.2-no-critical-vulnerabilities";

function finding(rule: string, more: Partial<Finding> = {}): Finding {
  return { rule, message: TEXT, remedy: TEXT, presumed: false, fingerprint: `${rule} f`, ...more };
}
const vulnerable = (more: Partial<NonNullable<Finding["vulnerability"]>> = {}): Finding =>
  finding(VULNERABILITY, { vulnerability: { id: "CVE-2026-1", level: "critical", ...more } });

/** A verdict by newer data, if not said otherwise, with the test's rows. */
function after(
  rows: Parameters<typeof storedVerdict>[0],
  changes: Partial<StoredVerdict> = {},
): StoredVerdict {
  const { key } = storedVerdict();
  return storedVerdict(rows, { key: { ...key, data: OTHER }, ...changes });
}
const refused = (...findings: Finding[]) => ({ sbom: { answer: "no", findings } as const });
const period = (one: Partial<GracePeriod["findings"][number]> = {}): GracePeriod => ({
  namespace: "aides",
  subject: DIGEST,
  until: "2026-06-20T12:00:00.000Z",
  workloads: ["Deployment/web"],
  findings: [
    {
      row: "sbom",
      fingerprint: `${VULNERABILITY} f`,
      kind: "critical",
      about: "CVE-2026-1",
      began: "2026-06-13T12:00:00.000Z",
      until: "2026-06-20T12:00:00.000Z",
      ...one,
    },
  ],
});

describe("a grace period begins", () => {
  const begins = (before: StoredVerdict, now: StoredVerdict, known?: GracePeriod) =>
    newFindings(before, now, true, known, NOW).map(({ row, kind, about }) => [row, kind, about]);
  const BEFORE = storedVerdict();

  test.each<[string, Finding, unknown[]]>([
    ["a critical vulnerability", vulnerable(), ["sbom", "critical", "CVE-2026-1"]],
    [
      "an exploited one",
      vulnerable({ level: "low", isExploited: true }),
      ["sbom", "exploited", "CVE-2026-1"],
    ],
  ])("for %s that new data know", (_, one, found) => {
    expect(begins(BEFORE, after(refused(one)))).toEqual([found]);
  });

  test("for a row that another version reads otherwise in the same image", () => {
    const row = "seccomp";
    const of = (key: object, rule: string) =>
      begins(
        BEFORE,
        after({ [row]: { answer: "no", findings: [finding(rule)] } }, { key: { ...BEFORE.key, ...key } }),
      );
    expect(of({ rules: OTHER }, "1.4-no-secrets")).toEqual([[row, "rule", "1.4-no-secrets"]]);
    // By the same version, other evidence made the finding; trials and attestations may always have.
    expect(of({ data: OTHER }, "1.4-no-secrets")).toEqual([]);
    expect(of({ rules: OTHER }, "1.4-trial-restart")).toEqual([]);
    expect(of({ rules: OTHER }, "2.1-signed-provenance")).toEqual([]);
  });

  const seen = vulnerable();
  const accepted = { fingerprint: seen.fingerprint, reason: "r", author: "a", expires: "2026-06-14" };
  test.each<[string, StoredVerdict, StoredVerdict]>([
    ["malware", BEFORE, after(refused(vulnerable({ isMalware: true })))],
    ["malware that is exploited", BEFORE, after(refused(vulnerable({ isMalware: true, isExploited: true })))],
    ["a finding without its vulnerability", BEFORE, after(refused(finding(VULNERABILITY)))],
    ["the same data and rules", BEFORE, storedVerdict(refused(seen))],
    ["another policy", BEFORE, after(refused(seen), { key: { ...BEFORE.key, policy: OTHER, data: OTHER } })],
    [
      "another subject",
      BEFORE,
      after(refused(seen), { key: { ...BEFORE.key, subject: OTHER, data: OTHER } }),
    ],
    [
      "another image",
      BEFORE,
      after(refused(seen), { images: BEFORE.images.map((one) => ({ ...one, digest: OTHER })) }),
    ],
    [
      "an image that a tag names",
      storedVerdict({}, { images: BEFORE.images.map((one) => ({ ...one, isPinned: false })) }),
      after(refused(seen), { images: BEFORE.images.map((one) => ({ ...one, isPinned: false })) }),
    ],
    ["no image", storedVerdict({}, { images: [] }), after(refused(seen), { images: [] })],
    ["a row that was no already", storedVerdict(refused(vulnerable({ id: "x" }))), after(refused(seen))],
    ["a row that was unproven", storedVerdict({ sbom: { answer: "unproven" } }), after(refused(seen))],
    [
      "an acceptance that ended",
      storedVerdict({
        sbom: { notes: [{ rule: VULNERABILITY, message: TEXT, fingerprint: seen.fingerprint, accepted }] },
      }),
      after(refused(seen)),
    ],
    ["a row that is unproven now", BEFORE, after({ sbom: { answer: "unproven" } })],
  ])("never for %s", (_, before, now) => {
    expect(begins(before, now)).toEqual([]);
  });

  test("only for rows that decide in the namespace", () => {
    expect(newFindings(BEFORE, after(refused(seen)), false, undefined, NOW)).toEqual([]);
  });

  test("for another vulnerability while the first has its period, and not afterwards", () => {
    const second = { ...vulnerable({ id: "CVE-2026-2" }), fingerprint: "second" };
    const [before, now] = [after(refused(seen)), after(refused(seen, second))];
    const later = { ...now, key: { ...now.key, data: DIGEST } };
    expect(begins(before, later, period())).toEqual([["sbom", "critical", "CVE-2026-2"]]);
    expect(begins(before, later, period({ until: "2026-06-15T12:00:00.000Z" }))).toEqual([]);
    expect(begins(before, later)).toEqual([]);
  });

  test("again, shorter, for a vulnerability that is exploited now", () => {
    const now = after(refused(vulnerable({ isExploited: true })), { key: { ...BEFORE.key, data: DIGEST } });
    expect(begins(after(refused(seen)), now, period())).toEqual([["sbom", "exploited", "CVE-2026-1"]]);
  });
});

describe("a grace period admits", () => {
  const until = (stored: StoredVerdict, one: GracePeriod | undefined = period(), settings = {}) =>
    graceUntil(stored, true, one, settings, NOW);

  test("a pod whose every refusing finding has one, until the first of their ends", () => {
    expect(until(after(refused(vulnerable())))).toBe("2026-06-20T12:00:00.000Z");
    const second = { ...vulnerable(), fingerprint: "second" };
    const [first] = period().findings;
    if (first === undefined) throw new Error("no finding");
    const sooner = { ...first, fingerprint: "second", until: "2026-06-16T00:00:00.000Z" };
    expect(until(after(refused(vulnerable(), second)))).toBeUndefined();
    const both = { ...period(), findings: [first, sooner] };
    expect(until(after(refused(vulnerable(), second)), both)).toBe(sooner.until);
  });

  test("rows that derive from a covered one", () => {
    const rows = {
      ...refused(vulnerable()),
      "twelve-factor": { answer: "no" as const, because: ["sbom" as const] },
    };
    expect(until(after(rows))).toBe("2026-06-20T12:00:00.000Z");
    const other = {
      ...refused(vulnerable()),
      "twelve-factor": { answer: "no" as const, because: ["seccomp" as const] },
    };
    expect(until(after(other))).toBeUndefined();
  });

  test.each<[string, StoredVerdict, GracePeriod | undefined, object?]>([
    ["without one", after(refused(vulnerable())), undefined],
    ["after its end", after(refused(vulnerable())), period({ until: "2026-06-15T12:00:00.000Z" })],
    [
      "by a clock behind the verdict's",
      after(refused(vulnerable()), { judgedAt: "2026-06-15T12:06:00.000Z" }),
      period(),
    ],
    [
      "by a clock behind its beginning",
      after(refused(vulnerable())),
      period({ began: "2026-06-15T12:06:00.000Z" }),
    ],
    ["for malware", after(refused(vulnerable({ isMalware: true }))), period()],
    [
      "for a vulnerability that is exploited now",
      after(refused(vulnerable({ isExploited: true }))),
      period(),
    ],
    ["with another no", after({ ...refused(vulnerable()), seccomp: { answer: "no" } }), period()],
    ["with an unproven row", after({ ...refused(vulnerable()), seccomp: { answer: "unproven" } }), period()],
    ["for another subject", after(refused(vulnerable())), { ...period(), subject: OTHER }],
    [
      "for an image by tag",
      after(refused(vulnerable()), {
        images: storedVerdict().images.map((one) => ({ ...one, isPinned: false })),
      }),
      period(),
    ],
    ["where the policy gives none any more", after(refused(vulnerable())), period(), { criticalDays: 0 }],
    [
      "for an incomplete verdict",
      {
        ...after(refused(vulnerable())),
        verdict: {
          ...after(refused(vulnerable())).verdict,
          rows: after(refused(vulnerable())).verdict.rows.slice(1),
        },
      },
      period(),
    ],
    ["for a verdict without a refusal", after({}), period()],
  ])("nothing %s", (_, stored, one, settings = {}) => {
    expect(graceUntil(stored, true, one, settings, NOW)).toBeUndefined();
  });
});
