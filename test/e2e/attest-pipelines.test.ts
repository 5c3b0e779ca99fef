// The lines of examples/pipelines that attest, run by a shell with the bundled program, a registry, a notary and a
// Vault of this machine. GitLab, GitHub, Jenkins and Tekton themselves cannot run here.

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load, loadAll } from "js-yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { generateKey } from "../../src/attest/keys/generate-key.ts";
import { readPublicKey } from "../../src/attest/keys/public-key.ts";
import { readAttachments } from "../../src/attest/read/read-attachments.ts";
import { verifyAttachments } from "../../src/attest/read/verify-attachments.ts";
import { openStore } from "../../src/attest/store/open-store.ts";
import { sha256 } from "../../src/contract/digest.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import { douane } from "../fixtures/douane.ts";
import { githubClaims, gitlabClaims } from "../fixtures/fake-issuer.ts";
import { KEYLESS_ISSUER, KEYLESS_SUBJECT } from "../fixtures/fake-sigstore.ts";
import { type FakeVault, startVault } from "../fixtures/fake-vault.ts";
import { emptyImage, withConfig } from "../fixtures/image/image.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { ROOT } from "../fixtures/imports.ts";
import { type IssuerServer, startIssuer } from "../fixtures/issuer-server.ts";
import { douaneOnPath, runLines, type Variables } from "../fixtures/pipelines.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";
import { type RunningNotary, startNotary } from "../fixtures/running-notary.ts";
import { type SigstoreServer, sigstoreServer } from "../fixtures/sigstore-server.ts";

const SLSA = "https://slsa.dev/provenance/v1";
const TYPES = ["https://cyclonedx.org/bom", "https://in-toto.io/attestation/test-result/v0.1", SLSA];
const NOTARY = "https://notary.example";
const VAULT = "https://vault.example";
const COMMIT = "714a629c0b401fdce83e847fc9589983fc6f46bc";
const example = (name: string) => readFileSync(join(ROOT, "examples/pipelines", name), "utf8");

const cwd = mkdtempSync(join(tmpdir(), "douane-pipelines-"));
const pair = generateKey("p256");
let registry: TestRegistry;
let gitlab: IssuerServer;
let github: IssuerServer;
let notary: RunningNotary;
let vault: FakeVault;
let sigstore: SigstoreServer;
let repository = "";
let digest: Digest;
let path = "";

beforeAll(async () => {
  [registry, gitlab, github, vault, sigstore] = await Promise.all([
    startRegistry(),
    startIssuer(() => ({})),
    startIssuer((aud) => githubClaims(Date.now(), { iss: github.url, aud, jti: randomUUID() })),
    startVault("ecdsa-p256"),
    sigstoreServer(),
  ]);
  repository = `${registry.host}/social/portal`;
  const issuers = [
    { kind: "gitlab", url: gitlab.url, audience: NOTARY },
    { kind: "github", url: github.url, audience: NOTARY },
  ];
  const application = { project: "social/portal", repository, predicates: TYPES };
  const applications = issuers.map(({ url }) => ({ issuer: url, ...application }));
  writeFileSync(join(cwd, "policy.yaml"), JSON.stringify({ notary: { issuers, applications } }));
  writeFileSync(join(cwd, "notary.key"), pair.secret);
  writeLayout(withConfig(emptyImage("linux/amd64"), { User: "1000" }), join(cwd, "image"));
  const copy = ["copy", "--quiet", "--dest-tls-verify=false", `oci:${join(cwd, "image")}`];
  execFileSync("skopeo", [...copy, `docker://${repository}:1`]);
  const inspect = ["inspect", "--raw", "--tls-verify=false", `docker://${repository}:1`];
  digest = sha256(execFileSync("skopeo", inspect));
  notary = await startNotary(["--policy", "policy.yaml", "--key", "notary.key"], cwd);
  path = `${douaneOnPath(cwd)}:/usr/bin:/bin`;
});
afterAll(async () => {
  await notary.stop();
  await Promise.all([registry.stop(), gitlab.close(), github.close(), vault.close(), sigstore.close()]);
  rmSync(cwd, { recursive: true });
});

