// Compares the AdmissionReviews of the fake API server, field by field, with those that a real one sent:
// node test/kube/recorded-reviews.ts FOLDER. The recorded bodies are no part of this repository.

import { execFile } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resourceOf } from "./admission.ts";
import { ApiServer } from "./api-server.ts";
import { Recorder } from "./recorder.ts";

const CONTAINER = { image: "r.example/app:1", name: "a" };
const POD_SPEC = { containers: [CONTAINER], securityContext: { runAsNonRoot: true } };
const IN_HOOK = { namespace: "hook" };
const JOB = "cj-29925471";
const owner = (apiVersion: string, kind: string, name: string) => ({
  apiVersion,
  kind,
  name,
  uid: "9677bb46-a796-4193-8586-e36a25f7b4ff",
  controller: true,
  blockOwnerDeletion: true,
});
const JOB_LABELS = {
  "batch.kubernetes.io/controller-uid": "26587ffe-9220-4a9f-bdfe-6d2d844b9fce",
  "batch.kubernetes.io/job-name": JOB,
  "controller-uid": "26587ffe-9220-4a9f-bdfe-6d2d844b9fce",
  "job-name": JOB,
};

/** Carries out what was recorded, with kubectl and as the controller manager. */
async function replay(server: ApiServer, folder: string): Promise<void> {
  const kubectl = (input: object | undefined, ...argv: readonly string[]) =>
    runKubectl(folder, argv, input === undefined ? "" : JSON.stringify(input));
  const labels = { app: "web" };
  await kubectl(
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", ...IN_HOOK },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: POD_SPEC },
      },
    },
    "apply",
    "-f",
    "-",
  );
  const pod = (name: string) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, ...IN_HOOK },
    spec: POD_SPEC,
  });
  await kubectl(pod("g2"), "apply", "-f", "-", "--dry-run=server");
  await kubectl(pod("good"), "apply", "-f", "-");
  await kubectl(undefined, "run", "bad", "--image=r.example/app:1", "-n", "hook");
  await kubectl(
    undefined,
    "debug",
    "good",
    "-n",
    "hook",
    "--image=r.example/dbg:1",
    "--target=a",
    "--profile=general",
    "--",
    "sleep",
    "1",
  );
  await kubectl(undefined, "label", "pod", "good", "-n", "hook", "x=y");
  await kubectl(
    undefined,
    "delete",
    "pod",
    "good",
    "-n",
    "hook",
    "--grace-period=0",
    "--force",
    "--wait=false",
  );
  await asController(server, "/apis/batch/v1/namespaces/hook/jobs", {
    metadata: {
      name: JOB,
      annotations: { "batch.kubernetes.io/cronjob-scheduled-timestamp": "2026-11-24T13:51:00Z" },
      ownerReferences: [owner("batch/v1", "CronJob", "cj")],
    },
    spec: { template: { spec: { ...POD_SPEC, restartPolicy: "Never" } } },
  });
  await asController(server, "/api/v1/namespaces/hook/pods", {
    metadata: {
      generateName: `${JOB}-`,
      labels: JOB_LABELS,
      finalizers: ["batch.kubernetes.io/job-tracking"],
      ownerReferences: [owner("batch/v1", "Job", JOB)],
    },
    spec: { ...POD_SPEC, restartPolicy: "Never" },
  });
}

/** kubectl blocks this process, in which the fake lives, unless it runs in the background. */
async function runKubectl(folder: string, argv: readonly string[], input: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const env = { ...process.env, KUBECONFIG: join(folder, "kubeconfig"), HOME: folder };
  const child = execFile("kubectl", argv, { env }, (error, _, stderr) =>
    error === null ? resolve() : reject(new Error(`kubectl ${argv.join(" ")}: ${stderr}`)),
  );
  child.stdin?.end(input);
  await promise;
}

