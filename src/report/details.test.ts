import { describe, expect, test } from "vitest";
import { REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import type { Acceptance, Note, RowVerdict } from "../contract/verdict.ts";
import { details, earlierRows } from "./details.ts";

function row(id: string, rows: readonly RowVerdict[] = REFUSED.rows): RowVerdict {
  const found = rows.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
}

function told(of: RowVerdict, limit = 8): readonly string[] {
  return details(of, [], "en", limit).map(({ kind, text }) => `${kind}: ${text}`);
}

const ACCEPTED: Acceptance = { fingerprint: "a", reason: "r", author: "me", expires: "2026-12-31" };

function note(fingerprint: string, accepted?: Acceptance): Note {
  const text = { fr: fingerprint, en: fingerprint };
  return {
    rule: "1.1-image-user",
    message: text,
    fingerprint,
    ...(accepted === undefined ? {} : { accepted }),
  };
}

describe("a row that is open", () => {
  test("names what is missing", () => {
    expect(told(row("seccomp"))).toEqual(["missing: the workload's manifest"]);
  });

  test("names what no command collects without one", () => {
    const missing = [{ evidence: "workload" } as const];
    expect(details({ ...row("seccomp"), missing }, [], "en", 8)).toEqual([
      expect.not.objectContaining({ command: expect.anything() }),
    ]);
  });

  test("says so when no rule had a say", () => {
    expect(told(row("immutable-tag", UNPROVEN.rows))).toEqual([
      "missing: no rule of this version can decide this requirement from the evidence",
    ]);
  });

  test("names the rows that it is derived from, and nothing else", () => {
    expect(told(row("twelve-factor", UNPROVEN.rows))).toHaveLength(1);
  });
});

describe("a doubt", () => {
  const doubt = { rule: "1.3-listen", reason: { fr: "r", en: "it ended" } } as const;
  const settled = { ...doubt, settle: { fr: "s", en: "give it what it lacks" } };
  const open = { ...row("seccomp"), missing: [] };

  test("of several rules is told once", () => {
    const doubts = [settled, { ...settled, rule: "1.3-health" } as const, doubt];
    expect(details({ ...open, doubts }, [], "en", 8)).toEqual([
      { kind: "doubt", text: "it ended", context: ["1.3-listen, 1.3-health"] },
      { kind: "settle", label: "to settle it", text: "give it what it lacks", context: [] },
      { kind: "doubt", text: "it ended", context: ["1.3-listen"] },
    ]);
  });

  test("that an earlier row has told is referred to", () => {
    const earlier = [{ ...row("bind-all"), doubts: [doubt] }, row("health")];
    expect(details({ ...open, doubts: [doubt, settled] }, earlier, "en", 8)).toMatchObject([
      { kind: "doubt", text: "it ended" },
      { kind: "settle" },
      { kind: "same", label: "for the same reason as", text: "Application binds to 0.0.0.0 (not localhost)" },
    ]);
  });

  test("of another container is another one", () => {
    const earlier = [{ ...row("bind-all"), doubts: [{ ...doubt, container: "web" }] }];
    expect(details({ ...open, doubts: [{ ...doubt, container: "proxy" }] }, earlier, "en", 8)).toMatchObject([
      { kind: "doubt", context: ["container proxy", "1.3-listen"] },
    ]);
  });
});

describe("limits", () => {
  test("findings beyond the limit are counted", () => {
    expect(told(row("env-config"), 2)).toEqual([
      "finding: private key in /etc/ssl/private/service-1.pem",
      "finding: private key in /etc/ssl/private/service-2.pem",
      "remedy: Do what the contract asks.",
      "more: … and 10 more: `--format json` lists them all",
      "accepted: a library's test key",
    ]);
  });

  test("an acceptance is never among what is only counted", () => {
    const notes = [note("a"), note("b"), note("c"), note("d", ACCEPTED), note("e", ACCEPTED)];
    expect(told({ ...row("seccomp"), answer: "no", notes }, 1)).toEqual([
      "accepted: d",
      "accepted: e",
      "note: a",
      "more: … and 2 more: `--format json` lists them all",
    ]);
  });
});

test("what an earlier row told is referred to, not repeated", () => {
  const later = row("stdout-logs");
  const earlier = earlierRows(later, REFUSED.rows);
  expect(earlier).toHaveLength(5);
  expect(details(later, earlier, "fr", 8)).toEqual([
    {
      kind: "same",
      label: "voir plus haut",
      text: "Aucune écriture sur le root filesystem (1 constat)",
      context: [],
    },
  ]);
});

test("a proof that one container has does not stand under a no", () => {
  expect(told(row("non-root")).filter((text) => text.startsWith("proof"))).toEqual([]);
});
