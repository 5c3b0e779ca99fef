import { createHmac, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { FakeIssuer, githubClaims, gitlabClaims } from "../../../test/fixtures/fake-issuer.ts";
import { preAuthEncoding } from "../dsse/pae.ts";
import { generateKey } from "../keys/generate-key.ts";
import { readPrivateKey } from "../keys/private-key.ts";
import { IssuerKeys } from "./jwks.ts";
import { type NotaryPolicy, notarise } from "./notarise.ts";
import { TokenUsesInMemory } from "./token-uses.ts";

const NOW = Date.UTC(2026, 10, 30, 12);
const SLSA = "https://slsa.dev/provenance/v1";
const TEST = "https://in-toto.io/attestation/test-result/v0.1";
const OLD_SLSA = "https://slsa.dev/provenance/v0.2";
const DIGEST = `sha256:${"ab".repeat(32)}` as const;
const OTHER = `sha256:${"cd".repeat(32)}` as const;
const REPOSITORY = "registry.example.org/social/portal";
const COMMIT = "714a629c0b401fdce83e847fc9589983fc6f46bc";

const gitlab = new FakeIssuer("rsa-1", "ec-1");
const github = new FakeIssuer("rsa-1");
const stranger = new FakeIssuer("rsa-1", "ec-1");

const GITLAB = {
  kind: "gitlab",
  url: "https://gitlab.example.org",
  audience: "https://notary.example.org",
} as const;
const GITHUB = {
  kind: "github",
  url: "https://token.actions.githubusercontent.com",
  audience: "https://notary.example.org",
} as const;

const POLICY: NotaryPolicy = {
  issuers: [GITLAB, GITHUB],
  applications: [
    {
      issuer: GITLAB.url,
      project: "social/portal",
      repository: REPOSITORY,
      predicates: [SLSA, TEST, OLD_SLSA],
      isSource: true,
    },
    {
      issuer: GITHUB.url,
      project: "social/portal",
      repository: REPOSITORY,
      predicates: [SLSA],
      isSource: true,
    },
    {
      issuer: GITLAB.url,
      project: "social/portal-gitops",
      repository: REPOSITORY,
      predicates: [TEST],
      isSource: false,
    },
  ],
};

/** Ports of a notary whose registry has one digest, with what it did. */
function notary(since = NOW - 2 * 3_600_000) {
  const { secret } = generateKey("p256");
  const key = readPrivateKey(secret, "notary.key", undefined);
  const asked: string[] = [];
  const read: string[] = [];
  const ports = {
    keys: new IssuerKeys(async ({ kind }) => (kind === "gitlab" ? gitlab : github).keySet()),
    uses: new TokenUsesInMemory(since),
    absent: async (repository: string, digests: readonly string[]) => {
      asked.push(repository);
      return digests.filter((digest): digest is typeof OTHER => digest !== DIGEST);
    },
    key,
    now: () => NOW,
  };
  const sign = (token: string, body: object = request(), policy = POLICY) =>
    notarise(token, async () => readAll(JSON.stringify(body)), { policy, ports });
  const readAll = (body: string) => {
    read.push(body);
    return Buffer.from(body);
  };
  return { sign, asked, read, key, ports };
}

function request(changes: object = {}): object {
  return {
    repository: REPOSITORY,
    digests: [DIGEST],
    statements: [{ predicateType: SLSA, predicate: { note: "ours" } }],
    ...changes,
  };
}

const result = (predicate: object) => request({ statements: [{ predicateType: TEST, predicate }] });

function payload(envelope: { readonly payload: Uint8Array }): { predicate: Record<string, unknown> } {
  return JSON.parse(Buffer.from(envelope.payload).toString());
}

/** What the notary says of the job in every statement. */
const RECORD = {
  issuer: GITLAB.url,
  project: "social/portal",
  source: "https://gitlab.example.org/social/portal",
  commit: COMMIT,
  ref: "refs/heads/main",
  refProtected: true,
  mergeRequest: false,
  builder: "https://gitlab.example.org/social/portal/-/runners/1",
  invocation: "https://gitlab.example.org/social/portal/-/jobs/302",
};

test("a GitLab job gets its provenance, of which nothing but `asserted` is its own word", async () => {
  const { sign, key } = notary();
  const [one, ...more] = await sign(gitlab.token(gitlabClaims(NOW)));
  expect(more).toEqual([]);
  if (one === undefined) throw new Error("nothing was signed");
  const { envelope } = one;
  expect(payload(envelope)).toEqual({
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: REPOSITORY, digest: { sha256: "ab".repeat(32) } }],
    predicateType: SLSA,
    predicate: {
      buildDefinition: {
        buildType: "https://gitlab.example.org/gitlab-ci",
        externalParameters: {
          source: "https://gitlab.example.org/social/portal",
          ref: "refs/heads/main",
          definition: {
            uri: "gitlab.example.org/social/portal//.gitlab-ci.yml@refs/heads/main",
            commit: COMMIT,
          },
        },
        internalParameters: {
          pipeline_id: "574",
          pipeline_source: "push",
          job_id: "302",
          runner_id: "1",
          runner_environment: "self-hosted",
          ref_type: "branch",
          ref_protected: "true",
          project_id: "20",
          namespace_id: "72",
          user_login: "camille",
        },
        resolvedDependencies: [
          {
            uri: "git+https://gitlab.example.org/social/portal@refs/heads/main",
            digest: { gitCommit: COMMIT },
          },
        ],
      },
      runDetails: {
        builder: { id: "https://gitlab.example.org/social/portal/-/runners/1" },
        metadata: {
          invocationId: "https://gitlab.example.org/social/portal/-/jobs/302",
          // iat of the token, in whole seconds
          finishedOn: new Date(Math.floor(NOW / 1_000) * 1_000).toISOString(),
        },
      },
      asserted: { note: "ours" },
      refProtected: true,
      mergeRequest: false,
      "urn:douane:notary:v1": RECORD,
    },
  });
  const [signature] = envelope.signatures;
  const bytes = preAuthEncoding(envelope.payloadType, envelope.payload);
  expect(verify("sha256", bytes, key.key, signature?.bytes ?? new Uint8Array())).toBe(true);
});

