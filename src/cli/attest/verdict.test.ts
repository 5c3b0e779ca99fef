import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { POLICY, PROVENANCE, provenance, SCANNER, scan, TEAM } from "../../../test/fixtures/attested.ts";
import { type AttestedImage, attestedImage } from "../../../test/fixtures/attested-image.ts";
import { douane } from "../../../test/fixtures/douane.ts";
import { readPublicKey } from "../../attest/keys/public-key.ts";
import { TEST_RESULT_TYPE } from "../../attest/predicates/scan-result.ts";
import { readAttachments } from "../../attest/read/read-attachments.ts";
import { verifyAttachments } from "../../attest/read/verify-attachments.ts";
import { openStore } from "../../attest/store/open-store.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";

const VERDICT = "https://slsa.dev/verification_summary/v1";

async function pushed(): Promise<AttestedImage> {
  const image = await attestedImage();
  allow(image);
  writeFileSync(join(image.cwd, "team.key"), TEAM.secretPem);
  return image;
}

/** The fixtures' policy, which lets the team state verdicts. */
function allow(image: AttestedImage, changes: Partial<AttestationPolicy> = {}): void {
  image.policy({ statements: { ...POLICY.statements, verdict: { signers: ["team"] } }, ...changes });
}

async function whole(image: AttestedImage): Promise<void> {
  await image.attach(PROVENANCE, provenance());
  await image.attach(TEST_RESULT_TYPE, scan("sast"), SCANNER);
  await image.attach(TEST_RESULT_TYPE, scan("dast"), SCANNER);
}

const attest = ({ target, cwd }: AttestedImage, ...argv: readonly string[]) =>
  douane(["attest", target, "--key", "team.key", "--verdict", "--policy", "policy.yaml", ...argv], { cwd });
const verify = ({ target, cwd }: AttestedImage) =>
  douane(["verify", target, "--policy", "policy.yaml", "--explain"], { cwd });

async function stated({ target, digest, cwd }: AttestedImage): Promise<unknown> {
  const opened = openStore(target, { env: {}, cwd });
  const key = readPublicKey(TEAM.pem, "team.pub");
  const { statements } = verifyAttachments(await readAttachments(opened.store, digest), digest, [key]);
  await opened.close();
  return statements.find(({ statement }) => statement.predicateType === VERDICT)?.statement.predicate;
}

describe("the verdict on an image", () => {
  test("states rows of the image alone, with what they were judged by", async () => {
    const image = await pushed();
    await whole(image);
    const { exit, stdout, stderr } = await attest(image);
    expect([exit, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(VERDICT);
    expect(await stated(image)).toEqual({
      verifier: { id: "urn:douane:verifier", version: { douane: expect.any(String) } },
      timeVerified: "2026-06-15T12:00:00.000Z",
      resourceUri: image.target,
      policy: { digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      inputAttestations: Array.from({ length: 3 }, () => ({ digest: { sha256: expect.any(String) } })),
      verificationResult: "PASSED",
      verifiedLevels: ["SLSA_BUILD_LEVEL_2"],
      slsaVersion: "1.2",
      "urn:douane:verdict:v1": {
        contract: "2025-06",
        imageId: expect.stringMatching(/^sha256:/),
        platform: "linux/amd64",
        rules: { digest: { sha256: expect.any(String) } },
        expires: "2026-06-22T12:00:00.000Z",
        rows: [
          { id: "non-root", answer: "yes" },
          { id: "no-baked-state", answer: "yes" },
          { id: "provenance", answer: "yes" },
          { id: "scans", answer: "yes" },
          { id: "minimal", answer: "yes" },
          { id: "no-dockerfile", answer: expect.any(String) },
        ],
      },
    });
    expect((await verify(image)).stdout).toContain(
      "✓ verdict: found conforming on 2026-06-15T12:00:00.000Z by the same policy and rules",
    );
  });

  test("counts for nothing under a policy that changed", async () => {
    const image = await pushed();
    await whole(image);
    await attest(image, "--verifier", "https://platform.example");
    allow(image, { revokedKeys: [{ id: SCANNER.id, from: "2026-12-01", reason: "planned" }] });
    const { stdout } = await verify(image);
    expect(stdout).toContain("✗ verdict: no verdict that counts");
    expect(stdout).toContain("(verdict-other-policy)");
  });

  test("may be a refusal, which is said", async () => {
    const image = await pushed();
    const { exit, stderr } = await attest(image);
    expect(exit).toBe(0);
    expect(stderr).toContain("the attested verdict is a refusal (provenance no, scans no");
    // A recommendation refuses nothing.
    expect(stderr).not.toContain("no-dockerfile");
    expect(await stated(image)).toMatchObject({ verificationResult: "FAILED", verifiedLevels: ["FAILED"] });
    const { stdout } = await verify(image);
    expect(stdout).toContain("(verdict-failed)");
    expect(stdout).toContain("Attested verdicts (no row rests on them):");
    expect(stdout).not.toContain("Other statements, which");
  });

  test("has no level where the provenance only warns and does not count", async () => {
    const image = await pushed();
    allow(image, { rows: { provenance: { mode: "warn" }, scans: { mode: "warn" } } });
    await attest(image);
    expect(await stated(image)).toMatchObject({
      verificationResult: "PASSED",
      verifiedLevels: ["SLSA_BUILD_LEVEL_UNEVALUATED"],
    });
  });

  test.each<[string, readonly string[], number, string]>([
    ["without a policy", ["--key", "team.key", "--verdict"], 64, "give it with --policy FILE"],
    [
      "through the notary",
      ["--via", "https://notary.example", "--verdict"],
      64,
      "--verdict and --via do not go together",
    ],
    [
      "by a policy without attestations",
      ["--key", "team.key", "--verdict", "--policy", "other.yaml"],
      64,
      '"other.yaml" has no section attestations',
    ],
  ])("%s is an error", async (_, argv, exit, says) => {
    const image = await pushed();
    writeFileSync(join(image.cwd, "other.yaml"), "enforceFuture: true\n");
    const run = await douane(["attest", image.target, ...argv], { cwd: image.cwd });
    expect(run.exit).toBe(exit);
    expect(run.stderr).toContain(says);
  });
});
