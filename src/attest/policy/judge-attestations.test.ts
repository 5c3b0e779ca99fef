import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  AT,
  BUILDER,
  COMMIT,
  IMAGE,
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
  statedProvenance,
  statedScan,
  TEAM,
} from "../../../test/fixtures/attested.ts";
import { gitlabClaims } from "../../../test/fixtures/fake-issuer.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Fields } from "../../json/fields.ts";
import { gitlabJob } from "../notary/gitlab-job.ts";
import { notarisedProvenance } from "../notary/notarised-slsa-provenance.ts";
import { TEST_RESULT_TYPE } from "../predicates/scan-result.ts";
import { judgeAttestations } from "./judge-attestations.ts";
import type { SignedStatement } from "./signers.ts";

const SUBJECT = { repository: REPOSITORY };
const WHOLE = [statedProvenance(), statedScan("sast"), statedScan("dast")];

interface Judging {
  readonly policy?: AttestationPolicy;
  readonly repository?: string | undefined;
  readonly at?: number;
}

function judged(set: readonly SignedStatement[], judging: Judging = {}) {
  const { policy = POLICY, at = AT } = judging;
  const repository = "repository" in judging ? judging.repository : REPOSITORY;
  return judgeAttestations(set, policy, repository === undefined ? {} : { repository }, at);
}

/** Answers by check, with the codes of statements that do not count. */
function answers(set: readonly SignedStatement[], judging?: Judging) {
  const { checks } = judged(set, judging);
  return Object.fromEntries(
    checks.map(({ id, answer, ignored }) => [id, [answer, ...ignored.map(({ code }) => code)]]),
  );
}

const YES = ["yes"];
const ALL = { provenance: YES, source: YES, sast: YES, injections: YES, dast: YES, secrets: ["n/a"] };

test("a provenance of the notary has a date, by which the policy bounds its age", () => {
  const claims = { ...gitlabClaims(AT), project_path: "team/portal", job_project_path: "team/portal" };
  const job = gitlabJob(claims, "https://gitlab.example");
  const limited = { ...POLICY.statements, provenance: { signers: ["notary"], maximumAgeDays: 7 } };
  const DAY = 24 * 3_600_000;
  for (const [days, answer] of [
    [0, ["yes"]],
    [7, ["yes"]],
    [8, ["no", "too-old"]],
  ] as const) {
    const made = stated(PROVENANCE, notarisedProvenance(job, {}, AT - days * DAY));
    expect(answers([made], { policy: { ...POLICY, statements: limited } })["provenance"]).toEqual(answer);
  }
});

test("a whole chain is yes in every check, and each names the attestation that decided", () => {
  const { checks, level } = judged(WHOLE);
  const [built, sast, dast] = WHOLE.map(({ name }) => name);
  expect(answers(WHOLE)).toEqual(ALL);
  expect(checks.map(({ by }) => by)).toEqual([built, built, sast, sast, dast, undefined]);
  expect(level).toBe(2);
  expect(checks.map(({ text }) => text.en)).toEqual([
    `pipeline ${SOURCE}/-/jobs/56, builder ${BUILDER}, signed by notary, level 2`,
    `built from ${SOURCE} (${COMMIT}, refs/heads/main)`,
    `static analysis passed (Semgrep, 2026-06-15T09:05:00Z, commit ${COMMIT})`,
    `detection of injections passed (Semgrep, 2026-06-15T09:05:00Z, commit ${COMMIT})`,
    "dynamic analysis passed (ZAP, 2026-06-15T09:05:00Z)",
    "the policy asks for no search for secrets",
  ]);
});

test("the check names the provenance on which the chain rests, not a higher one of another source", () => {
  const other = statedProvenance({ source: "https://gitlab.example/team/other" }, NOTARY);
  const own = statedProvenance({}, TEAM);
  const { checks, level } = judged([other, own, ...WHOLE.slice(1)]);
  expect([checks[0]?.by, checks[0]?.text.en, level]).toEqual([
    own.name,
    expect.stringContaining("signed by team, level 1"),
    1,
  ]);
  const { checks: foreign } = judged([other]);
  expect(foreign[0]?.by).toBe(other.name);
});