test("a GitHub job is its reusable workflow's build", async () => {
  const { sign } = notary();
  const [one] = await sign(github.token(githubClaims(NOW)));
  expect(one && payload(one.envelope).predicate).toMatchObject({
    buildDefinition: {
      externalParameters: { source: "https://github.com/social/portal", ref: "refs/heads/main" },
      internalParameters: { event_name: "push", run_id: "30433642", runner_environment: "github-hosted" },
    },
    runDetails: {
      builder: { id: "https://github.com/social/ci/.github/workflows/build.yml@refs/tags/v3" },
      metadata: { invocationId: "https://github.com/social/portal/actions/runs/30433642/attempts/2" },
    },
  });
});

test("a job's own builder, source and commit stay under `asserted`", async () => {
  const { sign } = notary();
  const forged = { runDetails: { builder: { id: "https://trusted" } }, asserted: {}, refProtected: "yes" };
  const [one] = await sign(
    gitlab.token(gitlabClaims(NOW)),
    request({ statements: [{ predicateType: SLSA, predicate: forged }] }),
  );
  expect(one && payload(one.envelope).predicate).toMatchObject({
    runDetails: { builder: { id: "https://gitlab.example.org/social/portal/-/runners/1" } },
    asserted: forged,
    refProtected: true,
  });
});

test.each([
  ["ES256", {}, { kid: "ec-1" }],
  ["numbers where GitLab writes texts", { ref_protected: true, job_id: 302 }, {}],
  ["an audience as a list of one", { aud: ["https://notary.example.org"] }, {}],
  ["a clock that is 50 s behind", { iat: NOW / 1_000 + 50, nbf: NOW / 1_000 + 50 }, {}],
  ["a token that expired 50 s ago", { exp: NOW / 1_000 - 50, iat: NOW / 1_000 - 3_600 }, {}],
  ["a push to a GitLab before 18.3", { job_project_path: undefined }, {}],
  [
    "headers that bring keys along, which are not used",
    {},
    { jwk: { kty: "oct" }, jku: "https://evil.example" },
  ],
])("accepted: %s", async (_, claims, header) => {
  await expect(notary().sign(gitlab.token(gitlabClaims(NOW, claims), header))).resolves.toHaveLength(1);
});

test("a scan that ends within the accepted difference of clocks is signed", async () => {
  const finishedOn = new Date(NOW + 119_000).toISOString();
  const body = result({ "urn:douane:scan:v1": { finishedOn } });
  await expect(notary().sign(gitlab.token(gitlabClaims(NOW)), body)).resolves.toHaveLength(1);
});

