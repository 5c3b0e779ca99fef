// Scans and builds: by commit, by the job that attested, by dates, by the project for which the notary signed.

import { describe, expect, test } from "vitest";
import {
  AT,
  COMMIT,
  NOTARY,
  OTHER_COMMIT,
  POLICY,
  PROVENANCE,
  provenance,
  REPOSITORY,
  SCANNER,
  SOURCE,
  scan,
  stated,
} from "../../../test/fixtures/attested.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Fields } from "../../json/fields.ts";
import { TEST_RESULT_TYPE } from "../predicates/scan-result.ts";
import { judgeAttestations } from "./judge-attestations.ts";
import type { SignedStatement } from "./signers.ts";

const BEFORE = "2026-06-15T08:00:00Z";
const AFTER = "2026-06-15T09:30:00Z";
const GITOPS = `${SOURCE}-gitops`;
const OTHER = "https://gitlab.example/team/other";
const WITH_SCANNER: AttestationPolicy = {
  ...POLICY,
  scanners: [{ source: GITOPS, repositories: [REPOSITORY] }],
};

/** Answers of static and dynamic analysis for one scan beside a provenance, with the reason why it does not count. */
function answers(
  built: SignedStatement,
  kind: "sast" | "dast",
  predicate: Fields,
  { policy = WITH_SCANNER, isInRegistry = true, key = SCANNER } = {},
): readonly (string | undefined)[] {
  const set = [built, stated(TEST_RESULT_TYPE, predicate, key)];
  const { checks } = judgeAttestations(set, policy, isInRegistry ? { repository: REPOSITORY } : {}, AT);
  const check = checks.find(({ id }) => id === kind);
  return [check?.answer, ...(check?.ignored.map(({ code }) => code) ?? [])];
}

/** Provenance whose metadata have these dates. */
function dated(metadata: Fields): SignedStatement {
  const whole = provenance();
  const details = whole["runDetails"] as Fields;
  return stated(PROVENANCE, {
    ...whole,
    runDetails: { ...details, metadata: { invocationId: "run", ...metadata } },
  });
}