test("a provenance of a build that ended after its signature is none", () => {
  const [first] = WHOLE;
  if (first === undefined) throw new Error("a provenance");
  const signer = { kind: "certificate", id: "k", isExact: true, signer: "notary", claims: {} } as const;
  const at = (time: string) =>
    answers([{ ...first, signers: [{ ...signer, signedAt: Date.parse(time) }] }])["provenance"];
  expect(at("2026-06-15T08:55:00Z")).toEqual(["yes"]);
  expect(at("2026-06-15T08:54:59Z")).toEqual(["no", "signed-before-end"]);
});

test("an empty set is a refusal, never a vacuous yes", () => {
  const NO = ["no"];
  const none = { provenance: NO, source: NO, sast: NO, injections: NO, dast: NO, secrets: ["n/a"] };
  expect(answers([])).toEqual(none);
  const { checks } = judged([], { repository: undefined });
  expect(checks.map(({ answer }) => answer)).toEqual(["no", "no", "no", "no", "no", "n/a"]);
  expect(checks[1]?.text.en).toBe("without an accepted provenance, the image's source is not known");
  // Whatever the section leaves open, its presence demands signatures.
  const empty: AttestationPolicy = { signers: [], builders: [], applications: [], statements: {} };
  expect(answers([], { policy: empty })).toEqual(none);
  expect(answers(WHOLE, { policy: { ...POLICY, statements: {} } })).toMatchObject({
    provenance: ["no", "signer-not-allowed"],
    sast: ["no", "signer-not-allowed"],
  });
});

/** A chain with one statement replaced. */
const withProvenance = (options: Parameters<typeof statedProvenance>[0], key = NOTARY) => [
  statedProvenance(options, key),
  ...WHOLE.slice(1),
];
const withSast = (more: Fields, result = "PASSED") => [
  ...WHOLE.filter((_, index) => index !== 1),
  stated(TEST_RESULT_TYPE, scan("sast", more, result), SCANNER),
];

