// What holds only where several parts meet, on Debian's docker-registry (which has no referrers API): a signed policy
// from the registry, an attested trial through the notary, and images of which one platform lacks its statements.

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateKey } from "../../src/attest/keys/generate-key.ts";
import { readPublicKey } from "../../src/attest/keys/public-key.ts";
import { sha256 } from "../../src/contract/digest.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import { PROVENANCE, provenance, SOURCE, scan } from "../fixtures/attested.ts";
import { douane } from "../fixtures/douane.ts";
import { evidenceText } from "../fixtures/evidence-text.ts";
import { gitlabClaims } from "../fixtures/fake-issuer.ts";
import { emptyImage, manifestOf, withConfig } from "../fixtures/image/image.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { type IssuerServer, startIssuer } from "../fixtures/issuer-server.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";
import { startNotary } from "../fixtures/running-notary.ts";
import { smallImage } from "../fixtures/small-image.ts";
import { trialFacts } from "../fixtures/trial-facts.ts";

const RESULT = "https://in-toto.io/attestation/test-result/v0.1";
const TRIAL = "urn:douane:trial:v1";
const AUDIENCE = "https://notary.example";
const PAIR = generateKey("p256");
const cwd = mkdtempSync(join(tmpdir(), "douane-policy-e2e-"));
// Outside of the folder that is worked in: what lies there, a repository may have brought.
const state = mkdtempSync(join(tmpdir(), "douane-policy-state-"));
const env = { XDG_STATE_HOME: state };
const now = () => new Date();
let registry: TestRegistry;
let gitlab: IssuerServer;

const write = (name: string, value: unknown) =>
  writeFileSync(join(cwd, name), typeof value === "string" ? value : JSON.stringify(value));
const run = (...argv: readonly string[]) => douane(argv, { cwd, now, env });

beforeAll(async () => {
  [registry, gitlab] = await Promise.all([startRegistry(), startIssuer(() => ({}))]);
  write("platform.key", PAIR.secret);
  write("platform.pub", PAIR.open);
  const image = (platform: string) => withConfig(emptyImage(platform), { User: "1000" });
  writeLayout(image("linux/amd64"), join(cwd, "one"));
  writeLayout([image("linux/amd64"), image("linux/arm64")], join(cwd, "several"));
  writeLayout(smallImage(), join(cwd, "tried"));
});
afterAll(async () => {
  await Promise.all([registry.stop(), gitlab.close()]);
  for (const folder of [cwd, state]) rmSync(folder, { recursive: true });
});

/** Pushes an image to a repository of its own. @returns the repository, and the image by its digest */
function push(layout: string, name: string): { readonly repository: string; readonly target: string } {
  const repository = `${registry.host}/team/${name}`;
  const flags = ["--quiet", "--all", "--dest-tls-verify=false"];
  execFileSync("skopeo", ["copy", ...flags, `oci:${join(cwd, layout)}`, `docker://${repository}:1.0.0`]);
  const inspect = ["inspect", "--raw", "--tls-verify=false", `docker://${repository}:1.0.0`];
  return { repository, target: `${repository}@${sha256(execFileSync("skopeo", inspect))}` };
}

/** A policy with one map and one signer. */
function policy(repository: string, changes: object = {}, attestations: object = {}): object {
  const signers = ["platform"];
  return {
    platform: "linux/amd64",
    applications: [{ source: SOURCE, repositories: [repository] }],
    attestations: {
      signers: [{ id: "platform", keys: [{ file: "platform.pub" }] }],
      builders: [{ signer: "platform", id: "https://gitlab.example/*", level: 2 }],
      statements: {
        provenance: { signers },
        sast: { signers },
        injections: { signers, tools: ["bandit"] },
        dast: { signers },
      },
      ...attestations,
    },
    ...changes,
  };
}