describe("a scan that names no commit", () => {
  const job = { source: SOURCE, commit: COMMIT };
  test.each<[string, Fields, Fields, readonly string[]]>([
    ["after a build that began", { startedOn: "2026-06-15T09:00:00Z" }, { finishedOn: AFTER }, ["yes"]],
    ["before it", { startedOn: "2026-06-15T09:00:00Z" }, { finishedOn: BEFORE }, ["no", "before-build"]],
    ["after a build that ended", { finishedOn: "2026-06-15T09:00:00Z" }, { finishedOn: AFTER }, ["yes"]],
    [
      "before the end of a build of unknown begin",
      { finishedOn: "2026-06-15T09:00:00Z" },
      { finishedOn: BEFORE },
      ["no", "build-undated"],
    ],
    ["beside a build without dates", {}, { finishedOn: AFTER }, ["no", "build-undated"]],
    [
      "beside a build that began at no time",
      { startedOn: "soon" },
      { finishedOn: AFTER },
      ["no", "build-undated"],
    ],
    ["attested by a job of the built commit", {}, { finishedOn: BEFORE, job }, ["yes"]],
    [
      "attested by a job of the built commit, before the build began",
      { startedOn: "2026-06-15T09:00:00Z" },
      { finishedOn: BEFORE, job },
      ["no", "before-build"],
    ],
    [
      "attested by a job of another commit",
      { startedOn: "2026-06-15T09:00:00Z" },
      { finishedOn: AFTER, job: { ...job, commit: OTHER_COMMIT } },
      ["no", "other-commit"],
    ],
    ["attested by a job whose source is cut off", {}, { job: { commit: COMMIT } }, ["no", "build-undated"]],
    ["attested by a job whose commit is cut off", {}, { job: { source: SOURCE } }, ["no", "build-undated"]],
  ])("%s", (_, metadata, fields, expected) => {
    for (const kind of ["sast", "dast"] as const)
      expect(answers(dated(metadata), kind, scan(kind, { commit: undefined, ...fields }))).toEqual(expected);
  });

  test("by a job of another project is bound by dates if it is dynamic, and not at all if it is static", () => {
    const built = dated({ startedOn: "2026-06-15T09:00:00Z" });
    const fields = { commit: undefined, finishedOn: AFTER, job: { source: GITOPS, commit: OTHER_COMMIT } };
    expect(answers(built, "dast", scan("dast", fields))).toEqual(["yes"]);
    expect(answers(built, "sast", scan("sast", fields))).toEqual(["no", "other-source"]);
  });

  test("is not bound by the job's word where the policy does not accept it", () => {
    const statements = { ...POLICY.statements, sast: { signers: ["scanner"], asserted: false } };
    const policy = { ...POLICY, statements };
    const predicate = scan("sast", { commit: undefined, job });
    expect(answers(dated({}), "sast", predicate, { policy })).toEqual(["no", "build-undated"]);
  });

  test("and ended after it was signed is none", () => {
    const built = dated({ startedOn: "2026-06-15T09:00:00Z" });
    const claims = { source: SOURCE, commit: COMMIT };
    const signer = { kind: "certificate", id: "k", isExact: true, signer: "scanner", claims } as const;
    const at = (time: string) => {
      const one = stated(TEST_RESULT_TYPE, scan("dast", { finishedOn: AFTER }), SCANNER);
      const set = [built, { ...one, signers: [{ ...signer, signedAt: Date.parse(time) }] }];
      const { checks } = judgeAttestations(set, POLICY, { repository: REPOSITORY }, AT);
      const check = checks.find(({ id }) => id === "dast");
      return [check?.answer, ...(check?.ignored.map(({ code }) => code) ?? [])];
    };
    expect(at("2026-06-15T09:25:00Z")).toEqual(["yes"]);
    expect(at("2026-06-15T09:24:59Z")).toEqual(["no", "signed-before-end"]);
  });

  test("of another project, by its certificate, has to be dynamic", () => {
    const built = dated({ startedOn: "2026-06-15T09:00:00Z" });
    const of = (kind: "sast" | "dast", ...sources: readonly (string | undefined)[]) => {
      const one = stated(TEST_RESULT_TYPE, scan(kind, { commit: undefined, finishedOn: AFTER }), SCANNER);
      const signers = sources.map((source) => ({
        kind: "certificate" as const,
        id: "k",
        isExact: true,
        signer: "scanner",
        signedAt: Date.parse("2026-06-15T10:00:00Z"),
        claims: source === undefined ? {} : { source, commit: OTHER_COMMIT },
      }));
      const { checks } = judgeAttestations(
        [built, { ...one, signers }],
        POLICY,
        { repository: REPOSITORY },
        AT,
      );
      return checks.find(({ id }) => id === kind)?.answer;
    };
    expect([of("sast", GITOPS), of("dast", GITOPS)]).toEqual(["no", "yes"]);
    expect([of("sast", undefined), of("sast", GITOPS, undefined)]).toEqual(["yes", "yes"]);
  });

  test("and was made after a provenance was stamped, is of that build or a later one", () => {
    const signedAt = Date.parse("2026-06-15T09:10:00Z");
    const claims = { source: SOURCE, commit: COMMIT };
    const certificate = { kind: "certificate", id: "k", isExact: true, claims } as const;
    const built = (signed: SignedStatement["signers"]) => ({ ...dated({}), signers: signed });
    const stamped = built([{ ...certificate, signer: "notary", signedAt }]);
    const period = { notBefore: 0, notAfter: AT };
    const byAuthority = built([
      { ...certificate, signer: "notary", signedAt: { ...period, stamp: { time: signedAt } } },
    ]);
    const undated = built([{ ...certificate, signer: "notary", signedAt: period }]);
    const later = scan("dast", { finishedOn: AFTER });
    expect(answers(stamped, "dast", later)).toEqual(["yes"]);
    expect(answers(byAuthority, "dast", later)).toEqual(["yes"]);
    expect(answers(stamped, "dast", scan("dast", { finishedOn: BEFORE }))).toEqual(["no", "build-undated"]);
    expect(answers(undated, "dast", later)).toEqual(["no", "build-undated"]);
  });
});