/** Folder with what the job that built handed over. */
function handedOver(text: string = digest): string {
  const folder = mkdtempSync(join(cwd, "job-"));
  writeFileSync(join(folder, "digest"), `${text}\n`);
  const report = { version: "1.90.0", errors: [], results: [], paths: { scanned: ["a.py"] } };
  writeFileSync(join(folder, "semgrep.json"), JSON.stringify(report));
  return folder;
}

/** Runs lines of an example, with this machine in the place of its servers. */
async function run(lines: readonly string[], env: Variables, folder = handedOver(), shell = "bash") {
  const here = (text: string) => text.replaceAll(NOTARY, notary.origin).replaceAll("ghcr.io", registry.host);
  const common = { PATH: path, HOME: folder, XDG_CACHE_HOME: join(folder, "cache") };
  return runLines(lines.map(here), { cwd: folder, env: { ...common, ...env }, shell });
}

async function typesSignedBy(pem: string): Promise<readonly string[]> {
  const place = openStore(`${repository}@${digest}`, { env: {}, cwd });
  try {
    const found = await readAttachments(place.store, digest);
    const { statements } = verifyAttachments(found, digest, [readPublicKey(pem, "key")]);
    return [...new Set(statements.map(({ statement }) => statement.predicateType))].toSorted();
  } finally {
    await place.close();
  }
}

async function vaultPem(): Promise<string> {
  const env = { VAULT_ADDR: vault.url, VAULT_TOKEN: vault.token };
  const { stdout } = await douane(["keys", "public", "--key", "vault://portal"], { cwd, env });
  return stdout;
}

const Tokens = z.record(z.string(), z.object({ aud: z.string() }));
const Job = z.object({
  image: z.unknown(),
  variables: z.record(z.string(), z.string()).default({}),
  id_tokens: Tokens.optional(),
  script: z.array(z.string()),
  artifacts: z.object({ paths: z.array(z.string()) }).optional(),
});

/** A job of an example for GitLab. */
function gitlabJob(name: string, job: string) {
  return Job.parse((load(example(name)) as Readonly<Record<string, unknown>>)[job]);
}

const token = () =>
  gitlab.issuer.token(gitlabClaims(Date.now(), { iss: gitlab.url, aud: NOTARY, jti: randomUUID() }));
const GITLAB = {
  GITLAB_CI: "true",
  CI_SERVER_URL: "https://gitlab.example",
  CI_PROJECT_URL: "https://gitlab.example/social/portal",
  CI_COMMIT_SHA: COMMIT,
  CI_COMMIT_REF_NAME: "main",
  CI_RUNNER_ID: "1",
  CI_JOB_URL: "https://gitlab.example/social/portal/-/jobs/1",
  CI_PIPELINE_URL: "https://gitlab.example/social/portal/-/pipelines/1",
};

describe.each(["gitlab-notary.yml", "gitlab-vault.yml", "gitlab-keyless.yml"])("%s", (name) => {
  test.each(["build", "sast"])("the job %s has no token, and sets no variable of another job", (job) => {
    expect(gitlabJob(name, job).id_tokens).toBeUndefined();
    expect(example(name)).not.toContain("dotenv");
  });

  test("the job that has the token runs the platform's image, no clone, and nothing but douane", () => {
    const { image, variables, id_tokens: tokens, script } = gitlabJob(name, "attest");
    expect(image).toMatchObject({ name: expect.stringMatching(/\/platform\/douane:/) });
    expect(variables["GIT_STRATEGY"]).toBe("none");
    expect(Object.keys(tokens ?? {})).toHaveLength(1);
    for (const line of script.slice(1)) expect(line).toMatch(/^douane \w+ "\$IMAGE" /);
  });
});