const hmac = () => {
  const [head, claims] = [{ alg: "HS256", kid: "rsa-1" }, gitlabClaims(NOW)].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const secret = gitlab.publicKey("rsa-1").export({ type: "spki", format: "pem" });
  return `${head}.${claims}.${createHmac("sha256", secret).update(`${head}.${claims}`).digest("base64url")}`;
};

test.each([
  ["no token", () => "", "token-unreadable"],
  ["two parts", () => gitlab.token(gitlabClaims(NOW)).split(".").slice(0, 2).join("."), "token-unreadable"],
  ["another spelling of the signature", () => `${gitlab.token(gitlabClaims(NOW))}=`, "token-unreadable"],
  [
    "a critical extension",
    () => gitlab.token(gitlabClaims(NOW), { crit: ["b64"], b64: false }),
    "token-unreadable",
  ],
  [
    "20,000 characters",
    () => gitlab.token(gitlabClaims(NOW, { more: "x".repeat(20_000) })),
    "token-too-long",
  ],
  ["alg none", () => gitlab.token(gitlabClaims(NOW), { alg: "none" }), "token-algorithm"],
  ["alg toString", () => gitlab.token(gitlabClaims(NOW), { alg: "toString" }), "token-algorithm"],
  [
    "alg __proto__",
    () => gitlab.token(gitlabClaims(NOW), JSON.parse('{"alg":"__proto__"}')),
    "token-algorithm",
  ],
  ["HS256 with the public key as secret", hmac, "token-algorithm"],
  [
    "RS256 by an ECDSA key",
    () => gitlab.token(gitlabClaims(NOW), { alg: "RS256", kid: "ec-1" }),
    "token-signature",
  ],
  ["ES256 by an RSA key", () => gitlab.token(gitlabClaims(NOW), { alg: "ES256" }), "token-signature"],
  [
    "another key of the issuer",
    () => gitlab.token(gitlabClaims(NOW), { kid: "rsa-1" }, "ec-1"),
    "token-signature",
  ],
  ["another issuer's key of the same id", () => stranger.token(gitlabClaims(NOW)), "token-signature"],
  ["claims of GitLab signed by GitHub", () => github.token(gitlabClaims(NOW)), "token-signature"],
  ["an unknown key", () => stranger.token(gitlabClaims(NOW), { kid: "new" }, "rsa-1"), "token-key"],
  [
    "an unknown issuer",
    () => gitlab.token(gitlabClaims(NOW, { iss: "https://gitlab.example.org/" })),
    "token-issuer",
  ],
  [
    "another audience",
    () => gitlab.token(gitlabClaims(NOW, { aud: "https://vault.example.org" })),
    "token-audience",
  ],
  [
    "two audiences",
    () => gitlab.token(gitlabClaims(NOW, { aud: [GITLAB.audience, "https://x.example"] })),
    "token-audience",
  ],
  ["an expired token", () => gitlab.token(gitlabClaims(NOW - 3_700_000)), "token-expired"],
  ["a token of tomorrow", () => gitlab.token(gitlabClaims(NOW + 3_600_000)), "token-not-yet"],
  ["no end", () => gitlab.token(gitlabClaims(NOW, { exp: undefined })), "token-times"],
  ["an end as a text", () => gitlab.token(gitlabClaims(NOW, { exp: "4102444800" })), "token-times"],
  [
    "a year of validity",
    () => gitlab.token(gitlabClaims(NOW, { exp: NOW / 1_000 + 31_536_000 })),
    "token-times",
  ],
  ["no id", () => gitlab.token(gitlabClaims(NOW, { jti: "" })), "token-id"],
  ["no commit", () => gitlab.token(gitlabClaims(NOW, { sha: undefined })), "token-claims"],
  ["a commit that is none", () => gitlab.token(gitlabClaims(NOW, { sha: "main" })), "token-claims"],
  [
    "a path that climbs",
    () => gitlab.token(gitlabClaims(NOW, { project_path: "social/../portal" })),
    "token-claims",
  ],
  ["a user's token", () => gitlab.token(gitlabClaims(NOW, { job_id: undefined })), "token-claims"],
  [
    "a fork's merge request (GitLab 18.3)",
    () =>
      gitlab.token(gitlabClaims(NOW, { project_path: "eve/portal", pipeline_source: "merge_request_event" })),
    "fork",
  ],
  [
    "a fork's merge request whose project is the target",
    () =>
      gitlab.token(
        gitlabClaims(NOW, { source_project_path: "eve/portal", pipeline_source: "merge_request_event" }),
      ),
    "fork",
  ],
  [
    "a merge request of a GitLab that does not say whose code it is",
    () =>
      gitlab.token(
        gitlabClaims(NOW, { job_project_path: undefined, pipeline_source: "merge_request_event" }),
      ),
    "fork",
  ],
  [
    "a child pipeline of such a merge request",
    () =>
      gitlab.token(
        gitlabClaims(NOW, {
          job_project_path: undefined,
          pipeline_source: "parent_pipeline",
          ref_path: "refs/merge-requests/7/head",
        }),
      ),
    "fork",
  ],
  [
    "another project",
    () => gitlab.token(gitlabClaims(NOW, { project_path: "social/blog", job_project_path: "social/blog" })),
    "project-not-allowed",
  ],
  [
    "a GitHub repository of a GitLab project's path, for a predicate of the other",
    () => github.token(githubClaims(NOW)),
    "predicate-not-allowed",
    result({}),
  ],
  [
    "another project's image",
    () => gitlab.token(gitlabClaims(NOW)),
    "project-not-allowed",
    request({ repository: "registry.example.org/social/blog" }),
  ],
  [
    "another predicate",
    () => gitlab.token(gitlabClaims(NOW)),
    "predicate-not-allowed",
    request({ statements: [{ predicateType: "https://openvex.dev/ns", predicate: {} }] }),
  ],
  [
    "a report of another commit",
    () => gitlab.token(gitlabClaims(NOW)),
    "commit-differs",
    result({ commit: "0".repeat(40) }),
  ],
  [
    "a scan report of another commit, in the form that douane attest writes",
    () => gitlab.token(gitlabClaims(NOW)),
    "commit-differs",
    result({ "urn:douane:scan:v1": { commit: "0".repeat(40) } }),
  ],
  [
    "a provenance that the token would not fill",
    () => gitlab.token(gitlabClaims(NOW)),
    "provenance-type",
    request({ statements: [{ predicateType: OLD_SLSA, predicate: {} }] }),
  ],
  [
    "a scan that ends later than the notary's clock",
    () => gitlab.token(gitlabClaims(NOW)),
    "scan-in-future",
    result({ "urn:douane:scan:v1": { finishedOn: new Date(NOW + 121_000).toISOString() } }),
  ],
  [
    "a token issued before the notary started",
    () => gitlab.token(gitlabClaims(NOW - 3 * 3_600_000, { exp: NOW / 1_000 + 60 })),
    "token-before-start",
  ],
  [
    "a digest that the registry does not have",
    () => gitlab.token(gitlabClaims(NOW)),
    "digest-absent",
    request({ digests: [DIGEST, OTHER] }),
  ],
  ["no statement", () => gitlab.token(gitlabClaims(NOW)), "request-invalid", request({ statements: [] })],
  [
    "34 digests",
    () => gitlab.token(gitlabClaims(NOW)),
    "request-invalid",
    request({ digests: Array.from({ length: 34 }, () => DIGEST) }),
  ],
  [
    "a tag",
    () => gitlab.token(gitlabClaims(NOW)),
    "request-invalid",
    request({ repository: `${REPOSITORY}:1.4.2` }),
  ],
  [
    "a field too many",
    () => gitlab.token(gitlabClaims(NOW)),
    "request-invalid",
    request({ builder: "mine" }),
  ],
] satisfies readonly (readonly [string, () => string, string, object?])[])(
  "refused: %s",
  async (_, token, code, body?: object) => {
    const { sign, asked } = notary();
    await expect(sign(token(), body)).rejects.toMatchObject({ name: "NotaryRefusal", code });
    // Nothing that is refused before is ever looked up.
    expect(asked).toEqual(code === "digest-absent" ? [REPOSITORY] : []);
  },
);

