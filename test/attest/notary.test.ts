// The notary as a platform runs it: `douane notary` over HTTP, a forge that issues tokens, Debian's docker-registry,
// and cosign, which verifies what was signed.

import { execFileSync } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateKey } from "../../src/attest/keys/generate-key.ts";
import { readPublicKey } from "../../src/attest/keys/public-key.ts";
import { readAttachments } from "../../src/attest/read/read-attachments.ts";
import { verifyAttachments } from "../../src/attest/read/verify-attachments.ts";
import { openStore } from "../../src/attest/store/open-store.ts";
import { sha256 } from "../../src/contract/digest.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import { AS_BUNDLE, type Cosign, cosign } from "../fixtures/cosign.ts";
import { douane } from "../fixtures/douane.ts";
import { FakeIssuer, githubClaims, gitlabClaims } from "../fixtures/fake-issuer.ts";
import { emptyImage, withConfig, withLayer } from "../fixtures/image/image.ts";
import { layerOf } from "../fixtures/image/layer.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { type IssuerServer, startIssuer } from "../fixtures/issuer-server.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";
import { type RunningNotary, startNotary } from "../fixtures/running-notary.ts";

const SLSA = "https://slsa.dev/provenance/v1";
const SCAN = "https://in-toto.io/attestation/test-result/v0.1";
const SBOM = "https://cyclonedx.org/bom";
const AUDIENCE = "https://notary.example.org";
const ABSENT = `sha256:${"cd".repeat(32)}`;

const cwd = mkdtempSync(join(tmpdir(), "douane-notary-"));
const pair = generateKey("p256");
const other = new FakeIssuer("rsa-1", "ec-1");
let registry: TestRegistry;
let gitlab: IssuerServer;
let github: IssuerServer;
let notary: RunningNotary;
let tool: Cosign;
/** Image in the registry, and its digest. */
let repository = "";
let digest = "";

const now = () => Date.now();
/** Claims of a job of this forge, each with an id of its own. */
const job = (changes = {}) =>
  gitlabClaims(now(), { iss: gitlab.url, aud: AUDIENCE, jti: randomUUID(), ...changes });
const token = (changes = {}, header = {}) => gitlab.issuer.token(job(changes), header);

function image(platform: string) {
  const layer = layerOf([{ path: "app", content: platform }]);
  return withConfig(withLayer(emptyImage(platform), layer), { User: "1000" });
}

/** Pushes an image of two platforms. @returns its digest */
function push(name: string): string {
  const flags = ["--quiet", "--all", "--dest-tls-verify=false"];
  execFileSync("skopeo", ["copy", ...flags, `oci:${join(cwd, "several")}`, `docker://${name}:1.0.0`]);
  return sha256(execFileSync("skopeo", ["inspect", "--raw", "--tls-verify=false", `docker://${name}:1.0.0`]));
}

