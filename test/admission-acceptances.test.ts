// An acceptance that is bound to a Deployment counts for `douane check` of its manifest and for its pods at admission.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Policy } from "../src/policy/policy.ts";
import { podSubject } from "../src/server/admission/subject.ts";
import type { WorkloadName } from "../src/server/admission/workload-of.ts";
import { judgedBy, judgeSubject, keyMaker } from "../src/server/examine/judge.ts";
import type { VerdictDocument } from "../src/verdicts/report-schema.ts";
import { douane } from "./fixtures/douane.ts";
import { container, deployment, podSpec, yaml } from "./fixtures/manifests.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-admission-acceptances-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const { securityContext: _, ...WEB } = container({
  name: "web",
  env: [{ name: "DB_PASSWORD", value: "hV7-pq2Lx9-Zt4w" }],
});
const POD = podSpec({ containers: [WEB] });
const NOW = "2026-06-15T12:00:00.000Z";

const fingerprintsOf = ({ rows }: VerdictDocument) =>
  rows.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint));

async function checked(): Promise<readonly string[]> {
  writeFileSync(join(cwd, "web.yaml"), yaml(deployment({ name: "web", namespace: "shop", pod: POD })));
  const { stdout } = await douane(["check", "web.yaml", "--no-images", "--format", "json"], { cwd });
  const { verdicts } = JSON.parse(stdout) as { verdicts: VerdictDocument[] };
  return verdicts.flatMap(fingerprintsOf);
}

/** Findings against a pod of the Deployment, as admission judges it. */
async function admitted(policy: Policy, workload?: WorkloadName, now = NOW): Promise<readonly string[]> {
  const object = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      generateName: "web-7d9f6c4b8-",
      ownerReferences: [
        { apiVersion: "apps/v1", kind: "ReplicaSet", name: "web-7d9f6c4b8", controller: true },
      ],
    },
    spec: POD,
  };
  const subject = podSubject(object, "shop", workload);
  const key = keyMaker(judgedBy({ policy }, { douane: "0" }))(subject);
  const ports = { cwd, env: {}, douane: "0", now: () => Date.parse(now) };
  const { stored } = await judgeSubject(subject, key, false, { policy }, ports, new AbortController().signal);
  if (stored === undefined) throw new Error("no verdict");
  return fingerprintsOf(stored.verdict);
}

test("each finding that the policy accepts for a Deployment is accepted of its pods, and of no others", async () => {
  const findings = await checked();
  const own = findings.filter((one) => /1\.1-privilege-escalation|1\.4-literal-secrets/.test(one));
  expect(own.length).toBeGreaterThanOrEqual(2);
  const policy: Policy = {
    acceptedFindings: own.map((fingerprint) => ({
      fingerprint,
      workload: { namespace: "shop", kind: "Deployment", name: "web" },
      reason: "r",
      author: "a",
      expires: "2026-06-15",
    })),
  };
  const workload = { kind: "Deployment", name: "web" };
  const rules = (all: readonly string[]) =>
    [...new Set(all.map((one) => one.split(":")[0]))].filter((one) =>
      /1\.1-privilege-escalation|1\.4-literal-secrets/.test(one ?? ""),
    );
  expect(rules(await admitted(policy, workload))).toEqual([]);
  expect(rules(await admitted(policy))).toHaveLength(2);
  expect(rules(await admitted(policy, { kind: "Deployment", name: "api" }))).toHaveLength(2);
  expect(rules(await admitted(policy, workload, "2026-06-16T00:00:00.000Z"))).toHaveLength(2);
});
