// Contract 2.1 at deployment: with rows 13 to 15 enforced, an attested image is admitted through the webhook, and
// refused with the clause once its attestations no longer hold.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { AttestationPolicy } from "../../src/contract/attestation-policy.ts";
import { imagePlacements } from "../../src/contract/pod-containers.ts";
import type { WorkloadFacts } from "../../src/contract/workload-facts.ts";
import { type EvidencePiece, parseEvidence } from "../../src/evidence/file.ts";
import { declaredInputs } from "../../src/evidence/trial/inputs/declared-inputs.ts";
import { trialInputs } from "../../src/evidence/trial/inputs/trial-inputs.ts";
import { NO_OBJECTS } from "../../src/evidence/trial/namespace-objects.ts";
import { type Policy, policySchema } from "../../src/policy/policy.ts";
import { MemoryStore } from "../../src/server/examine/memory-store.ts";
import { serverCertificate } from "../../src/server/http/certificate.ts";
import { type AdmissionServer, serveAdmission } from "../../src/server/serve/serve.ts";
import type { VulnerabilityDatabase } from "../../src/vulnerabilities/database.ts";
import { admissionReview } from "../fixtures/admission-review.ts";
import { NOTARY, POLICY, PROVENANCE, provenance, scan } from "../fixtures/attested.ts";
import { type AttestedImage, attestedImage } from "../fixtures/attested-image.ts";
import { douane } from "../fixtures/douane.ts";
import { evidenceText } from "../fixtures/evidence-text.ts";
import { withLayer } from "../fixtures/image/image.ts";
import { layerOf } from "../fixtures/image/layer.ts";
import { container, deployment, type Manifest, podSpec, yaml } from "../fixtures/manifests.ts";
import { smallImage } from "../fixtures/small-image.ts";
import { trialFacts } from "../fixtures/trial-facts.ts";
import { advisory, dataOf } from "../fixtures/vulnerability-data.ts";
import { inFile } from "../fixtures/workload-facts.ts";
import { certificates } from "../kube/certificates.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");
const DAY = 86_400_000;
const TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";
const SBOM = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  components: [{ type: "library", name: "left-pad", version: "1.3.0", purl: "pkg:npm/left-pad@1.3.0" }],
};
const PROBE = { httpGet: { path: "/healthz", port: 8080 } };

const folder = mkdtempSync(join(tmpdir(), "douane-attested-deployment-"));
const { ca, webhook } = certificates(folder);
const certificate = serverCertificate({ ...webhook, certFile: "tls.crt", keyFile: "tls.key" });
const servers: AdmissionServer[] = [];
afterAll(async () => {
  await Promise.all(servers.map((server) => server.drain()));
  rmSync(folder, { recursive: true });
});

/** An image with a package and its SBOM. */
function image() {
  const layer = layerOf([
    { path: "app/node_modules/left-pad/package.json", content: '{"name":"left-pad","version":"1.3.0"}' },
    { path: "usr/share/sbom/app.cdx.json", content: JSON.stringify(SBOM) },
  ]);
  return withLayer(smallImage(), layer, { created_by: "COPY . /app # buildkit" });
}

function portal(target: string): Manifest {
  const app = container({
    image: target,
    ports: [{ containerPort: 8080 }],
    readinessProbe: PROBE,
    livenessProbe: PROBE,
    env: [{ name: "LOG_LEVEL", value: "info" }],
    envFrom: undefined,
  });
  const securityContext = { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } };
  return deployment({
    name: "portal",
    namespace: "team",
    pod: podSpec({ securityContext, containers: [app] }),
  });
}

/** The pod that the Deployment's ReplicaSet makes. */
function podOf(workload: Manifest): Manifest {
  const { template } = workload["spec"] as {
    readonly template: { readonly metadata: object; readonly spec: object };
  };
  const owner = {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    name: "portal-5d4f",
    uid: "r",
    controller: true,
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...template.metadata, name: "portal-1", namespace: "team", ownerReferences: [owner] },
    spec: template.spec,
  };
}

/** Attaches a made trial of a conforming server, as a trial of the image under its manifest. */
async function attachTrial({ cwd, target }: AttestedImage): Promise<void> {
  writeFileSync(join(cwd, "portal.yaml"), yaml(portal(target)));
  const seen = async (...argv: readonly string[]): Promise<EvidencePiece> => {
    await douane(["check", ...argv, "--save-evidence", "seen.json", "--quiet"], { cwd });
    const [piece] = parseEvidence(readFileSync(join(cwd, "seen.json"), "utf8"), "seen.json");
    if (piece === undefined) throw new Error("nothing was seen");
    return piece;
  };
  const workload = await seen("-f", "portal.yaml", "--no-images");
  const found = await seen(target);
  if (workload.kind !== "workload" || found.kind !== "image") throw new Error("other evidence");
  const facts = {
    imageId: found.image.imageId,
    envNames: ["HOSTNAME", "LOG_LEVEL", "PATH"],
    user: { runAs: "1000", supplementalGroups: [] },
    inputs: inputsOf(workload.workload),
  };
  const ranAs = { ...inFile(workload.workload), path: "spec.template.spec.containers[0]" };
  const { alone: _, ...rest } = found;
  const trial: EvidencePiece = { kind: "trial", trial: trialFacts({ facts }), ranAs, origin: found.origin };
  writeFileSync(join(cwd, "trial.json"), evidenceText([workload, rest, trial]));
  writeFileSync(join(cwd, "notary.key"), NOTARY.secretPem);
  const ended = await douane(["attest", target, "--trial", "trial.json", "--key", "notary.key"], { cwd });
  if (ended.exit !== 0) throw new Error(ended.stdout + ended.stderr);
}

