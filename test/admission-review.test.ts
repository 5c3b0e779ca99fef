// The answer to an AdmissionReview is the answer of `douane check` to the same manifest.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { VERSION } from "../src/cli/process/version.ts";
import type { VerdictDocument } from "../src/verdicts/report-schema.ts";
import { verdictDocument } from "../src/verdicts/write-verdict.ts";
import { admissionReview, asStored, UID } from "./fixtures/admission-review.ts";
import { recordedPorts } from "./fixtures/assessment.ts";
import { douane } from "./fixtures/douane.ts";
import { serveImage } from "./fixtures/fake-registry.ts";
import { judgeAdmissionReview } from "./fixtures/judge-admission-review.ts";
import { container, cronJob, deployment, type Manifest, pod, podSpec, yaml } from "./fixtures/manifests.ts";
import { smallImage } from "./fixtures/small-image.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-admission-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const VOLUME = { name: "plugins", image: { reference: "registry.example/aides/plugins:latest" } };
const MOUNT = { name: "plugins", mountPath: "/plugins", readOnly: true };

const MANIFESTS: Readonly<Record<string, Manifest>> = {
  "a Deployment": deployment(),
  "a Deployment on the host's network, with a secret in plain text": deployment({
    pod: podSpec({
      hostNetwork: true,
      containers: [container({ env: [{ name: "DB_PASSWORD", value: "hV7-pq2Lx9-Zt4w" }] })],
    }),
  }),
  "a Pod": pod(),
  "a CronJob": cronJob(),
  "a bare Pod with an image volume": pod({
    pod: podSpec({
      containers: [container({ volumeMounts: [MOUNT] })],
      volumes: [VOLUME],
    }),
  }),
  "an invalid Deployment": deployment({
    name: "Web_1",
    pod: podSpec({
      hostNetwork: "yes",
      containers: [container(), container({ ports: [{ containerPort: 0 }] })],
    }),
  }),
  "a Pod whose image is no reference": pod({
    pod: podSpec({ containers: [container({ image: "Bad Image" })] }),
  }),
};

/** The manifests with the host of a registry that serves one image under every name, until the test ends. */
async function served<M extends Manifest | readonly Manifest[]>(manifests: M): Promise<M> {
  const { host } = await serveImage(smallImage());
  return JSON.parse(JSON.stringify(manifests).replaceAll("registry.example", host)) as M;
}

async function checked(manifest: Manifest, ...flags: readonly string[]): Promise<readonly VerdictDocument[]> {
  writeFileSync(join(cwd, "app.yaml"), yaml(manifest));
  const { stdout } = await douane(["check", "-f", "app.yaml", "--no-cache", "--format", "json", ...flags], {
    cwd,
  });
  return (JSON.parse(stdout) as { verdicts: VerdictDocument[] }).verdicts;
}

async function reviewed(object: Manifest, readImages: boolean) {
  const { ports } = recordedPorts({
    cwd,
    douane: VERSION,
    today: "2026-06-15",
    judgedAt: "2026-06-15T12:00:00.000Z",
  });
  const { response, verdicts } = await judgeAdmissionReview(admissionReview(object), { readImages }, ports);
  return {
    response,
    verdicts: JSON.parse(JSON.stringify(verdicts.map(verdictDocument))) as VerdictDocument[],
  };
}

/** Rows without the place of their findings: a file has lines, an object a UID. */
function rowsOf(verdicts: readonly VerdictDocument[]): unknown {
  const placeless = ({ at, ...rest }: VerdictDocument["rows"][number]["notes"][number]) => ({
    ...rest,
    path: at?.path,
  });
  return verdicts.map(({ subject, admitted, rows }) => ({
    name: subject.name,
    images: subject.images,
    admitted,
    rows: rows.map((row) => ({
      ...row,
      findings: row.findings.map(placeless),
      notes: row.notes.map(placeless),
    })),
  }));
}

describe.each(Object.entries(MANIFESTS))("%s", (_, sketch) => {
  test.each([
    ["its images read", true, []],
    ["its images not read", false, ["--no-images"]],
  ] as const)(
    "%s: every row as check gives it, with proofs, findings and doubts",
    async (__, reads, flags) => {
      const manifest = await served(sketch);
      const { response, verdicts } = await reviewed(manifest, reads);
      const expected = await checked(manifest, ...flags);
      expect(expected.length).toBe(1);
      expect(rowsOf(verdicts)).toEqual(rowsOf(expected));
      const valid = verdicts
        .flatMap(({ subject }) => subject.images)
        .filter((one) => one.reference !== "Bad Image");
      for (const image of valid) expect(image.imageId !== undefined).toBe(reads);
      expect(response).toMatchObject({
        uid: UID,
        allowed: expected.every(({ admitted }) => admitted === "yes"),
      });
    },
  );

  test("as the API server stores it, with its defaults: the same answers", async () => {
    const manifest = await served(sketch);
    const answers = (verdicts: readonly VerdictDocument[]) =>
      verdicts.map(({ admitted, rows }) => [admitted, ...rows.map(({ id, answer }) => `${id}: ${answer}`)]);
    const { verdicts } = await reviewed(asStored(manifest), true);
    expect(answers(verdicts)).toEqual(answers(await checked(manifest)));
  });
});

test("a finding names its field of the object, by UID, and the subject its version", async () => {
  const { verdicts } = await reviewed(asStored(deployment({ pod: podSpec({ hostNetwork: true }) })), false);
  const [verdict] = verdicts;
  expect(verdict?.subject.workload).toMatchObject({ in: "api", uid: UID, resourceVersion: "1204" });
  const host = verdict?.rows.find(({ id }) => id === "no-host-access")?.findings[0];
  expect(host?.at).toEqual({ uid: UID, path: "spec.template.spec.hostNetwork" });
});

test("an object that starts nothing has no verdict, and one that cannot be judged is not allowed", async () => {
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "aides" },
    spec: {},
  };
  expect(await reviewed(service, false)).toMatchObject({ response: { allowed: true }, verdicts: [] });
  const rollout = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata: { name: "web", namespace: "aides" },
    spec: { workloadRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" } },
  };
  expect(await reviewed(rollout, false)).toMatchObject({ response: { allowed: false }, verdicts: [] });
});

test("no secret of the object leaves the review", async () => {
  const env = [{ name: "DB_PASSWORD", value: "hV7-pq2Lx9-Zt4w" }];
  const { verdicts } = await reviewed(
    deployment({ pod: podSpec({ containers: [container({ env })] }) }),
    false,
  );
  expect(JSON.stringify(verdicts)).not.toContain("hV7-pq2Lx9-Zt4w");
});

test("reviews at the same time say what each says alone", async () => {
  const objects = await served(Object.values(MANIFESTS));
  const alone: unknown[] = [];
  for (const object of objects) alone.push(await reviewed(object, true));
  expect(new Set(alone.map((one) => JSON.stringify(one))).size).toBe(objects.length);
  expect(await Promise.all(objects.map((object) => reviewed(object, true)))).toEqual(alone);
});