describe("a provenance", () => {
  const without = (path: readonly string[]): Fields => {
    const copy = structuredClone(provenance()) as Record<string, unknown>;
    let at = copy;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
    delete at[path.at(-1) ?? ""];
    return copy;
  };
  const replaced = (predicate: Fields) => [stated(PROVENANCE, predicate), ...WHOLE.slice(1)];
  test.each<[string, readonly SignedStatement[], string]>([
    ["without a builder", replaced(without(["runDetails", "builder"])), "provenance-incomplete"],
    ["without a build type", replaced(without(["buildDefinition", "buildType"])), "provenance-incomplete"],
    ["without a run", replaced(without(["runDetails", "metadata"])), "provenance-incomplete"],
    [
      "without a commit",
      replaced(without(["buildDefinition", "resolvedDependencies"])),
      "provenance-incomplete",
    ],
    ["that is empty", replaced({}), "provenance-incomplete"],
    ["whose commit is a branch", withProvenance({ commit: "main" }), "provenance-incomplete"],
    ["of another builder", withProvenance({ builder: "https://gitlab.other/x" }), "builder-not-allowed"],
    [
      "of a builder whose name begins alike",
      withProvenance({ builder: "https://gitlab.example.evil/x" }),
      "builder-not-allowed",
    ],
    [
      "of a builder that climbs out",
      withProvenance({ builder: "https://gitlab.example/a/../../evil" }),
      "builder-not-allowed",
    ],
    ["of a merge request", withProvenance({ more: { mergeRequest: true } }), "merge-request"],
    ["of an unprotected branch", withProvenance({ more: { refProtected: false } }), "unprotected-ref"],
    [
      "of an unknown source, whose URI ends without a reference",
      replaced({
        ...provenance(),
        buildDefinition: {
          ...(provenance()["buildDefinition"] as object),
          externalParameters: { source: `${SOURCE}@`, ref: "refs/heads/main" },
          resolvedDependencies: [{ uri: "git+https://gitlab.example/x@", digest: { gitCommit: COMMIT } }],
        },
      }),
      "provenance-incomplete",
    ],
    ["from the future", withProvenance({ startedOn: "2026-06-15T12:06:00Z" }), "future-date"],
    [
      "by a signer of scans",
      [stated(PROVENANCE, provenance(), SCANNER), ...WHOLE.slice(1)],
      "signer-not-allowed",
    ],
  ])("%s is no proof, and so no scan is bound", (_, set, code) => {
    expect(answers(set)).toMatchObject({
      provenance: ["no", code],
      source: ["no"],
      sast: ["no", "no-provenance"],
      dast: ["no", "no-provenance"],
    });
  });

  test.each([
    ["refs/heads/main", SOURCE],
    ["refs/heads/renovate/@types/node-22.x", SOURCE],
    ["refs/heads/a@b", SOURCE],
    ["refs/heads/x/refs/heads/y", SOURCE],
    ["refs/tags/v1@2", SOURCE],
    ["main", SOURCE],
    ["v1.4.2", SOURCE],
    ["refs/heads/main", "https://gitlab.example/refs/portal"],
    ["refs/heads/main", "https://gitlab.example/team/refs/portal"],
    ["refs/heads/a@b", "https://gitlab.example/team/refs/portal"],
  ])("of the reference %s of %s has the source without it", (ref, source) => {
    const dependency = { uri: `git+${source}.git@${ref}`, digest: { gitCommit: COMMIT } };
    const predicate = {
      ...provenance({ source }),
      buildDefinition: {
        buildType: "https://gitlab.example/gitlab-ci",
        externalParameters: { source },
        resolvedDependencies: [dependency],
      },
    };
    const policy = { ...POLICY, applications: [{ source, repositories: [REPOSITORY] }] };
    expect(judged([stated(PROVENANCE, predicate)], { policy }).checks[1]?.text.en).toBe(
      `built from ${source} (${COMMIT}, ${ref})`,
    );
  });

  test.each([
    ["https://user@gitlab.example/team/portal", "https://user@gitlab.example/team/portal"],
    ["https://user@gitlab.example/team/portal@main", "https://user@gitlab.example/team/portal"],
    ["ssh://git@gitlab.example/team/portal.git", "ssh://git@gitlab.example/team/portal"],
  ])("whose URI %s names a user is of %s", (uri, source) => {
    const predicate = {
      ...provenance(),
      buildDefinition: {
        buildType: "b",
        externalParameters: {},
        resolvedDependencies: [{ uri: `git+${uri}`, digest: { gitCommit: COMMIT } }],
      },
    };
    const policy = { ...POLICY, applications: [{ source, repositories: [REPOSITORY] }] };
    expect(judged([stated(PROVENANCE, predicate)], { policy }).checks[1]?.answer).toBe("yes");
  });

  test("that the job alone vouches for says so, and counts as its signer does", () => {
    const set = withProvenance({ more: { douane_asserted: {} } });
    expect(answers(set)).toEqual(ALL);
    const [first] = judged(set).checks;
    expect(first?.text.en).toMatch(/, level 2 \(asserted by the job\)$/);
    expect(first?.text.fr).toMatch(/, niveau 2 \(affirmée par le job\)$/);
    const [plain] = judged(WHOLE).checks;
    expect([plain?.text.en, plain?.text.fr].join()).not.toMatch(/asserted|affirmée/);
  });

  test("without a reference is not of the references that the policy lists", () => {
    const predicate = provenance() as { buildDefinition: Record<string, unknown> };
    const set = replaced({
      ...predicate,
      buildDefinition: {
        ...predicate.buildDefinition,
        externalParameters: { source: SOURCE },
        resolvedDependencies: [{ uri: `git+${SOURCE}`, digest: { gitCommit: COMMIT } }],
      },
    });
    const [, source] = judged(set).checks;
    expect([source?.answer, source?.ignored[0]?.code]).toEqual(["no", "ref-not-allowed"]);
    expect(source?.ignored[0]?.text.en).toContain("from the Git reference ?,");
    const other = judged(withProvenance({ ref: "refs/heads/try" })).checks[1];
    expect(other?.ignored[0]?.text.en).toContain('from the Git reference "refs/heads/try",');
    const open = { ...POLICY, applications: [{ source: SOURCE, repositories: [REPOSITORY] }] };
    expect(judged(set, { policy: open }).checks[1]?.text.en).toBe(`built from ${SOURCE} (${COMMIT})`);
  });

  test("with two commits of its source is ambiguous", () => {
    const predicate = structuredClone(provenance()) as {
      buildDefinition: { resolvedDependencies: object[] };
    };
    predicate.buildDefinition.resolvedDependencies.push({
      uri: `git+${SOURCE}@refs/heads/other`,
      digest: { gitCommit: OTHER_COMMIT },
    });
    expect(answers(replaced(predicate as unknown as Fields))).toMatchObject({
      provenance: ["no", "source-ambiguous"],
    });
  });

  test("with further dependencies is proof: its source is named", () => {
    const predicate = structuredClone(provenance()) as {
      buildDefinition: { resolvedDependencies: object[] };
    };
    predicate.buildDefinition.resolvedDependencies.unshift(
      { uri: "git+https://gitlab.example/team/library@main", digest: { gitCommit: OTHER_COMMIT } },
      { uri: "docker://registry.example/base", digest: { sha256: "0".repeat(64) } },
    );
    expect(answers(replaced(predicate as unknown as Fields))).toEqual(ALL);
  });

  test("of version 0.2, as Tekton Chains writes it, is proof", () => {
    const predicate = {
      builder: { id: BUILDER },
      buildType: "tekton.dev/v1/TaskRun",
      invocation: { configSource: {} },
      metadata: { buildInvocationID: "ci/run-1", buildStartedOn: "2026-06-15T09:00:00Z" },
      materials: [{ uri: `git+${SOURCE}.git`, digest: { sha1: COMMIT } }],
    };
    const set = [stated("https://slsa.dev/provenance/v0.2", predicate), ...WHOLE.slice(1)];
    const policy = { ...POLICY, applications: [{ source: SOURCE, repositories: [REPOSITORY] }] };
    expect(answers(set, { policy })).toEqual(ALL);
  });

  test("as GitHub writes it is proof", () => {
    const predicate = {
      buildDefinition: {
        buildType: "https://actions.github.io/buildtypes/workflow/v1",
        externalParameters: {
          workflow: { ref: "refs/heads/main", repository: SOURCE, path: ".github/workflows/a.yml" },
        },
        resolvedDependencies: [{ uri: `git+${SOURCE}@refs/heads/main`, digest: { gitCommit: COMMIT } }],
      },
      runDetails: { builder: { id: BUILDER }, metadata: { invocationId: `${SOURCE}/actions/runs/1` } },
    };
    const dast = statedScan("dast", { job: { source: SOURCE, commit: COMMIT } });
    expect(answers([stated(PROVENANCE, predicate), statedScan("sast"), dast])).toEqual(ALL);
  });

  test("the level is the policy's, whatever the statement says", () => {
    const set = withProvenance({ more: { level: 3, slsaLevel: "SLSA_BUILD_LEVEL_3" } }, TEAM);
    expect(judged(set).level).toBe(1);
    const demanding = {
      ...POLICY.statements,
      provenance: { signers: ["notary", "team"], minimumLevel: 2 } as const,
    };
    const policy = { ...POLICY, statements: demanding };
    expect(answers(set, { policy })).toMatchObject({ provenance: ["no", "level-too-low"] });
    expect(answers(WHOLE, { policy })).toEqual(ALL);
  });

  test.each([
    ["the signer that comes first", ["notary", "team"], [2, 1]],
    ["the signer that comes last", ["notary", "team"], [1, 2]],
    ["an entry of the same signer that comes last", ["notary", "notary"], [1, 2]],
    ["an entry of the same signer that comes first", ["notary", "notary"], [2, 1]],
    ["the highest of three", ["team", "notary", "team"], [1, 3, 2]],
  ] as const)("has the highest level of its signers: %s", (_, signers, levels) => {
    const builders = signers.map((signer, index) => ({
      signer,
      id: "https://gitlab.example/*",
      level: levels[index] ?? 1,
    }));
    const policy = { ...POLICY, builders };
    const [byNotary, byTeam] = [NOTARY, TEAM].map((key) => statedProvenance({}, key).signers);
    const both = { ...statedProvenance(), signers: [...(byTeam ?? []), ...(byNotary ?? [])] };
    expect(judged([both], { policy }).level).toBe(Math.max(...levels));
    expect(judged([both], { policy: { ...policy, builders: builders.toReversed() } }).level).toBe(
      Math.max(...levels),
    );
  });

  test.each([NOTARY, TEAM])("of the highest level decides, whatever the order (%#)", (first) => {
    const one = statedProvenance({}, first);
    const two = statedProvenance({ commit: OTHER_COMMIT }, first === NOTARY ? TEAM : NOTARY);
    for (const set of [
      [one, two],
      [two, one],
    ]) {
      const { checks, level } = judged(set);
      expect([level, checks[0]?.by]).toEqual([2, first === NOTARY ? one.name : two.name]);
    }
  });

  test("too old, or without a date where an age is demanded, is no proof", () => {
    const aged = (maximumAgeDays: number) => ({
      policy: {
        ...POLICY,
        statements: { ...POLICY.statements, provenance: { signers: ["notary"], maximumAgeDays } },
      },
    });
    const set = (startedOn: string) => withProvenance({ startedOn });
    expect(answers(set("2026-06-05T12:00:00Z"), aged(10))).toMatchObject({ provenance: YES });
    expect(answers(set("2026-06-05T11:59:59Z"), aged(10))).toMatchObject({ provenance: ["no", "too-old"] });
    expect(answers(set("yesterday"), aged(10))).toMatchObject({ provenance: ["no", "undated"] });
    expect(answers(set("yesterday"))).toMatchObject({ provenance: YES });
  });
});