beforeAll(async () => {
  [registry, gitlab, github] = await Promise.all([
    startRegistry(),
    startIssuer(() => ({})),
    startIssuer((aud) => githubClaims(now(), { iss: github.url, aud, jti: randomUUID() })),
  ]);
  tool = cosign();
  repository = `${registry.host}/social/portal`;
  const all = [SLSA, SCAN, SBOM];
  const application = { issuer: gitlab.url, project: "social/portal", repository, predicates: all };
  const policy = {
    notary: {
      issuers: [
        { kind: "gitlab", url: gitlab.url, audience: AUDIENCE },
        { kind: "github", url: github.url, audience: AUDIENCE },
      ],
      applications: [
        application,
        { ...application, issuer: github.url, predicates: [SLSA] },
        { ...application, project: "social/portal-gitops", predicates: [SCAN], source: false },
        { ...application, project: "social/blog", repository: `${registry.host}/social/blog` },
      ],
    },
  };
  writeFileSync(join(cwd, "policy.yaml"), JSON.stringify(policy));
  writeFileSync(join(cwd, "notary.key"), pair.secret);
  writeFileSync(join(cwd, "notary.pub"), pair.open);
  writeFileSync(join(cwd, "bom.json"), JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6" }));
  writeFileSync(join(cwd, "gitleaks.json"), "[]");
  writeLayout([image("linux/amd64"), image("linux/arm64")], join(cwd, "several"));
  digest = push(repository);
  push(`${registry.host}/social/blog`);
  notary = await startNotary(["--policy", "policy.yaml", "--key", "notary.key"], cwd);
});

afterAll(async () => {
  await notary.stop();
  await Promise.all([registry.stop(), gitlab.close(), github.close()]);
  tool.close();
  rmSync(cwd, { recursive: true });
});

const provenance = () => [{ predicateType: SLSA, predicate: {} }];
const scan = (predicate: object) => [{ predicateType: SCAN, predicate }];

/** Asks the notary as curl would. */
async function ask(bearer: string, changes: object = {}, origin = notary.origin) {
  const body = JSON.stringify({ repository, digests: [digest], statements: provenance(), ...changes });
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const answer = await fetch(`${origin}/v1/statements`, { method: "POST", headers, body });
  const { code, statements } = (await answer.json()) as { code?: string; statements?: unknown[] };
  return { status: answer.status, code, count: statements?.length };
}

function hs256(): string {
  const parts = [{ alg: "HS256", kid: "rsa-1" }, job()].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const secret = gitlab.issuer.publicKey("rsa-1").export({ type: "spki", format: "pem" });
  const signature = createHmac("sha256", secret).update(parts.join(".")).digest("base64url");
  return `${parts.join(".")}.${signature}`;
}

const seconds = () => Math.floor(now() / 1_000);
const FORK = { project_path: "eve/portal", pipeline_source: "merge_request_event" };

describe("a token or a request is refused for its own reason", () => {
  test.each<[string, () => string, number, string, (() => object)?]>([
    ["no token", () => "", 401, "token-missing"],
    ["a token that is no JWT", () => "abc", 401, "token-unreadable"],
    ["20,000 characters", () => token({ more: "x".repeat(20_000) }), 401, "token-too-long"],
    ["70,000 characters", () => token({ more: "x".repeat(70_000) }), 431, "headers-too-long"],
    ["alg none", () => token({}, { alg: "none" }), 401, "token-algorithm"],
    ["HS256 with the public key as secret", hs256, 401, "token-algorithm"],
    ["ES256 by an RSA key", () => token({}, { alg: "ES256" }), 401, "token-signature"],
    ["another forge's key of the same id", () => other.token(job()), 401, "token-signature"],
    ["another trusted forge's key of the same id", () => github.issuer.token(job()), 401, "token-signature"],
    ["a key that the forge does not have", () => other.token(job(), { kid: "x" }, "rsa-1"), 401, "token-key"],
    ["another issuer", () => token({ iss: "https://gitlab.example.org" }), 401, "token-issuer"],
    ["another audience", () => token({ aud: "https://vault.example.org" }), 401, "token-audience"],
    ["two audiences", () => token({ aud: [AUDIENCE, "https://x.example"] }), 401, "token-audience"],
    ["an end of an hour ago", () => token({ exp: seconds() - 3_600 }), 401, "token-expired"],
    ["a beginning in an hour", () => token({ nbf: seconds() + 3_600 }), 401, "token-not-yet"],
    ["a validity of a year", () => token({ exp: seconds() + 31_536_000 }), 401, "token-times"],
    ["no id", () => token({ jti: "" }), 401, "token-id"],
    ["a user's token, without a job", () => token({ job_id: undefined }), 401, "token-claims"],
    [
      "of before the notary's start",
      () => token({ iat: seconds() - 1_800, nbf: seconds() - 1_800 }),
      401,
      "token-before-start",
    ],
    ["a fork's merge request", () => token(FORK), 403, "fork"],
    [
      "a fork's merge request in the target's name",
      () => token({ ...FORK, project_path: "social/portal", source_project_path: "eve/portal" }),
      403,
      "fork",
    ],
    [
      "a project without an entry",
      () => token({ project_path: "eve/portal", job_project_path: "eve/portal" }),
      403,
      "project-not-allowed",
    ],
    [
      "another project's image",
      token,
      403,
      "project-not-allowed",
      () => ({ repository: `${registry.host}/social/blog` }),
    ],
    [
      "an image in a registry that no application names",
      token,
      403,
      "project-not-allowed",
      () => ({ repository: "registry.example.org/social/portal" }),
    ],
    [
      "a predicate that the project may not state",
      () => token({ project_path: "social/portal-gitops", job_project_path: "social/portal-gitops" }),
      403,
      "predicate-not-allowed",
    ],
    [
      "a report of another commit",
      token,
      403,
      "commit-differs",
      () => ({ statements: scan({ "urn:douane:scan:v1": { commit: "0".repeat(40) } }) }),
    ],
    [
      "a digest that the registry does not have",
      token,
      404,
      "digest-absent",
      () => ({ digests: [digest, ABSENT] }),
    ],
    ["a field too many", token, 400, "request-invalid", () => ({ builder: "mine" })],
  ])("%s", async (_, bearer, status, code, changes = () => ({})) => {
    expect(await ask(bearer(), changes())).toEqual({ status, code, count: undefined });
    expect(notary.log().at(-1) ?? "").toMatch(status === 431 ? /./ : new RegExp(` ${status} ${code}$`));
  });

  test("an unknown key id has the keys read once, and no second time for the next minute", async () => {
    const read = gitlab.issuer.reads;
    for (const kid of ["y", "z"]) {
      const bearer = other.token(job(), { kid }, "rsa-1");
      expect(await ask(bearer)).toMatchObject({ code: "token-key" });
    }
    expect(gitlab.issuer.reads).toBe(read);
  });

  test("the same token: again for the same body, for no other one", async () => {
    const bearer = token();
    expect(await ask(bearer)).toMatchObject({ status: 200, count: 1 });
    expect(await ask(bearer)).toMatchObject({ status: 200, count: 1 });
    expect(await ask(bearer, { statements: scan({}) })).toMatchObject({ status: 409, code: "token-reused" });
  });

  test("two notaries that share a folder let a token serve once, also after a restart", async () => {
    const argv = ["--policy", "policy.yaml", "--key", "notary.key", "--used-tokens", "used"];
    mkdirSync(join(cwd, "used"));
    const start = () => startNotary(argv, cwd);
    const [one, two] = await Promise.all([start(), start()]);
    const bearer = token();
    const at = ({ origin }: RunningNotary, changes = {}) => ask(bearer, changes, origin);
    const first = await Promise.all([at(one), at(two, { statements: scan({}) })]);
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([200, 409]));
    await Promise.all([one.stop(), two.stop()]);
    const later = await start();
    const again = await Promise.all([at(later), at(later, { statements: scan({}) })]);
    expect(again).toEqual(first);
    await later.stop();
  });

  test("no forge is asked for anything but its keys", () => {
    expect(new Set(gitlab.requests)).toEqual(new Set(["/oauth/discovery/keys"]));
  });

  test("no token, and no part of one, stands in the log", () => {
    const log = notary.log().join("\n");
    expect(log).not.toMatch(/eyJ|[\w-]{40}/);
    expect(notary.log().length).toBeGreaterThan(20);
  });
});