/** Attests a whole chain with the platform's key. */
async function whole(target: string, ...more: readonly string[]): Promise<void> {
  const finishedOn = new Date().toISOString();
  for (const [type, predicate] of [
    [PROVENANCE, provenance({ startedOn: finishedOn })],
    [RESULT, scan("sast", { finishedOn })],
    [RESULT, scan("dast", { finishedOn })],
  ] as const) {
    write("predicate.json", predicate);
    const argv = ["--key", "platform.key", "--predicate", "predicate.json", "--type", type, ...more];
    expect(await run("attest", target, ...argv)).toMatchObject({ exit: 0 });
  }
}

test("a signed policy of the registry judges, and an older one in its place is refused", async () => {
  const { repository, target } = push("one", "signed");
  await whole(target);
  const place = `oci://${registry.host}/platform/policy:prod`;
  const publish = async (serial: number, content: object) => {
    write("policy.yaml", content);
    const argv = ["--key", "platform.key", "--serial", String(serial), "--valid-until", "2099-01-01"];
    expect(await run("policy", "push", "policy.yaml", place, ...argv)).toMatchObject({ exit: 0 });
    const url = `http://${registry.host}/v2/platform/policy/manifests/prod`;
    return Buffer.from(
      await (
        await fetch(url, { headers: { accept: "application/vnd.oci.image.manifest.v1+json" } })
      ).arrayBuffer(),
    );
  };
  const judge = (command: string, ...more: readonly string[]) =>
    run(command, target, "--policy", place, "--policy-key", "platform.pub", ...more);
  const older = await publish(3, policy(repository));
  expect(await judge("verify")).toMatchObject({ exit: 0 });
  const { id } = readPublicKey(PAIR.open, "platform.pub");
  const revokedKeys = [{ id, from: "2026-01-01", reason: "stolen" }];
  await publish(4, policy(repository, {}, { revokedKeys }));
  const refused = await judge("verify", "--explain");
  expect([refused.exit, refused.stdout]).toEqual([1, expect.stringContaining("stolen")]);
  const put = await fetch(`http://${registry.host}/v2/platform/policy/manifests/prod`, {
    method: "PUT",
    headers: { "content-type": "application/vnd.oci.image.manifest.v1+json" },
    body: older,
  });
  expect(put.status).toBe(201);
  for (const command of ["verify", "check"]) {
    const rolledBack = await judge(command);
    expect(rolledBack).toMatchObject({ exit: 65, stdout: "", stderr: expect.stringContaining("serial") });
  }
});

describe("a trial that the notary signed", () => {
  const answerOf = async (target: string) => {
    const argv = ["--policy", "policy.yaml", "--format", "json", "--no-cache"];
    const { stdout } = await run("check", target, ...argv);
    const { verdicts } = JSON.parse(stdout) as {
      verdicts: readonly { rows: readonly { id: string; answer: string }[] }[];
    };
    return verdicts[0]?.rows.find(({ id }) => id === "bind-all")?.answer;
  };

  test.each([
    ["for the protected branch proves what it saw", {}, "yes"],
    ["for an unprotected branch proves nothing", { ref_protected: "false" }, "unproven"],
    ["for a merge request proves nothing", { pipeline_source: "merge_request_event" }, "unproven"],
  ])("%s", async (name, claims, answer) => {
    const { repository, target } = push("tried", `tried-${name.length}`);
    const source = `${gitlab.url}/social/portal`;
    const issuers = [{ kind: "gitlab", url: gitlab.url, audience: AUDIENCE }];
    const applications = [{ source, repositories: [repository], predicates: [TRIAL] }];
    const statements = { trial: { signers: ["platform"] } };
    write("policy.yaml", policy(repository, { applications, notary: { issuers } }, { statements }));
    const { config } = JSON.parse(Buffer.from(manifestOf(smallImage()).bytes).toString()) as {
      config: { digest: Digest };
    };
    const facts = { imageId: config.digest, envNames: ["HOSTNAME", "PATH"] };
    const origin = { by: "own-run", douane: "0.1.0" } as const;
    write("trial.json", evidenceText([{ kind: "trial", trial: trialFacts({ facts }), origin }]));
    expect(await answerOf(target)).toBe("unproven");
    const notary = await startNotary(["--policy", "policy.yaml", "--key", "platform.key"], cwd);
    const token = gitlab.issuer.token(
      gitlabClaims(Date.now(), { iss: gitlab.url, aud: AUDIENCE, jti: randomUUID(), ...claims }),
    );
    const attested = await douane(["attest", target, "--via", notary.origin, "--trial", "trial.json"], {
      cwd,
      now,
      env: { DOUANE_ID_TOKEN: token },
    });
    await notary.stop();
    expect(attested).toMatchObject({ exit: 0, stderr: "" });
    expect(await answerOf(target)).toBe(answer);
  });
});