describe("the source", () => {
  test.each<[string, readonly SignedStatement[], Judging, readonly string[]]>([
    [
      "of another project",
      withProvenance({ source: "https://gitlab.example/team/other" }),
      {},
      ["no", "other-source"],
    ],
    [
      "of a branch that is not listed",
      withProvenance({ ref: "refs/heads/try" }),
      {},
      ["no", "ref-not-allowed"],
    ],
    ["of a tag", withProvenance({ ref: "refs/tags/1.4.2" }), {}, YES],
    ["for a repository that no entry names", WHOLE, { repository: "registry.example/team/else" }, ["no"]],
    ["for the same path in another registry", WHOLE, { repository: "mirror.example/team/portal" }, ["no"]],
    ["of an image in a folder", WHOLE, { repository: undefined }, ["unproven"]],
  ])("%s", (_, set, judging, expected) => {
    expect(answers(set, judging)).toMatchObject({ source: expected });
  });

  const open = (repository: string) => ({
    policy: {
      ...POLICY,
      applications: [{ source: "https://gitlab.example/*", repositories: ["registry.example/*"] }],
    },
    repository,
  });
  test("of a whole forge is mapped path by path", () => {
    expect(answers(WHOLE, open(REPOSITORY))).toEqual(ALL);
    const other = { source: ["no", "other-source"] };
    expect(answers(WHOLE, open("registry.example/team/other"))).toMatchObject(other);
    expect(answers(WHOLE, open("registry.example/team/portal/more"))).toMatchObject(other);
    const climbing = withProvenance({ source: "https://gitlab.example/team/../team/portal" });
    expect(answers(climbing, open("registry.example/team/../team/portal"))).toMatchObject(other);
  });
});

