import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { startNotary } from "../../../test/fixtures/running-notary.ts";
import { generateKey } from "../../attest/keys/generate-key.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-notary-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const POLICY = {
  notary: {
    issuers: [{ kind: "gitlab", url: "https://gitlab.example", audience: "https://notary.example" }],
    applications: [
      {
        issuer: "https://gitlab.example",
        project: "social/portal",
        repository: "registry.example/social/portal",
        predicates: ["https://slsa.dev/provenance/v1"],
      },
    ],
  },
};
const pair = generateKey("p256");
writeFileSync(join(cwd, "k.key"), pair.secret);
writeFileSync(join(cwd, "k.pub"), pair.open);
writeFileSync(join(cwd, "policy.yaml"), JSON.stringify(POLICY));
writeFileSync(join(cwd, "empty.yaml"), "failOn: unproven\n");
writeFileSync(join(cwd, "mistyped.yaml"), JSON.stringify({ notary: { ...POLICY.notary, aplications: [] } }));

test("it listens on this machine, says with which key, answers, and ends when it is stopped", async () => {
  const notary = await startNotary(["--policy", "policy.yaml", "--key", "k.key"], cwd);
  const answer = await fetch(`${notary.origin}/v1/statements`, { method: "POST", body: "{}" });
  expect([answer.status, await answer.json()]).toEqual([
    401,
    expect.objectContaining({ code: "token-missing" }),
  ]);
  expect(notary.log()).toEqual([expect.stringMatching(/^20\S+Z 401 token-missing$/)]);
  await notary.stop();
  await expect(fetch(notary.origin)).rejects.toThrow("fetch failed");
});

test("a policy that maps projects in two lists is read as before, with a notice; one map says the same", async () => {
  const source = "https://gitlab.example/social/portal";
  const application = { source, repositories: ["registry.example/social/portal"] };
  const attestations = { signers: [], builders: [], applications: [application], statements: {} };
  writeFileSync(join(cwd, "two.yaml"), JSON.stringify({ ...POLICY, attestations }));
  const { issuers } = POLICY.notary;
  const one = {
    applications: [application],
    attestations: { ...attestations, applications: [] },
    notary: { issuers },
  };
  writeFileSync(join(cwd, "one.yaml"), JSON.stringify(one));
  for (const [file, lines] of [
    [
      "two.yaml",
      [expect.stringContaining("two.yaml: attestations.applications and notary.applications say twice")],
    ],
    ["one.yaml", [""]],
  ] as const) {
    const notary = await startNotary(["--policy", file, "--key", "k.key"], cwd);
    expect(notary.log()).toEqual(lines);
    await notary.stop();
  }
});

test.each<[string, readonly string[], string]>([
  ["no policy", ["--key", "k.key"], '--policy: the section "notary" of a policy is needed'],
  ["a policy without the section", ["--key", "k.key", "--policy", "empty.yaml"], '"empty.yaml": the section'],
  [
    "a key of the section that is misspelt",
    ["--key", "k.key", "--policy", "mistyped.yaml"],
    'unknown key "aplications". Did you mean applications?',
  ],
  ["no key", ["--policy", "policy.yaml"], "a key is needed to sign"],
  ["a public key", ["--policy", "policy.yaml", "--key", "k.pub"], "a public key, which cannot sign"],
  [
    "a folder for used tokens that is not there",
    ["--policy", "policy.yaml", "--key", "k.key", "--used-tokens", "none"],
    '--used-tokens "none" (ENOENT): a folder is needed',
  ],
  ["a port that is none", ["--port", "http"], "a port is a number from 0 to 65535"],
])("%s ends with 64", async (_, argv, message) => {
  const ended = await douane(["notary", ...argv], { cwd });
  expect(ended).toMatchObject({ exit: 64, stdout: "", stderr: expect.stringContaining(message) });
});
