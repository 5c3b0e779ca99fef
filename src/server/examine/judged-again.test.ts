import { expect, test } from "vitest";
import { NOTARY, POLICY, PROVENANCE, provenance, SOURCE } from "../../../test/fixtures/attested.ts";
import { type AttestedImage, attestedImage } from "../../../test/fixtures/attested-image.ts";
import { evidenceText } from "../../../test/fixtures/evidence-text.ts";
import { blobsOf, configOf, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { container, podSpec } from "../../../test/fixtures/manifests.ts";
import { memoryEvidence } from "../../../test/fixtures/memory-evidence.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { advisory, dataOf } from "../../../test/fixtures/vulnerability-data.ts";
import { formatEnvelope } from "../../attest/dsse/envelope.ts";
import { signEnvelope } from "../../attest/dsse/sign-envelope.ts";
import { STATEMENT_TYPE } from "../../attest/in-toto/statement.ts";
import { statementBytes } from "../../attest/in-toto/write-statement.ts";
import { trialPredicate } from "../../attest/predicates/trial.ts";
import type { RowId } from "../../contract/rows.ts";
import type { Policy } from "../../policy/policy.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import { podSubject } from "../admission/subject.ts";
import { judgeSubject } from "./judge.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");
const ZERO = `sha256:${"0".repeat(64)}` as const;
const IMAGE = withLayer(
  smallImage(),
  layerOf([
    {
      path: "app/node_modules/lodash/package.json",
      content: JSON.stringify({ name: "lodash", version: "4.17.20" }),
    },
  ]),
);
const LODASH = advisory({
  id: "GHSA-a",
  aliases: ["CVE-2026-1111"],
  ecosystem: "npm",
  package: "lodash",
  fixed: "4.17.21",
  severities: [{ by: "GHSA", word: "critical" }],
});
const PROBE = { httpGet: { path: "/healthz", port: 8080 } };

interface State {
  readonly policy: Policy;
  readonly data?: VulnerabilityDatabase;
  readonly trial?: string;
}

/** Judges one pod by stored evidence, which the first judgement collects, and by the image itself. */
async function pod() {
  const state = { isSilent: false };
  const attested = await attestedImage(
    {
      answer(_, response) {
        if (state.isSilent) response.destroy();
        return state.isSilent;
      },
    },
    IMAGE,
  );
  const { registry, target } = attested;
  const web = container({
    image: target,
    ports: [{ containerPort: 8080 }],
    readinessProbe: PROBE,
    livenessProbe: PROBE,
    env: undefined,
    envFrom: undefined,
  });
  const subject = podSubject(
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "app", namespace: "team" },
      spec: podSpec({
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
        containers: [web],
      }),
    },
    "team",
  );
  const key = { subject: subject.digest, policy: ZERO, rules: ZERO };
  const stored = memoryEvidence(new Date(NOW).toISOString());
  const blobs = new Set(blobsOf(IMAGE).map(({ digest }) => digest));
  async function judged({ policy, data, trial }: State, isAgain: boolean, isSilent = false) {
    const already = registry.requests.length;
    const ports = {
      cwd: "/",
      env: {},
      douane: "0.1.0",
      now: () => NOW,
      trials: { trialOf: async () => trial },
      ...(data === undefined ? {} : { vulnerabilities: data }),
      ...(isAgain ? { evidence: stored.port } : {}),
    };
    const { signal } = new AbortController();
    const { stored: judgement, problems } = await judgeSubject(subject, key, true, { policy }, ports, signal);
    expect(problems.map(({ en }) => en)).toEqual(isSilent ? [expect.stringContaining(registry.host)] : []);
    const read = registry.requests.slice(already).filter(({ url = "" }) => {
      return [...blobs].some((digest) => url.endsWith(digest));
    });
    return { judgement, read: read.length };
  }
  return {
    attested,
    /** A row, which has to be that of a full check, without a byte of the image. */
    row: async (name: RowId, state: State) => {
      const again = await judged(state, true);
      const full = await judged(state, false);
      expect(again.judgement).toEqual(full.judgement);
      expect([again.read, full.read > 0]).toEqual([0, true]);
      return again.judgement?.verdict.rows.find(({ id }) => id === name);
    },
    first: (state: State) => judged(state, true),
    silent: (one: State) => {
      state.isSilent = true;
      return judged(one, true, true);
    },
  };
}