async function asController(server: ApiServer, path: string, body: object): Promise<void> {
  const { ca, controllerManager } = server.certificates;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const headers = { "content-type": "application/json", "user-agent": "kube-controller-manager/v1.34.9" };
  const sent = request(
    new URL(path, server.url),
    { method: "POST", ca, ...controllerManager, headers },
    (response) => {
      response
        .resume()
        .on("end", () =>
          response.statusCode === 201 ? resolve() : reject(new Error(`${path}: ${response.statusCode}`)),
        );
    },
  );
  sent.on("error", reject).end(JSON.stringify(body));
  await promise;
}

/** Values that differ from run to run, by a pattern of their text. */
const VOLATILE: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UUID"],
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g, "TIME"],
  [/X509SHA256=[0-9a-f]{64}/g, "X509SHA256=…"],
  [/debugger-[a-z0-9]{5}/g, "debugger-…"],
  [/(cj-29925471-)[a-z0-9]{5}/g, "$1…"],
  [/"(resourceVersion|generation)":"?\d+"?/g, '"$1":0'],
];

function normal(body: unknown): string {
  const text = VOLATILE.reduce(
    (all, [pattern, value]) => all.replace(pattern, value),
    JSON.stringify(sorted(body)),
  );
  return JSON.stringify(sorted(JSON.parse(text)), null, 1);
}

/** Fields in the order of their names, lists of managed fields in that of their texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    const isManaged = items.some((one) => typeof one === "object" && one !== null && "fieldsV1" in one);
    return isManaged ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Lines that only one of the two texts has. */
function differences(expected: string, actual: string): readonly string[] {
  const [before, after] = [expected, actual].map((text) =>
    text.split("\n").map((line) => line.replace(/,$/, "")),
  );
  const counts = new Map<string, number>();
  for (const line of before ?? []) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of after ?? []) counts.set(line, (counts.get(line) ?? 0) - 1);
  return [...counts]
    .filter(([, count]) => count !== 0)
    .map(([line, count]) => `${count > 0 ? "-" : "+"} ${line.trim()}`);
}

interface Review {
  readonly request: {
    readonly operation: string;
    readonly kind: { readonly kind: string };
    readonly dryRun?: boolean;
    readonly userInfo: { readonly username: string };
    readonly name?: string;
    readonly subResource?: string;
  };
}

/** What tells the reviews of the replay apart. */
function nameOf({ request }: Review): string {
  const { operation, kind, dryRun, userInfo, name = "", subResource = "" } = request;
  const dry = dryRun === true ? "dry run" : "";
  return [operation, kind.kind, subResource, dry, userInfo.username, name.replace(/^(cj-\d+).*$/, "$1")].join(
    " ",
  );
}

async function main([source = ""]: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "douane-recorded-"));
  const server = await ApiServer.start(folder);
  const recorder = await Recorder.start(server.certificates.webhook);
  try {
    server.storage.put(resourceOf("namespaces"), {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "hook" },
    });
    server.storage.put(
      resourceOf("validatingwebhookconfigurations"),
      recorder.configuration(server.certificates.ca),
    );
    writeFileSync(join(folder, "kubeconfig"), server.kubeconfig);
    await replay(server, folder);
    let count = 0;
    const files = globSync("*.json", { cwd: source }).toSorted();
    for (const file of files) {
      const recorded = JSON.parse(readFileSync(join(source, file), "utf8"));
      const own = recorder.bodies.find((one) => nameOf(one as Review) === nameOf(recorded));
      const lines =
        own === undefined ? ["the fake sent no such review"] : differences(normal(recorded), normal(own));
      process.stdout.write(
        `${file}: ${lines.length} differences\n${lines.map((line) => `  ${line}\n`).join("")}`,
      );
      count += lines.length;
    }
    process.stdout.write(`${files.length} bodies, ${count} differences\n`);
    return files.length > 0 && count === 0 ? 0 : 1;
  } finally {
    await recorder.stop();
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