test("every statement says whose job it was signed for, whatever the job wrote in that place", async () => {
  const forged = {
    result: "PASSED",
    "urn:douane:notary:v1": { project: "platform/base", refProtected: true },
  };
  const claims = gitlabClaims(NOW, { ref_protected: "false", ref: "try", ref_path: "refs/heads/try" });
  const [one] = await notary().sign(gitlab.token(claims), result(forged));
  expect(one && payload(one.envelope).predicate).toEqual({
    result: "PASSED",
    "urn:douane:notary:v1": { ...RECORD, ref: "refs/heads/try", refProtected: false },
  });
});

test("the body is not read for a token that is refused", async () => {
  const { read, sign } = notary();
  await expect(sign(stranger.token(gitlabClaims(NOW)))).rejects.toMatchObject({ code: "token-signature" });
  expect(read).toEqual([]);
});

test("a deployment repository may attach a DAST of another commit", async () => {
  const claims = { project_path: "social/portal-gitops", job_project_path: "social/portal-gitops" };
  const [one] = await notary().sign(
    gitlab.token(gitlabClaims(NOW, claims)),
    result({ commit: "0".repeat(40) }),
  );
  expect(one && payload(one.envelope).predicate).toMatchObject({
    commit: "0".repeat(40),
    "urn:douane:notary:v1": { project: "social/portal-gitops", commit: COMMIT },
  });
});