function policyFor({ registry: { host } }: AttestedImage): Policy {
  const applications = [{ source: SOURCE, repositories: [`${host}/team/portal`] }];
  return {
    platform: "linux/amd64",
    admission: { registries: [host] },
    attestations: {
      ...POLICY,
      applications,
      statements: { ...POLICY.statements, trial: { signers: ["notary"] } },
    },
  };
}

test("a registry that does not answer for attestations makes no complete verdict of stored evidence", async () => {
  const { attested, first, silent } = await pod();
  const policy = policyFor(attested);
  await first({ policy });
  const { judgement } = await silent({ policy });
  expect(judgement?.verdict.rows).toHaveLength(18);
});

test("an attestation that is removed, and a signer that is revoked, count no more", async () => {
  const { attested, row, first } = await pod();
  const policy = policyFor(attested);
  await first({ policy });
  const none = await row("provenance", { policy });
  await attested.attach(PROVENANCE, provenance());
  const attached = await row("provenance", { policy });
  expect(attached).not.toEqual(none);
  const { attestations = POLICY } = policy;
  const builders = attestations.builders.filter(({ signer }) => signer !== "notary");
  const revoked = { ...attestations, builders };
  expect(await row("provenance", { policy: { ...policy, attestations: revoked } })).not.toEqual(attached);
  for (const name of attested.registry.manifests.keys()) {
    if (name !== attested.digest) attested.registry.manifests.delete(name);
  }
  expect(await row("provenance", { policy })).toEqual(none);
});

test("a stored trial counts with stored evidence, and no longer once it is dropped", async () => {
  const { attested, row, first } = await pod();
  const policy = policyFor(attested);
  await first({ policy });
  const facts = {
    imageId: configOf(IMAGE).digest,
    envNames: ["HOSTNAME", "PATH"],
    user: { runAs: "1000", supplementalGroups: [] },
  };
  const origin = { by: "own-run", douane: "0.1.0" } as const;
  const evidence = JSON.parse(evidenceText([{ kind: "trial", trial: trialFacts({ facts }), origin }]));
  const name = `${attested.registry.host}/team/portal`;
  const bytes = statementBytes({ name, digest: attested.digest }, trialPredicate(evidence));
  const trial = formatEnvelope(signEnvelope(STATEMENT_TYPE, bytes, NOTARY.secret));
  expect((await row("bind-all", { policy }))?.answer).toBe("unproven");
  expect((await row("bind-all", { policy, trial }))?.answer).toBe("yes");
  expect((await row("bind-all", { policy }))?.answer).toBe("unproven");
});

test("new data and another policy judge stored evidence as they judge the image", async () => {
  const { attested, row, first } = await pod();
  const policy = policyFor(attested);
  const before = dataOf({ advisories: [{ ...LODASH, package: "other" }], date: "2026-06-14" });
  const after = dataOf({ advisories: [LODASH], date: "2026-06-15" });
  await first({ policy, data: before });
  const found = async (data: VulnerabilityDatabase, more: Policy = {}) =>
    JSON.stringify(await row("sbom", { policy: { ...policy, ...more }, data }));
  expect(await found(before)).not.toContain("CVE-2026-1111");
  expect(await found(after)).toContain("CVE-2026-1111");
  const named = { id: "CVE-2026-1111", purl: "pkg:npm/lodash" };
  const accepted = { ...named, reason: "tested", author: "a", expires: "2026-07-01" };
  expect(await found(after, { acceptedVulnerabilities: [accepted] })).toContain("tested");
});