describe("the lines that attest", () => {
  test("GitLab, with the notary", async () => {
    const { script } = gitlabJob("gitlab-notary.yml", "attest");
    const env = { ...GITLAB, CI_REGISTRY_IMAGE: repository, DOUANE_ID_TOKEN: token() };
    const { exit, said } = await run(script, env, handedOver(), "sh");
    expect([exit, said]).toEqual([0, expect.stringContaining(`${digest}: ${SLSA}`)]);
    expect(said).not.toContain("eyJ");
    expect(await typesSignedBy(pair.open)).toEqual(TYPES);
  });

  test("GitLab, with Vault", async () => {
    const { script, variables } = gitlabJob("gitlab-vault.yml", "attest");
    const login = {
      ...variables,
      VAULT_ADDR: vault.url,
      VAULT_AUTH_ROLE: vault.role,
      VAULT_ID_TOKEN: vault.jwt,
    };
    expect(variables).toMatchObject({ VAULT_ADDR: VAULT });
    const { exit, said } = await run(script, { ...GITLAB, ...login, CI_REGISTRY_IMAGE: repository });
    expect([exit, said]).toEqual([0, expect.stringContaining("signature of the image")]);
    const types = await typesSignedBy(await vaultPem());
    expect(types).toEqual([...TYPES, "https://sigstore.dev/cosign/sign/v1"].toSorted());
  });

  test("GitLab, without a key", async () => {
    const { script } = gitlabJob("gitlab-keyless.yml", "attest");
    const image = `${registry.host}/social/keyless`;
    const copy = ["copy", "--quiet", "--dest-tls-verify=false", `oci:${join(cwd, "image")}`];
    execFileSync("skopeo", [...copy, `docker://${image}:1`]);
    const folder = handedOver();
    writeFileSync(join(folder, "signing.json"), JSON.stringify(sigstore.config()));
    const here = script.map((line) => line.replace("/etc/douane/signing_config.json", "signing.json"));
    const identity = { iss: KEYLESS_ISSUER, sub: KEYLESS_SUBJECT };
    const env = { ...GITLAB, CI_REGISTRY_IMAGE: image, SIGSTORE_ID_TOKEN: sigstore.token(identity) };
    const { exit, said } = await run(here, env, folder, "sh");
    expect([exit, said]).toEqual([0, expect.stringContaining("signature of the image")]);
    expect(said).not.toContain("eyJ");
    const identities = [{ authority: "fulcio", issuer: KEYLESS_ISSUER, subject: KEYLESS_SUBJECT }];
    const attestations = {
      signers: [{ id: "ci", identities }],
      authorities: [{ id: "fulcio", kind: "sigstore", trustedRoot: { file: "trusted_root.json" } }],
      builders: [{ signer: "ci", id: "https://gitlab.example/*", level: 2 }],
      applications: [{ source: GITLAB.CI_PROJECT_URL, repositories: [image] }],
      statements: { provenance: { signers: ["ci"] } },
    };
    writeFileSync(join(cwd, "trusted_root.json"), JSON.stringify(sigstore.sigstore.trustedRoot));
    writeFileSync(join(cwd, "keyless.yaml"), JSON.stringify({ attestations }));
    const argv = ["verify", `${image}@${digest}`, "--policy", "keyless.yaml", "--format", "json"];
    const { stdout } = await douane(argv, { cwd, now: () => new Date() });
    expect(JSON.parse(stdout).checks[0]).toMatchObject({ answer: "yes" });
  });

  test("GitHub", async () => {
    const { jobs } = z
      .object({
        permissions: z.object({}).strict(),
        jobs: z.object({
          build: z.object({ permissions: z.record(z.string(), z.string()) }),
          attest: z.object({
            permissions: z.record(z.string(), z.string()),
            container: z.string(),
            steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
          }),
        }),
      })
      .parse(load(example("github-notary.yml")));
    expect(jobs.build.permissions).not.toHaveProperty("id-token");
    expect(jobs.attest.permissions).toEqual({ "id-token": "write", packages: "write" });
    expect(jobs.attest.container).toContain("/platform/douane:");
    expect(jobs.attest.steps.flatMap(({ uses = [] }) => uses)).toEqual(["actions/download-artifact@v5"]);
    const lines = jobs.attest.steps.flatMap(({ run: script = [] }) => script);
    // The audience is the notary's address, which is another one here.
    const here = lines.map((line) => line.replace("--provenance", '--audience "$AUDIENCE" --provenance'));
    const job = { GITHUB_REPOSITORY: "Social/Portal", GITHUB_ACTOR: "camille", REGISTRY_TOKEN: "word" };
    const { exit, said } = await run(here, { ...github.githubEnv, ...job, DIGEST: digest, AUDIENCE: NOTARY });
    expect([exit, said]).toEqual([0, expect.stringContaining(`${digest}: ${SLSA}`)]);
  });

  test("Jenkins", async () => {
    const [, attest = ""] = example("Jenkinsfile").split("stage('Attest')");
    expect(attest).not.toMatch(/checkout/);
    const [, script = ""] = /sh '''\n([\s\S]+?)'''/.exec(attest) ?? [];
    const env = {
      JENKINS_URL: "https://jenkins.example/",
      BUILD_URL: "https://jenkins.example/job/portal/1/",
      BRANCH_NAME: "main",
      SOURCE_URL: "https://git.example/social/portal",
      SOURCE_COMMIT: COMMIT,
      IMAGE: repository,
      VAULT_ADDR: vault.url,
      VAULT_TOKEN: vault.token,
    };
    const { exit, said } = await run([script], env, handedOver(), "sh");
    expect([exit, said]).toEqual([0, expect.stringContaining(`${digest}: ${SLSA}`)]);
  });

  test("Tekton", async () => {
    const Task = z.object({
      kind: z.string(),
      spec: z.object({
        steps: z
          .array(
            z.object({ script: z.string(), env: z.array(z.object({ name: z.string(), value: z.string() })) }),
          )
          .optional(),
      }),
    });
    const documents = loadAll(example("tekton.yaml")).map((one) => Task.parse(one));
    const [step] = documents.find(({ kind }) => kind === "Task")?.spec.steps ?? [];
    const folder = handedOver();
    writeFileSync(join(folder, "token"), vault.jwt);
    // Kubernetes' login has the same form as that by JWT.
    const given: Variables = {
      IMAGE: repository,
      DIGEST: digest,
      SOURCE: "https://git.example/social/portal",
      COMMIT,
      REF: "refs/heads/main",
      REPORTS: folder,
      TEKTON_TASK_RUN: "portal-attest",
      TEKTON_NAMESPACE: "ci",
      VAULT_ADDR: vault.url,
      VAULT_AUTH_PATH: "jwt",
      VAULT_AUTH_ROLE: vault.role,
      VAULT_TOKEN_FILE: join(folder, "token"),
    };
    expect(step?.env.map(({ name }) => name).toSorted()).toEqual(Object.keys(given).toSorted());
    const { exit, said } = await run([step?.script ?? ""], given, folder, "sh");
    expect([exit, said]).toEqual([0, expect.stringContaining(`${digest}: ${SLSA}`)]);
    expect(said).not.toContain("eyJ");
  });
});