describe("of an image's platforms", () => {
  const verify = async (target: string, repository: string, platform: string) => {
    write("policy.yaml", policy(repository, { platform }));
    return run("verify", target, "--policy", "policy.yaml");
  };

  test("the one whose manifest lacks its statements is refused, by tag and by digest", async () => {
    const { repository, target } = push("several", "half");
    await whole(target, "--platform", "linux/amd64");
    for (const name of [target, `${repository}:1.0.0`]) {
      expect((await verify(name, repository, "linux/amd64")).exit).toBe(0);
      const other = await verify(name, repository, "linux/arm64");
      expect([other.exit, other.stdout]).toEqual([1, expect.stringContaining("no provenance")]);
    }
  });

  test("the one whose scan alone is missing is refused for its scan", async () => {
    const { repository, target } = push("several", "unscanned");
    await whole(target, "--platform", "linux/amd64");
    write("predicate.json", provenance({ startedOn: new Date().toISOString() }));
    const argv = ["--key", "platform.key", "--predicate", "predicate.json", "--type", PROVENANCE];
    expect(await run("attest", target, ...argv)).toMatchObject({ exit: 0 });
    expect((await verify(target, repository, "linux/amd64")).exit).toBe(0);
    const other = await verify(target, repository, "linux/arm64");
    expect(other.exit).toBe(1);
    expect(other.stdout).toMatch(/✓ provenance[\s\S]*✗ static analysis/);
  });

  test("an SBOM is that of its own platform", async () => {
    const { repository, target } = push("several", "sboms");
    const sbom = (name: string) => ({
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      metadata: { component: { type: "container", name } },
    });
    write("amd64.json", sbom("amd64"));
    const argv = ["--key", "platform.key", "--sbom", "amd64.json,platform=linux/amd64"];
    expect(await run("attest", target, ...argv)).toMatchObject({ exit: 0 });
    const statements = { sbom: { signers: ["platform"] } };
    for (const [platform, seen] of [
      ["linux/amd64", "✓ SBOM"],
      ["linux/arm64", "✗ SBOM"],
    ] as const) {
      write("policy.yaml", policy(repository, { platform }, { statements }));
      expect((await run("verify", target, "--policy", "policy.yaml")).stdout).toContain(seen);
    }
  });
});

test("a policy file beside the image's attestations decides nothing for another repository of the same image", async () => {
  const { repository, target } = push("one", "first");
  await whole(target);
  const copied = `${registry.host}/other/first`;
  expect(await run("copy", target, `${copied}:1.0.0`)).toMatchObject({ exit: 0 });
  write("policy.yaml", policy(repository));
  expect((await run("verify", target, "--policy", "policy.yaml")).exit).toBe(0);
  const other = await run("verify", `${copied}:1.0.0`, "--policy", "policy.yaml");
  expect([other.exit, other.stdout]).toEqual([1, expect.stringContaining("maps no source to")]);
  expect(readFileSync(join(cwd, "policy.yaml"), "utf8")).toContain(repository);
});