/** `douane attest` in a job that has this environment. */
async function attest(env: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const via = ["--via", notary.origin, ...argv];
  return douane(["attest", `${repository}@${digest}`, ...via], { cwd, env, now: () => new Date() });
}

async function statementsOf(about: string, of = repository) {
  const place = openStore(`${of}@${about}`, { env: {}, cwd });
  try {
    const found = await readAttachments(place.store, about as Digest);
    const key = readPublicKey(pair.open, "notary.pub");
    return verifyAttachments(found, about as Digest, [key]).statements.map(({ statement }) => statement);
  } finally {
    await place.close();
  }
}

describe("douane attest --via", () => {
  test("attaches what the notary signed, to the index and to each platform, as cosign reads it", async () => {
    const scans = ["--scan", "gitleaks.json,tool=gitleaks,exit-code=0,target=."];
    const ended = await attest({ DOUANE_ID_TOKEN: token() }, "--provenance", ...scans);
    expect(ended).toMatchObject({ exit: 0, stdout: expect.stringContaining(`(key ${keyId()})`) });
    const digests = [...ended.stdout.matchAll(/@(sha256:[0-9a-f]{64}):/g)].map(([, one = ""]) => one);
    expect([digests.length, digests[0]]).toEqual([3, digest]);
    for (const one of digests) {
      const found = await statementsOf(one);
      expect(new Set(found.map(({ predicateType }) => predicateType))).toEqual(new Set([SLSA, SCAN]));
      for (const { predicate } of found) {
        expect(predicate["urn:douane:notary:v1"]).toMatchObject({
          issuer: gitlab.url,
          project: "social/portal",
          refProtected: true,
          mergeRequest: false,
        });
      }
      const asked = ["verify-attestation", "--key", join(cwd, "notary.pub"), "--insecure-ignore-tlog"];
      const about = ["--type", SLSA, `${repository}@${one}`];
      expect(tool.accepts(...asked, ...about)).toBe(true);
      expect(tool.accepts(...asked, ...AS_BUNDLE, ...about)).toBe(true);
    }
    const [{ predicate } = { predicate: {} }] = (await statementsOf(digest)).filter(
      ({ predicateType }) => predicateType === SLSA,
    );
    expect(predicate).toMatchObject({
      buildDefinition: { externalParameters: { source: `${gitlab.url}/social/portal` } },
      runDetails: { builder: { id: `${gitlab.url}/social/portal/-/runners/1` } },
    });
    expect(predicate).not.toHaveProperty("asserted");
  });

  test("asks GitHub for a token for the notary's audience", async () => {
    const ended = await attest(github.githubEnv, "--audience", AUDIENCE, "--provenance");
    expect(ended).toMatchObject({ exit: 0, stderr: "" });
    expect(github.requests).toContain(`/token?api-version=2.0&audience=${encodeURIComponent(AUDIENCE)}`);
    const builders = (await statementsOf(digest)).map(({ predicate }) => predicate["runDetails"]);
    expect(builders).toContainEqual(
      expect.objectContaining({
        builder: { id: `${github.url}/social/ci/.github/workflows/build.yml@refs/tags/v3` },
      }),
    );
  });

  test("an SBOM of one platform is stated of that platform", async () => {
    const argv = ["--platform", "linux/arm64", "--sbom", "bom.json", "--token", "env://SECOND"];
    const ended = await attest({ SECOND: token() }, ...argv);
    expect(ended).toMatchObject({ exit: 0, stderr: "" });
    const [, one = ""] = /@(sha256:[0-9a-f]{64}):/.exec(ended.stdout) ?? [];
    const types = (await statementsOf(one)).map(({ predicateType }) => predicateType);
    expect(types).toContain(SBOM);
    expect((await statementsOf(digest)).map(({ predicateType }) => predicateType)).not.toContain(SBOM);
  });

  test("the SBOM of each platform goes into one request, beside what is about all", async () => {
    const target = `${registry.host}/social/blog`;
    const claims = { project_path: "social/blog", job_project_path: "social/blog" };
    const boms = ["linux/amd64", "linux/arm64"].flatMap((one) => ["--sbom", `bom.json,platform=${one}`]);
    const before = notary.log().length;
    const argv = ["attest", `${target}:1.0.0`, "--via", notary.origin, "--provenance", ...boms];
    const env = { DOUANE_ID_TOKEN: token(claims) };
    const ended = await douane(argv, { cwd, env, now: () => new Date() });
    expect(ended).toMatchObject({ exit: 0, stderr: "" });
    expect(notary.log().slice(before)).toEqual([expect.stringMatching(/ 200 5 statements$/)]);
    const found = [...ended.stdout.matchAll(/@(sha256:[0-9a-f]{64}): (.*) \(key/g)].map(
      ([, one = "", types]) => [one, types],
    );
    expect(found).toEqual([
      [digest, SLSA],
      [expect.any(String), `${SLSA}, ${SBOM}`],
      [expect.any(String), `${SLSA}, ${SBOM}`],
    ]);
    const types = await Promise.all(
      found.map(
        async ([one = ""]) => new Set((await statementsOf(one, target)).map((some) => some.predicateType)),
      ),
    );
    expect(types).toEqual([new Set([SLSA]), new Set([SLSA, SBOM]), new Set([SLSA, SBOM])]);
  });

  test("a refusal is told with its reason, without the token, and nothing is attached", async () => {
    const before = (await statementsOf(digest)).length;
    const bearer = token({ aud: "https://vault.example.org" });
    const { exit, stdout, stderr } = await attest({ DOUANE_ID_TOKEN: bearer }, "--provenance", "--debug");
    expect({ exit, stdout }).toEqual({ exit: 69, stdout: "" });
    expect(stderr).toContain("answers token-audience");
    for (const part of bearer.split(".")) expect(stderr).not.toContain(part);
    expect((await statementsOf(digest)).length).toBe(before);
  });
});

function keyId(): string {
  return readPublicKey(pair.open, "notary.pub").id;
}