describe("what the job that built handed over is data", () => {
  const { script } = gitlabJob("gitlab-notary.yml", "attest");

  test.each(["latest", "$(touch hit)", "--key=a", "sha256:12", ""])("a digest that is %j", async (text) => {
    const env = { ...GITLAB, CI_REGISTRY_IMAGE: repository, DOUANE_ID_TOKEN: token() };
    const { exit, said } = await run(script, env, handedOver(text));
    expect([exit > 0, said.includes("eyJ")]).toEqual([true, false]);
  });

  test("a link to the job's own environment, where the digest is expected", async () => {
    const folder = handedOver();
    rmSync(join(folder, "digest"));
    symlinkSync("/proc/self/environ", join(folder, "digest"));
    const env = { ...GITLAB, CI_REGISTRY_IMAGE: repository, DOUANE_ID_TOKEN: token() };
    const { exit, said } = await run(script, env, folder);
    expect([exit > 0, said.includes("eyJ")]).toEqual([true, false]);
  });

  test("a link to the job's own environment, where a report is expected", async () => {
    const folder = handedOver();
    rmSync(join(folder, "semgrep.json"));
    symlinkSync("/proc/self/environ", join(folder, "semgrep.json"));
    const env = { ...GITLAB, CI_REGISTRY_IMAGE: repository, DOUANE_ID_TOKEN: token() };
    const { exit, said } = await run(script, env, folder);
    expect([exit > 0, said.includes("eyJ")]).toEqual([true, false]);
  });
});