describe("a static analysis", () => {
  test.each<[string, readonly SignedStatement[], string]>([
    ["that failed", withSast({ verdict: "fail" }, "FAILED"), "scan-failed"],
    ["that says failed in the standard's field only", withSast({}, "FAILED"), "scan-contradictory"],
    ["whose counts contradict it", withSast({ counts: { critical: 1 } }), "scan-contradictory"],
    [
      "with one critical finding",
      withSast({ counts: { critical: 1, high: 0, unknown: 0 } }),
      "scan-contradictory",
    ],
    [
      "with one high finding",
      withSast({ counts: { critical: 0, high: 1, unknown: 0 } }),
      "scan-contradictory",
    ],
    [
      "with one finding of unknown severity",
      withSast({ counts: { critical: 0, high: 0, unknown: 1 } }),
      "scan-contradictory",
    ],
    ["with a verdict that is none", withSast({ verdict: "ok" }), "scan-contradictory"],
    ["that warns and says passed", withSast({ verdict: "warn" }), "scan-contradictory"],
    ["that passes and says warned", withSast({}, "WARNED"), "scan-contradictory"],
    ["without counts", withSast({ counts: undefined }), "scan-contradictory"],
    ["without a result", withSast({}, ""), "scan-contradictory"],
    ["of another tool's form", withSast({ verdict: undefined }), "scan-unreadable"],
    ["that is incomplete", withSast({ verdict: "incomplete" }, "FAILED"), "scan-incomplete"],
    [
      "that says passed and why it is incomplete",
      withSast({ incompleteBecause: ["no-rules"] }),
      "scan-incomplete",
    ],
    ["of another commit", withSast({ commit: OTHER_COMMIT }), "other-commit"],
    [
      "before the build, without a commit",
      withSast({ commit: undefined, finishedOn: "2026-06-15T08:00:00Z" }),
      "before-build",
    ],
    ["too old", withSast({ finishedOn: "2026-03-17T11:00:00Z" }), "too-old"],
    ["without a date", withSast({ finishedOn: undefined }), "undated"],
    ["with a date without a zone", withSast({ finishedOn: "2026-06-15T09:05:00" }), "undated"],
    ["from the future", withSast({ finishedOn: "2026-06-16T09:05:00Z" }), "future-date"],
    [
      "by a signer of provenance",
      [...WHOLE.filter((_, index) => index !== 1), stated(TEST_RESULT_TYPE, scan("sast"), TEAM)],
      "signer-not-allowed",
    ],
  ])("%s does not count", (_, set, code) => {
    expect(answers(set)).toMatchObject({
      provenance: YES,
      sast: ["no", code],
      injections: ["no", code],
      dast: YES,
    });
  });

  test.each<[string, Fields, string]>([
    [
      "with findings of medium severity",
      { verdict: "warn", counts: { critical: 0, high: 0, unknown: 0, medium: 3 } },
      "WARNED",
    ],
    ["without a commit, after the build began", { commit: undefined }, "PASSED"],
    ["completed by the job, where the policy does not mind", { asserted: ["exitCode"] }, "PASSED"],
  ])("%s counts", (_, more, result) => {
    expect(answers(withSast(more, result))).toEqual(ALL);
  });

  test("completed by the job names the fields that the job gave", () => {
    const fields = ["exitCode", "tool", "a", "b", "c", "d", "e", "f", "g"];
    const { checks } = judged(withSast({ asserted: fields }));
    expect(checks[2]?.text.en).toMatch(/; asserted by the job: exitCode, tool, a, b, c, d, e, f$/);
    const sast = { signers: ["scanner"], asserted: false };
    const refused = judged(withSast({ asserted: fields }), {
      policy: { ...POLICY, statements: { ...POLICY.statements, sast } },
    });
    expect(refused.checks[2]?.ignored[0]?.text.en).toContain("(exitCode, tool, a, b, c, d, e, f)");
  });

  test("that is incomplete names the first three reasons", () => {
    const set = withSast({ verdict: "incomplete", incompleteBecause: ["a", "b", "c", "d"] }, "FAILED");
    expect(judged(set).checks[2]?.ignored[0]?.text.en).toBe("the scan is incomplete (a, b, c)");
    const without = withSast({ verdict: "incomplete" }, "FAILED");
    expect(judged(without).checks[2]?.ignored[0]?.text.en).toBe("the scan is incomplete");
  });

  test("completed by the job does not count where the policy minds", () => {
    const sast = { signers: ["scanner"], asserted: false };
    const policy = { ...POLICY, statements: { ...POLICY.statements, sast } };
    expect(answers(withSast({ asserted: ["exitCode"] }), { policy })).toMatchObject({
      sast: ["no", "asserted-by-job"],
    });
    expect(answers(WHOLE, { policy })).toEqual(ALL);
  });

  test("failing beside a passing one is named, and changes nothing", () => {
    const failing = stated(TEST_RESULT_TYPE, scan("sast", { verdict: "fail" }, "FAILED"), SCANNER);
    expect(answers([...WHOLE, failing])).toMatchObject({ sast: ["yes", "scan-failed"] });
  });

  test("by a search for secrets counts where the policy says so", () => {
    const secrets = statedScan("secrets");
    const set = [statedProvenance(), secrets, statedScan("dast")];
    expect(answers(set)).toMatchObject({ sast: ["no"], secrets: ["n/a"] });
    const sast = { signers: ["scanner"], secretScans: true };
    const policy = { ...POLICY, statements: { ...POLICY.statements, sast } };
    expect(answers(set, { policy })).toMatchObject({ sast: YES, injections: ["no"] });
  });
});

