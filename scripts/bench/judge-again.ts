// `node scripts/bench/judge-again.ts FOLDER OTHER [IMAGES]`: judges pods of images of 300 components from stored
// evidence, in full, by vulnerability data (FOLDER of `douane vulns import --data`), then all again by those of OTHER;
// prints the CPU of node and of an embedded PostgreSQL for each. Build first.

import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EvidencePort } from "../../src/assess/run/evidence-port.ts";
import { sha256 } from "../../src/contract/digest.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import { podSubject } from "../../src/server/admission/subject.ts";
import { judgeSubject } from "../../src/server/examine/judge.ts";
import { rememberedAnswers } from "../../src/server/serve/remembered-answers.ts";
import { openStore } from "../../src/server/store/open-store.ts";
import { openDatabase } from "../../src/vulnerabilities/database/open-database.ts";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import { container, podSpec } from "../../test/fixtures/manifests.ts";
import { smallImage } from "../../test/fixtures/small-image.ts";
import { componentsOf, namesIn } from "./rejudge/components.ts";
import { serverSeconds } from "./rejudge/server-seconds.ts";
import { DOUANE } from "./subjects.ts";

const [before = "", after = "", count = "1000"] = process.argv.slice(2);
const IMAGES = Number(count);
const NOW = Date.now();
const TODAY = new Date(NOW).toISOString().slice(0, 10);
const NONE = `sha256:${"0".repeat(64)}` as const;
const PROBE = { httpGet: { path: "/healthz", port: 8080 } };

const names = namesIn(before);
const numbers = new Map<string, number>(
  Array.from({ length: IMAGES }, (_, index) => [digestOf(index), index]),
);
const folder = mkdtempSync(join(tmpdir(), "douane-bench-"));
chmodSync(folder, 0o755);
const store = await openStore({ folder: join(folder, "data") }, { douane: "0.1.0" });
try {
  const sample = sampleEvidence();
  const { evidence } = store;
  const collecting: EvidencePort = {
    async find(key) {
      const text = evidenceOf(numbers.get(key.digest) ?? 0, sample);
      await evidence.keep(key, key.digest, text);
      return { text, collectedAt: new Date(NOW).toISOString() };
    },
    keep: async () => {},
  };
  await judgeAll("evidence stored, and judged", before, collecting);
  await judgeAll("judged again by other data", after, evidence);
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Judges every image by the data of a folder. */
async function judgeAll(what: string, data: string, evidence: EvidencePort): Promise<void> {
  const vulnerabilities = rememberedAnswers(openDatabase(data, TODAY));
  const begun = {
    node: process.cpuUsage(),
    server: serverSeconds(join(folder, "data")),
    at: performance.now(),
  };
  const writes: Promise<void>[] = [];
  const ports = {
    cwd: "/",
    env: {},
    douane: "0.1.0",
    now: () => NOW,
    evidence,
    vulnerabilities,
    onCompared: (image: Digest, answers: ReadonlyMap<string, string>) =>
      void writes.push(store.dataIndex.keepAnswers(image, answers)),
  };
  const { signal } = new AbortController();
  for (let index = 0; index < IMAGES; index++) {
    const subject = subjectOf(index);
    const key = { subject: subject.digest, policy: NONE, rules: NONE };
    const judged = await judgeSubject(
      subject,
      key,
      true,
      { policy: { platform: "linux/amd64" } },
      ports,
      signal,
    );
    if (judged.problems.length > 0) throw new Error(JSON.stringify(judged.problems));
    await Promise.all(writes.splice(0));
  }
  const { user, system } = process.cpuUsage(begun.node);
  const [node, server] = [
    (user + system) / 1_000,
    (serverSeconds(join(folder, "data")) - begun.server) * 1_000,
  ];
  const each = (ms: number) => `${(ms / IMAGES).toFixed(1)} ms`;
  const seconds = ((performance.now() - begun.at) / 1_000).toFixed(1);
  process.stdout.write(
    `${what}: ${IMAGES} images in ${seconds} s; CPU for each: node ${each(node)}, PostgreSQL ${each(server)}\n`,
  );
  vulnerabilities.close();
}

function digestOf(index: number) {
  return sha256(`image ${index}`);
}

function nameOf(index: number): string {
  return `registry.example/team/app-${index}@${digestOf(index)}`;
}

function subjectOf(index: number) {
  const web = container({
    image: nameOf(index),
    ports: [{ containerPort: 8080 }],
    readinessProbe: PROBE,
    livenessProbe: PROBE,
    env: undefined,
    envFrom: undefined,
  });
  const securityContext = { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } };
  const spec = podSpec({ securityContext, containers: [web] });
  return podSubject(
    { apiVersion: "v1", kind: "Pod", metadata: { name: "app", namespace: "team" }, spec },
    "team",
  );
}

interface Sample {
  readonly file: object;
  readonly piece: {
    readonly reference: object;
    readonly image: object;
    readonly sbom: { readonly packages: object };
  };
}

/** Evidence of a small image, as douane writes it. */
function sampleEvidence(): Sample {
  const [layout, path] = [join(folder, "layout"), join(folder, "evidence.json")];
  writeLayout(smallImage(), layout, { ref: "1.0" });
  const [node = "", ...douane] = DOUANE;
  spawnSync(node, [...douane, "check", `oci:${layout}`, "--no-cache", "--save-evidence", path]);
  const { evidence, ...file } = JSON.parse(readFileSync(path, "utf8"));
  const [{ alone: _, ...piece }] = evidence;
  return { file, piece };
}

/** Evidence of an image with fabricated components. */
function evidenceOf(index: number, { file, piece }: Sample): string {
  const components = componentsOf(index, names);
  const os = components[0]?.os;
  const [repository, digest] = [`team/app-${index}`, digestOf(index)];
  const found = components.map(({ facts }) => ({
    ...facts,
    path: os !== undefined && facts.type === components[0]?.facts.type ? "/packages" : `/app/${facts.name}`,
    layer: 0,
    cataloger: "bench",
  }));
  const packages = { ...piece.sbom.packages, ...(os === undefined ? {} : { os }), components: found };
  const one = {
    ...piece,
    reference: { ...piece.reference, given: nameOf(index), registry: "registry.example", repository, digest },
    image: { ...piece.image, source: nameOf(index), digest },
    sbom: { ...piece.sbom, packages },
  };
  return JSON.stringify({ ...file, evidence: [one] });
}
