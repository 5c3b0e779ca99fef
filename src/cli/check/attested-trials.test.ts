import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { NOTARY, POLICY, SCANNER, TEAM, type TestKey } from "../../../test/fixtures/attested.ts";
import { type AttestedImage, attestedImage } from "../../../test/fixtures/attested-image.ts";
import { douane } from "../../../test/fixtures/douane.ts";
import { evidenceText } from "../../../test/fixtures/evidence-text.ts";
import { manifestOf } from "../../../test/fixtures/image/image.ts";
import { container, deployment, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import { server, type TrialSketch, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Fields } from "../../json/fields.ts";

const TRIAL = "urn:douane:trial:v1";
const ORIGIN = { by: "own-run", douane: "0.1.0" } as const;

/** Digest of the small image's configuration. */
let imageId: Digest;
beforeAll(() => {
  const manifest = JSON.parse(Buffer.from(manifestOf(smallImage()).bytes).toString("utf8"));
  imageId = manifest.config.digest;
});

/** A trial as `douane trial --output` writes it. */
function evidence({ facts, ...sketch }: TrialSketch = {}): Fields {
  const trial = trialFacts({ ...sketch, facts: { imageId, envNames: ["HOSTNAME", "PATH"], ...facts } });
  return JSON.parse(evidenceText([{ kind: "trial", trial, origin: ORIGIN }]));
}

async function pushed(
  statements: AttestationPolicy["statements"] = { trial: { signers: ["notary"] } },
  more: object = {},
): Promise<AttestedImage> {
  const image = await attestedImage();
  image.policy({ statements: { ...POLICY.statements, ...statements } }, more);
  return image;
}

const attach = (image: AttestedImage, content: Fields, key: TestKey = NOTARY) =>
  image.attach(TRIAL, { asserted: true, evidence: content }, key);

/** Answer to the row about the address, which a trial alone can prove, and what is said beside it. */
async function judged({ target, cwd }: AttestedImage, ...argv: readonly string[]) {
  const { stdout, stderr } = await douane(
    ["check", target, "--policy", "policy.yaml", "--format", "json", ...argv],
    { cwd },
  );
  const [{ rows, evidence: from }] = JSON.parse(stdout).verdicts;
  const row = rows.find(({ id }: { id: string }) => id === "bind-all");
  return { answer: row.answer as string, stderr, from: JSON.stringify(from) };
}

describe("an attested trial proves what the same trial does by --evidence", () => {
  test("if the policy names its signer", async () => {
    const image = await pushed();
    expect((await judged(image)).answer).toBe("unproven");
    writeFileSync(join(image.cwd, "trial.json"), JSON.stringify(evidence()));
    const handed = await judged(image, "--evidence", "trial.json");
    await attach(image, evidence());
    const attested = await judged(image);
    expect([handed.answer, attested.answer, attested.stderr]).toEqual(["yes", "yes", ""]);
    expect(attested.from).toContain('"by":"signed","signer":"notary"');
    const { stdout } = await douane(["verify", image.target, "--policy", "policy.yaml"], { cwd: image.cwd });
    expect(stdout).toContain("✓ trial: attested trials: 1, signed by notary");
  });

  test("and not otherwise: then it is shown only", async () => {
    const image = await pushed({});
    await attach(image, evidence());
    expect((await judged(image)).answer).toBe("unproven");
    const { stdout } = await douane(["verify", image.target, "--policy", "policy.yaml"], { cwd: image.cwd });
    expect(stdout).toContain("– trial: present, and without effect: the policy names no signer of trials");
  });

  test("nor where the policy does not count signed evidence", async () => {
    const image = await pushed(undefined, { evidenceFrom: ["own-run"] });
    await attach(image, evidence());
    const { answer, stderr } = await judged(image);
    expect(answer).toBe("unproven");
    expect(stderr).toContain("the policy does not count that origin (evidenceFrom)");
  });

  test.each<[string, () => Fields, TestKey?]>([
    ["by another signer", () => evidence(), TEAM],
    ["by a signer of other statements", () => evidence(), SCANNER],
    ["of another image", () => evidence({ facts: { imageId: `sha256:${"0".repeat(64)}` } })],
    ["of another platform", () => evidence({ facts: { platform: "linux/arm64" } })],
    ["of another command", () => evidence({ facts: { argv: ["/bin/sh"] } })],
    ["under another user", () => evidence({ facts: { user: { runAs: "0", supplementalGroups: [] } } })],
    ["with another mount", () => evidence({ facts: { mounts: ["/tmp", "/data"] } })],
    ["that is no evidence", () => ({ a: 1 })],
    ["of another format", () => ({ ...evidence(), schema: "douane/evidence/v2" })],
    ["that holds none", () => ({ ...evidence(), evidence: [] })],
  ])("nor one %s", async (_, content, key) => {
    const image = await pushed();
    await attach(image, content(), key);
    expect((await judged(image)).answer).toBe("unproven");
  });

  test.each<[string, Fields]>([
    ["a merge request", { mergeRequest: true, refProtected: true }],
    ["an unprotected branch", { mergeRequest: false, refProtected: false }],
    ["nobody knows what", {}],
  ])("nor one that the notary signed for %s", async (_, record) => {
    const image = await pushed();
    await image.attach(TRIAL, { asserted: true, evidence: evidence(), "urn:douane:notary:v1": record });
    expect((await judged(image)).answer).toBe("unproven");
  });

  test("it is compared with each container that runs the image, and what differs is said", async () => {
    const image = await pushed();
    const pod = podSpec({ containers: [container({ image: image.target, command: ["/app/other"] })] });
    writeFileSync(join(image.cwd, "web.yaml"), yaml(deployment({ name: "web", pod })));
    await attach(image, evidence());
    const { stderr } = await douane(["check", "web.yaml", "--policy", "policy.yaml"], { cwd: image.cwd });
    expect(stderr).toContain("trial ignored: the trial ran `/app/server`, not `/app/other");
  });

  test("a trial that refutes does so, also beside one that proves", async () => {
    const events = server({ address: "127.0.0.1" });
    const local = { "read-only": events, restart: events, writable: events };
    const image = await pushed();
    await attach(image, evidence(local));
    const alone = (await judged(image)).answer;
    await attach(image, evidence());
    expect(alone).toBe("no");
    expect((await judged(image)).answer).toBe("unproven");
  });
});

describe("douane attest --trial", () => {
  const attest = ({ target, cwd }: AttestedImage, ...argv: readonly string[]) =>
    douane(["attest", target, "--key", "notary.key", ...argv], { cwd });

  async function withFile(content: Fields): Promise<AttestedImage> {
    const image = await pushed();
    writeFileSync(join(image.cwd, "notary.key"), NOTARY.secretPem);
    writeFileSync(join(image.cwd, "trial.json"), JSON.stringify(content));
    return image;
  }

  test("attests a trial of this image, which then counts", async () => {
    const image = await withFile(evidence());
    const { exit, stdout, stderr } = await attest(image, "--trial", "trial.json");
    expect([exit, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(TRIAL);
    expect((await judged(image)).answer).toBe("yes");
    expect(readFileSync(join(image.cwd, "trial.json"), "utf8")).toContain("douane/evidence");
  });

  test.each<[string, () => Fields, number, string]>([
    [
      "of another image",
      () => evidence({ facts: { imageId: `sha256:${"0".repeat(64)}` } }),
      64,
      "the trial is about the image sha256:0000",
    ],
    ["that is no trial", () => ({ ...evidence(), evidence: [] }), 64, '"trial.json" holds no trial'],
    ["that is no evidence", () => ({}), 65, "trial.json is not an evidence file"],
  ])("refuses a file %s", async (_, content, exit, says) => {
    const image = await withFile(content());
    const run = await attest(image, "--trial", "trial.json");
    expect(run.exit).toBe(exit);
    expect(run.stderr).toContain(says);
  });
});