test("a search for secrets is asked for where the policy lists it", () => {
  const policy = { ...POLICY, statements: { ...POLICY.statements, secrets: { signers: ["scanner"] } } };
  expect(answers(WHOLE, { policy })).toMatchObject({ secrets: ["no"] });
  expect(answers([...WHOLE, statedScan("secrets")], { policy })).toMatchObject({ secrets: YES });
});

describe("injections", () => {
  test.each<[string, Fields, readonly string[]]>([
    ["found", { injectionCount: 1 }, ["no", "injections-found"]],
    ["not counted", { injectionCount: undefined }, ["unproven", "injections-not-counted"]],
    ["counted by a text", { injectionCount: "0" }, ["unproven", "injections-not-counted"]],
    ["counted by less than nothing", { injectionCount: -1 }, ["unproven", "injections-not-counted"]],
    ["counted by a part", { injectionCount: 0.5 }, ["unproven", "injections-not-counted"]],
    ["that no rule looks for", { injectionRulesRun: 0 }, ["no", "no-injection-rules"]],
    [
      "of a report without a list of rules",
      { injectionRulesRun: undefined },
      ["unproven", "injection-rules-not-listed"],
    ],
  ])("%s", (_, more, expected) => {
    expect(answers(withSast(more))).toMatchObject({ sast: YES, injections: expected });
  });

  test("of a report without a list of rules count for a tool that the policy names", () => {
    const injections = { signers: ["scanner"], tools: ["semgrep"] };
    const policy = { ...POLICY, statements: { ...POLICY.statements, injections } };
    expect(answers(withSast({ injectionRulesRun: undefined }), { policy })).toEqual(ALL);
    const other = withSast({ injectionRulesRun: undefined, tool: "semgrep-lookalike" });
    expect(answers(other, { policy })).toMatchObject({
      injections: ["unproven", "injection-rules-not-listed"],
    });
  });
});