describe("a scan that the notary signed", () => {
  const built = dated({ startedOn: "2026-06-15T09:00:00Z" });
  const signedFor = (source: string | undefined, kind: "sast" | "dast", fields: Fields = {}): Fields => ({
    ...scan(kind, { commit: undefined, finishedOn: AFTER, ...fields }),
    "urn:douane:notary:v1": { source, commit: OTHER_COMMIT, refProtected: true, mergeRequest: false },
  });
  const key = NOTARY;
  test.each<[string, string | undefined, Fields, readonly string[], readonly string[]]>([
    ["for a project that scans the image", GITOPS, {}, ["no", "other-source"], ["yes"]],
    ["for one, of the built commit by the report", GITOPS, { commit: COMMIT }, ["yes"], ["yes"]],
    [
      "for one, of another commit by the report",
      GITOPS,
      { commit: OTHER_COMMIT },
      ["no", "other-commit"],
      ["no", "other-commit"],
    ],
    ["for a project of other repositories", OTHER, {}, ["no", "notary-project"], ["no", "notary-project"]],
    [
      "for one, of the built commit by the report",
      OTHER,
      { commit: COMMIT },
      ["no", "notary-project"],
      ["no", "notary-project"],
    ],
    ["for no project", undefined, {}, ["no", "notary-project"], ["no", "notary-project"]],
  ])("%s (%s)", (_, source, fields, sast, dast) => {
    expect(answers(built, "sast", signedFor(source, "sast", fields), { key })).toEqual(sast);
    expect(answers(built, "dast", signedFor(source, "dast", fields), { key })).toEqual(dast);
  });

  test("needs the policy to list the project that only scans", () => {
    const predicate = signedFor(GITOPS, "dast");
    expect(answers(built, "dast", predicate, { key, policy: POLICY })).toEqual(["no", "notary-project"]);
  });

  test("for an image in no registry counts if it is of the image's own source", () => {
    const own = {
      ...signedFor(SOURCE, "dast"),
      "urn:douane:notary:v1": { source: SOURCE, commit: COMMIT, refProtected: true, mergeRequest: false },
    };
    expect(answers(built, "dast", own, { key, isInRegistry: false })).toEqual(["yes"]);
    expect(answers(built, "dast", signedFor(GITOPS, "dast"), { key, isInRegistry: false })).toEqual([
      "no",
      "notary-project",
    ]);
  });
});

describe("the run of the pipeline", () => {
  const whole = provenance();
  const details = whole["runDetails"] as Fields;
  const answer = (metadata: Fields) => {
    const predicate = { ...whole, runDetails: { ...details, metadata } };
    const set = [stated(PROVENANCE, predicate)];
    return judgeAttestations(set, POLICY, { repository: REPOSITORY }, AT).checks[0]?.answer;
  };
  test.each<[string, Fields, string]>([
    ["as the specification spells it", { invocationId: "run" }, "yes"],
    ["as Tekton Chains and cosign 2 spell it", { invocationID: "run" }, "yes"],
    ["in both spellings alike", { invocationId: "run", invocationID: "run" }, "yes"],
    ["in both, which differ", { invocationId: "run", invocationID: "other" }, "no"],
  ])("%s: %s", (_, metadata, expected) => {
    expect(answer(metadata)).toBe(expected);
  });
});

describe("a provenance that contradicts itself", () => {
  const whole = provenance();
  const definition = whole["buildDefinition"] as Fields;
  const answer = (predicate: Fields) =>
    judgeAttestations(
      [stated(PROVENANCE, predicate)],
      POLICY,
      { repository: REPOSITORY },
      AT,
    ).checks[0]?.ignored.map(({ code }) => code);
  const dependency = (uri: string, digest: Fields = { gitCommit: COMMIT }) => ({
    ...whole,
    buildDefinition: { ...definition, resolvedDependencies: [{ uri, digest }] },
  });
  const record = (more: Fields) => ({
    ...whole,
    "urn:douane:notary:v1": {
      source: SOURCE,
      commit: COMMIT,
      ref: "refs/heads/main",
      refProtected: true,
      mergeRequest: false,
      ...more,
    },
  });
  test.each<[string, Fields, readonly string[]]>([
    ["not at all", whole, []],
    ["not by a reference without its kind", dependency(`git+${SOURCE}@main`), []],
    ["not by two names of one commit", dependency(`git+${SOURCE}`, { sha1: COMMIT, gitCommit: COMMIT }), []],
    [
      "by another branch of the dependency",
      dependency(`git+${SOURCE}@refs/heads/evil`),
      ["source-ambiguous"],
    ],
    ["by a tag of the branch's name", dependency(`git+${SOURCE}@refs/tags/main`), ["source-ambiguous"]],
    [
      "by two commits of one dependency",
      dependency(`git+${SOURCE}`, { sha1: OTHER_COMMIT, gitCommit: COMMIT }),
      ["source-ambiguous"],
    ],
    ["not by its record", record({}), []],
    ["by its record's source", record({ source: OTHER }), ["notary-record-contradicted"]],
    ["by its record's commit", record({ commit: OTHER_COMMIT }), ["notary-record-contradicted"]],
    [
      "by its record's builder",
      record({ builder: "https://gitlab.example/other" }),
      ["notary-record-contradicted"],
    ],
    ["by its record's reference", record({ ref: "refs/heads/evil" }), ["notary-record-contradicted"]],
  ])("%s", (_, predicate, codes) => {
    expect(answer(predicate)).toEqual(codes);
  });
});