test.each([
  ["an unprotected branch", { ref_protected: "false", ref_path: "refs/heads/try" }, false, false],
  ["a merge request of the project itself", { pipeline_source: "merge_request_event" }, true, true],
  [
    "a child pipeline of one",
    { pipeline_source: "parent_pipeline", ref_path: "refs/merge-requests/7/head" },
    true,
    true,
  ],
  ["a push", {}, true, false],
])("what proves no row is signed and says so: %s", async (_, claims, refProtected, mergeRequest) => {
  const [one] = await notary().sign(gitlab.token(gitlabClaims(NOW, claims)));
  expect(one && payload(one.envelope).predicate).toMatchObject({ refProtected, mergeRequest });
});

test.each(["pull_request", "pull_request_target", "merge_group", "issue_comment", "workflow_run"])(
  "GitHub's event %s is of code that nobody has accepted",
  async (event) => {
    const [one] = await notary().sign(github.token(githubClaims(NOW, { event_name: event })));
    expect(one && payload(one.envelope).predicate).toMatchObject({ mergeRequest: true });
  },
);

describe("a token", () => {
  /** A notary that has been recording uses since this time, shown a token that was issued now. */
  const since = async (start: number) => {
    const { ports } = notary(start);
    const body = async () => Buffer.from(JSON.stringify(request()));
    return notarise(gitlab.token(gitlabClaims(NOW)), body, { policy: POLICY, ports });
  };
  test.each([
    ["long before it was issued", NOW - 3_600_000],
    ["in the second in which it was issued", NOW + 999],
  ])("is signed for by a notary that started %s", async (_, start) => {
    await expect(since(start)).resolves.toHaveLength(1);
  });

  test("of before the notary's start is refused: nobody knows whether it was used", async () => {
    await expect(since(NOW + 1_000)).rejects.toMatchObject({ code: "token-before-start", status: 401 });
  });

  test.each([
    ["iat", NOW / 1_000 + 0.5],
    ["iat", "0"],
    ["iat", 0],
    ["iat", -1],
    ["iat", undefined],
    ["exp", NOW / 1_000 + 0.5],
    ["exp", String(NOW / 1_000 + 60)],
    ["exp", undefined],
    ["exp", 1e300],
  ])("whose %s is %j is refused", async (claim, value) => {
    const token = gitlab.token(gitlabClaims(NOW, { [claim]: value }));
    await expect(notary().sign(token)).rejects.toMatchObject({ code: "token-times", status: 401 });
  });

  test("gets the same statements for the same request, and none for another", async () => {
    const { sign } = notary();
    const token = gitlab.token(gitlabClaims(NOW));
    const [first] = await sign(token);
    const [again] = await sign(token);
    expect(again?.envelope.payload).toEqual(first?.envelope.payload);
    await expect(sign(token, result({}))).rejects.toMatchObject({ code: "token-reused", status: 409 });
  });

  test("is used once, also by two requests at the same time", async () => {
    const { sign } = notary();
    const token = gitlab.token(gitlabClaims(NOW));
    const both = await Promise.allSettled([sign(token), sign(token, result({}))]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test.each([
    ["nbf", NOW / 1_000 + 61, "token-not-yet"],
    ["iat", NOW / 1_000 + 61, "token-not-yet"],
    ["exp", NOW / 1_000 - 60, "token-expired"],
  ])("whose %s is %i is refused as %s", async (claim, value, code) => {
    const token = gitlab.token(gitlabClaims(NOW, { [claim]: value }));
    await expect(notary().sign(token)).rejects.toMatchObject({ code, status: 401 });
  });

  test("without a time before which it does not count is signed for", async () => {
    await expect(notary().sign(gitlab.token(gitlabClaims(NOW, { nbf: undefined })))).resolves.toHaveLength(1);
  });

  test("that a refused request showed is not used up", async () => {
    const { sign } = notary();
    const token = gitlab.token(gitlabClaims(NOW));
    await expect(sign(token, request({ digests: [OTHER] }))).rejects.toMatchObject({ code: "digest-absent" });
    await expect(sign(token)).resolves.toHaveLength(1);
  });

  test("of two forges with one id is two", async () => {
    const { sign } = notary();
    await sign(gitlab.token(gitlabClaims(NOW, { jti: "1" })), result({}));
    await expect(sign(github.token(githubClaims(NOW, { jti: "1" })))).resolves.toHaveLength(1);
  });
});

test("an index and its platforms get every statement, each digest once", async () => {
  const { sign } = notary();
  const statements = [
    { predicateType: SLSA, predicate: {} },
    { predicateType: TEST, predicate: { result: "PASSED" } },
  ];
  const signed = await sign(
    gitlab.token(gitlabClaims(NOW)),
    request({ digests: [DIGEST, DIGEST], statements }),
  );
  expect(signed.map(({ digest, predicateType }) => [digest, predicateType])).toEqual([
    [DIGEST, SLSA],
    [DIGEST, TEST],
  ]);
});

describe("by the policy's map, a project", () => {
  const one = { source: "https://gitlab.example.org/social/portal", repositories: [REPOSITORY] };
  const all = { source: "https://gitlab.example.org/*", repositories: ["registry.example.org/*"] };
  const builds = { predicates: [SLSA], isSource: true };
  const scans = { predicates: [TEST], isSource: false };
  const OTHER_REPORT = { "urn:douane:scan:v1": { commit: "0".repeat(40) } };

  test.each<[string, NotaryPolicy["applications"], Record<string, unknown>, object, number]>([
    ["by its URI", [{ ...one, ...builds }], {}, {}, 1],
    ["of a whole forge, at the same path", [{ ...all, ...builds }], {}, {}, 1],
    [
      "with what each of its entries lists",
      [
        { ...one, ...builds },
        { ...all, ...scans },
      ],
      {},
      result({}),
      1,
    ],
    [
      "that only scans: its report may name another commit",
      [{ ...one, ...scans }],
      {},
      result(OTHER_REPORT),
      1,
    ],
  ])("%s", async (_, applications, claims, changes, count) => {
    const token = gitlab.token(gitlabClaims(NOW, claims));
    const signed = notary().sign(token, request(changes), { ...POLICY, applications });
    await expect(signed).resolves.toHaveLength(count);
  });

  const elsewhere = { project_path: "social/blog", job_project_path: "social/blog" };
  test.each<[string, NotaryPolicy["applications"], string, Record<string, unknown>, string]>([
    ["of a forge that no entry names", [{ ...one, ...builds }], "github", {}, "project-not-allowed"],
    ["that no entry names", [{ ...one, ...builds }], "gitlab", elsewhere, "project-not-allowed"],
    [
      "of a whole forge, at another path",
      [{ ...all, ...builds }],
      "gitlab",
      elsewhere,
      "project-not-allowed",
    ],
    [
      "whose name begins like one",
      [{ ...one, ...builds }],
      "gitlab",
      { project_path: "social/portal2", job_project_path: "social/portal2" },
      "project-not-allowed",
    ],
    ["without predicates", [{ ...one, ...builds, predicates: [] }], "gitlab", {}, "predicate-not-allowed"],
  ])("%s gets nothing", async (_, applications, forge, claims, code) => {
    const token =
      forge === "gitlab" ? gitlab.token(gitlabClaims(NOW, claims)) : github.token(githubClaims(NOW, claims));
    const { sign, asked } = notary();
    await expect(sign(token, request(), { ...POLICY, applications })).rejects.toMatchObject({ code });
    expect(asked).toEqual([]);
  });

  test("that builds and scans may not attach a report of another commit", async () => {
    const applications = [
      { ...all, ...scans },
      { ...one, ...builds, predicates: [SLSA, TEST] },
    ];
    const signed = notary().sign(gitlab.token(gitlabClaims(NOW)), result(OTHER_REPORT), {
      ...POLICY,
      applications,
    });
    await expect(signed).rejects.toMatchObject({ code: "commit-differs" });
  });
});