describe("a key", () => {
  const withKey = (fields: object, more: Partial<AttestationPolicy> = {}): AttestationPolicy => ({
    ...POLICY,
    signers: POLICY.signers.map((one) =>
      one.id === "notary" ? { id: "notary", keys: [{ pem: NOTARY.pem, ...fields }] } : one,
    ),
    ...more,
  });
  const set = (policy: AttestationPolicy) => [
    stated(PROVENANCE, provenance(), NOTARY, policy),
    ...WHOLE.slice(1),
  ];
  test.each<[string, AttestationPolicy, readonly string[]]>([
    ["on its last day", withKey({ notAfter: "2026-06-15" }), YES],
    ["after its last day", withKey({ notAfter: "2026-06-14" }), ["no", "key-expired"]],
    ["on its first day", withKey({ notBefore: "2026-06-15" }), YES],
    ["before its first day", withKey({ notBefore: "2026-06-16" }), ["no", "key-not-yet-valid"]],
    [
      "revoked",
      withKey({}, { revokedKeys: [{ id: NOTARY.id, from: "2026-06-15T12:00:00Z", reason: "stolen" }] }),
      ["no", "key-revoked"],
    ],
    [
      "revoked later",
      withKey({}, { revokedKeys: [{ id: NOTARY.id, from: "2026-06-15T12:00:01Z", reason: "stolen" }] }),
      YES,
    ],
    [
      "beside another that was revoked",
      withKey({}, { revokedKeys: [{ id: TEAM.id, from: "2020-01-01", reason: "stolen" }] }),
      YES,
    ],
  ])("%s", (_, policy, expected) => {
    expect(answers(set(policy), { policy })).toMatchObject({ provenance: expected });
  });

  test.each([
    [{ notAfter: "2026-06-14" }, "whose signatures counted until 2026-06-14"],
    [{ notBefore: "2026-06-16" }, "which is valid from 2026-06-16 only"],
  ])("names its day: %j", (fields, text) => {
    const policy = withKey(fields);
    expect(judged(set(policy), { policy }).checks[0]?.ignored[0]?.text.en).toContain(text);
  });

  test("that counts suffices beside one that was revoked", () => {
    const policy = withKey({}, { revokedKeys: [{ id: NOTARY.id, from: "2020-01-01", reason: "stolen" }] });
    const [first] = set(policy);
    const [team] = stated(PROVENANCE, provenance(), TEAM, policy).signers;
    if (first === undefined || team === undefined) throw new Error("no statement");
    const both = { ...first, signers: [...first.signers, team] };
    expect(judged([both, ...WHOLE.slice(1)], { policy })).toMatchObject({ level: 1 });
    expect(answers([both, ...WHOLE.slice(1)], { policy })).toEqual(ALL);
  });
});