/** Inputs of a trial under this manifest: it counts for every pod that is made of it. */
function inputsOf(workload: WorkloadFacts) {
  const [placement] = imagePlacements(workload);
  if (placement === undefined) throw new Error("no container");
  const declared = declaredInputs({ placed: { workload, placement }, objects: NO_OBJECTS });
  return trialInputs({
    alone: false,
    declared,
    given: [],
    withheld: [],
    ambiguous: [],
    settings: {},
    memoryBytes: 1_048_576,
    cpus: 0.1,
  });
}

interface Case {
  readonly attestations?: Partial<AttestationPolicy>;
  readonly vulnerabilities?: VulnerabilityDatabase;
  readonly now?: number;
}

/** Answer of a server with this policy, these data and this clock, which knows nothing yet. */
async function answered({ target, registry, cwd }: AttestedImage, given: Case) {
  const { now = NOW, vulnerabilities = DATA } = given;
  const [repository = ""] = target.split("@");
  const statements = { ...POLICY.statements, trial: { signers: ["notary"] } };
  const applications = [{ source: "https://gitlab.example/team/portal", repositories: [repository] }];
  const policy: Policy = policySchema.parse({
    enforceFuture: true,
    attestations: { ...POLICY, applications, statements, ...given.attestations },
    admission: { registries: [registry.host] },
  });
  const server = await serveAdmission(
    { policy, certificate, listen: { host: "127.0.0.1", port: 0 }, examines: true },
    {
      cwd,
      env: {},
      douane: "0.1.0",
      now: () => now,
      log: () => {},
      store: new MemoryStore(() => {}),
      vulnerabilities,
    },
  );
  servers.push(server);
  const body = admissionReview(podOf(portal(target)));
  return new Promise<{ readonly allowed: boolean; readonly message: string }>((resolve, reject) => {
    const sent = request(
      `${server.origin}/admission/validate?timeout=30s`,
      { method: "POST", ca, headers: { "content-type": "application/json", "content-length": body.length } },
      (incoming) => {
        let text = "";
        incoming.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        incoming.on("end", () => {
          const { response } = JSON.parse(text) as {
            readonly response: { readonly allowed: boolean; readonly status?: { readonly message: string } };
          };
          resolve({ allowed: response.allowed, message: response.status?.message ?? "" });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const DATA = dataOf({ ecosystems: ["npm"], date: "2026-06-14" });

test("with rows 13 to 15 enforced, an attested image is admitted, and refused by its clause once something no longer holds", async () => {
  const [attested, bare] = [await attestedImage({}, image()), await attestedImage({}, image())];
  await attachTrial(attested);
  await attested.attach(PROVENANCE, provenance());
  await attested.attach(TEST_RESULT, scan("sast"));
  await attested.attach(TEST_RESULT, scan("dast"));

  expect(await answered(attested, {})).toEqual({ allowed: true, message: "" });

  const removed = await answered(bare, {});
  expect(removed.allowed).toBe(false);
  expect(removed.message).toMatch(/2\.1 provenance .*: no\./);
  expect(removed.message).toMatch(/2\.3 scans .*: no\./);
  expect(removed.message).not.toMatch(/2\.2 sbom/);

  const revokedKeys = [{ id: NOTARY.id, from: "2026-06-01", reason: "the key was stolen" }];
  const revoked = await answered(attested, { attestations: { revokedKeys } });
  expect(revoked.allowed).toBe(false);
  expect(revoked.message).toMatch(/2\.1 provenance .*: no\./);
  expect(revoked.message).toContain("the key was stolen");

  const statements = {
    ...POLICY.statements,
    trial: { signers: ["notary"] },
    sast: { signers: ["notary"], maximumAgeDays: 7 },
    dast: { signers: ["notary"], maximumAgeDays: 7 },
  };
  const old = await answered(attested, {
    attestations: { statements },
    now: NOW + 8 * DAY,
    vulnerabilities: dataOf({ ecosystems: ["npm"], date: "2026-06-22" }),
  });
  expect(old.allowed).toBe(false);
  expect(old.message).toMatch(/2\.3 scans .*: no\./);
  expect(old.message).not.toMatch(/2\.2 sbom/);

  const critical = dataOf({
    date: "2026-06-15",
    advisories: [
      advisory({
        id: "GHSA-xxxx-xxxx-xxxx",
        ecosystem: "npm",
        package: "left-pad",
        fixed: "1.3.1",
        severities: [
          { by: "GHSA", word: "critical", vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
        ],
      }),
    ],
  });
  const vulnerable = await answered(attested, { vulnerabilities: critical });
  expect(vulnerable.allowed).toBe(false);
  expect(vulnerable.message).toMatch(/2\.2 sbom .*: no\./);
  expect(vulnerable.message).toContain("GHSA-xxxx-xxxx-xxxx");
  expect(vulnerable.message).not.toMatch(/2\.1 provenance|2\.3 scans/);
});