describe("a statement that the notary signed", () => {
  const record = (more: Fields = {}) => ({
    "urn:douane:notary:v1": {
      source: SOURCE,
      commit: COMMIT,
      refProtected: true,
      mergeRequest: false,
      ...more,
    },
  });
  const recorded = (more: Fields, fields: Fields = {}) => [
    ...WHOLE.filter((_, index) => index !== 1),
    stated(TEST_RESULT_TYPE, { ...scan("sast", fields), ...record(more) }),
  ];
  test.each<[string, readonly SignedStatement[], readonly string[]]>([
    ["for a protected branch", recorded({}), YES],
    ["for a merge request", recorded({ mergeRequest: true }), ["no", "merge-request"]],
    ["for an unprotected branch", recorded({ refProtected: false }), ["no", "unprotected-ref"]],
    ["without a word on the branch", recorded({ refProtected: undefined }), ["no", "notary-record-invalid"]],
    [
      "for another commit, of a report that names none",
      recorded({ commit: OTHER_COMMIT }, { commit: undefined }),
      ["no", "other-commit"],
    ],
    [
      "for the built commit, of a report that names none and has an early date",
      recorded({}, { commit: undefined, finishedOn: "2026-06-15T08:00:00Z" }),
      YES,
    ],
    [
      "for another project, whose commits are others",
      recorded({ source: `${SOURCE}-gitops`, commit: OTHER_COMMIT }, { commit: undefined }),
      ["no", "notary-project"],
    ],
  ])("%s", (_, set, expected) => {
    expect(answers(set)).toMatchObject({ sast: expected });
  });

  test("for a merge request is no provenance either, by the record alone", () => {
    const set = withProvenance({ more: record({ mergeRequest: true }) });
    expect(answers(set)).toMatchObject({ provenance: ["no", "merge-request"] });
  });
});

/** Statements that help, fail or are foreign, in one set of eight. */
const EIGHT: readonly SignedStatement[] = [
  statedProvenance(),
  statedProvenance({ commit: OTHER_COMMIT }, TEAM),
  statedProvenance({ more: { mergeRequest: true } }),
  statedScan("sast"),
  statedScan("sast", { commit: OTHER_COMMIT, injectionRulesRun: undefined }),
  stated(TEST_RESULT_TYPE, scan("sast", { verdict: "fail" }, "FAILED"), SCANNER),
  statedScan("dast"),
  statedScan("dast", { finishedOn: "2026-06-15T08:00:00Z" }),
];
const RANK: Readonly<Record<string, number>> = { no: 0, unproven: 1, yes: 2, "n/a": 2 };
const subset = (bits: number) => EIGHT.filter((_, index) => (bits & (1 << index)) !== 0);
const ranks = (bits: number) => judged(subset(bits)).checks.map(({ answer }) => RANK[answer] ?? -1);

test("of all subsets of eight attestations, none answers worse than one of its own subsets", () => {
  const all = Array.from({ length: 256 }, (_, bits) => ranks(bits));
  const worse: string[] = [];
  for (let bits = 0; bits < 256; bits++) {
    for (let index = 0; index < 8; index++) {
      const more = bits | (1 << index);
      if (all[bits]?.some((rank, check) => rank > (all[more]?.[check] ?? -1)) === true)
        worse.push(`${bits} < ${more}`);
    }
  }
  expect(worse).toEqual([]);
  // The property is not empty: answers do differ.
  expect(new Set(all.map(String)).size).toBe(7);
});

/** Every order of a list. */
function* orders<T>(list: readonly T[]): Generator<readonly T[]> {
  if (list.length === 0) yield [];
  for (const [index, first] of list.entries())
    for (const rest of orders(list.toSpliced(index, 1))) yield [first, ...rest];
}

test("none of the 40,320 orders of the eight changes the judgement", () => {
  const expected = judged(EIGHT);
  let [count, others] = [0, 0];
  for (const order of orders(EIGHT)) {
    count += 1;
    if (!isDeepStrictEqual(judged(order), expected)) others += 1;
  }
  expect([count, others]).toEqual([40_320, 0]);
});

test("no order and no duplicate changes the judgement", () => {
  const shuffled = fc.shuffledSubarray([...EIGHT], { minLength: 0, maxLength: 8 });
  fc.assert(
    fc.property(shuffled, fc.integer({ min: 0, max: 7 }), (order, again) => {
      const sorted = EIGHT.filter((one) => order.includes(one));
      const twice = order[again];
      expect(judged(twice === undefined ? order : [...order, twice])).toEqual(judged(sorted));
    }),
    { numRuns: 300, seed: 5 },
  );
  expect(judgeAttestations(EIGHT, POLICY, SUBJECT, AT).checks[0]?.by).toBe(EIGHT[0]?.name);
  expect(EIGHT.every(({ statement }) => statement.subjects.includes(IMAGE))).toBe(true);
});
