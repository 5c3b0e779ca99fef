// New vulnerability data, the watcher, grace periods and the webhook together: two replicas on one PostgreSQL and a
// fake cluster, with a clock of the test.

import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attestImage } from "../../src/attest/attest-image.ts";
import { openStore as openArtifacts } from "../../src/attest/store/open-store.ts";
import { VERSION } from "../../src/cli/process/version.ts";
import { type Policy, policySchema } from "../../src/policy/policy.ts";
import { verifyChain } from "../../src/server/audit/verify-chain.ts";
import { judgedBy } from "../../src/server/examine/judge.ts";
import { serverCertificate } from "../../src/server/http/certificate.ts";
import type { Decision } from "../../src/server/ports.ts";
import { type AdmissionServer, serveAdmission } from "../../src/server/serve/serve.ts";
import { entriesOf } from "../../src/server/store/audit-log.ts";
import { openStore, type PostgresStore } from "../../src/server/store/open-store.ts";
import { type RunningWatcher, startWatcher } from "../../src/server/watch/start-watcher.ts";
import type { Advisory } from "../../src/vulnerabilities/advisory.ts";
import type { VulnerabilityDatabase } from "../../src/vulnerabilities/database.ts";
import { type ArtifactRegistry, artifactStore } from "../fixtures/artifact-registry.ts";
import { NOTARY, POLICY, SOURCE } from "../fixtures/attested.ts";
import { DEADLINE_MS } from "../fixtures/deadline.ts";
import { douane } from "../fixtures/douane.ts";
import { evidenceText } from "../fixtures/evidence-text.ts";
import { blobsOf, configOf, manifestOf, withLayer } from "../fixtures/image/image.ts";
import { layerOf } from "../fixtures/image/layer.ts";
import { container, podSpec } from "../fixtures/manifests.ts";
import { type TestServer, testServer } from "../fixtures/postgresql.ts";
import { smallImage } from "../fixtures/small-image.ts";
import { trialFacts } from "../fixtures/trial-facts.ts";
import { advisory, dataOf } from "../fixtures/vulnerability-data.ts";
import { resourceOf } from "./admission.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import type { KubeObject } from "./storage.ts";
import { clusterConnection, TIMES } from "./watching.ts";
import { webhookConfigurations } from "./webhook-configurations.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const PROBE = { httpGet: { path: "/healthz", port: 8080 } };
const REJUDGING = { lookMs: 100, againMs: 200, yieldMs: 20 };
const eventually = { timeout: DEADLINE_MS, interval: 50 };

/** Milliseconds by which the clock of all replicas is ahead. */
let ahead = 0;
const now = () => Date.now() + ahead;
const today = () => new Date(now()).toISOString().slice(0, 10);

let cluster: Cluster;
let database: TestServer;
let url = "";
let listener: Server;
let registry: Pick<ArtifactRegistry, "host" | "manifests" | "blobs">;
/** Paths that were asked of the registry, and layers of its images. */
const read: string[] = [];
const layers = new Set<string>();
/** Whether the registry answers. */
let isSilent = false;
let policy: Policy;
/** The policy as it is written. */
let written: { readonly platform: string; readonly attestations: object; readonly admission: object };
/** Images by the package that each has. */
const images = new Map<string, string>();

/** Pushes an image with one package of npm, its SBOM, and an attested trial. */
async function push(name: string): Promise<void> {
  const sbom = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    components: [{ type: "library", name, version: "1.3.0", purl: `pkg:npm/${name}@1.3.0` }],
  };
  const layer = layerOf([
    { path: `app/node_modules/${name}/package.json`, content: JSON.stringify({ name, version: "1.3.0" }) },
    { path: "usr/share/sbom/app.cdx.json", content: JSON.stringify(sbom) },
  ]);
  const image = withLayer(smallImage(), layer, { created_by: "COPY . /app # buildkit" });
  const { mediaType, digest, bytes } = manifestOf(image);
  layers.add(layer.digest);
  registry.manifests.set(digest, bytes);
  for (const blob of blobsOf(image)) registry.blobs.set(blob.digest, blob.bytes);
  const reference = `${registry.host}/team/app@${digest}`;
  images.set(name, reference);
  const facts = {
    imageId: configOf(image).digest,
    envNames: ["HOSTNAME", "PATH"],
    user: { runAs: "1000", supplementalGroups: [] },
  };
  const origin = { by: "own-run", douane: VERSION } as const;
  const evidence = JSON.parse(evidenceText([{ kind: "trial", trial: trialFacts({ facts }), origin }]));
  const place = openArtifacts(reference, { env: {}, cwd: "/" });
  const subjects = [{ mediaType, digest, size: bytes.length }];
  const predicates = [{ type: "urn:douane:trial:v1", content: { asserted: true, evidence } }];
  const repository = `${registry.host}/team/app`;
  await attestImage(
    place.store,
    {
      name: repository,
      subjects,
      predicates,
      sign: false,
      key: NOTARY.secret,
      layout: "bundle",
      now: new Date(),
    },
    { pause: async () => {}, warn: () => {} },
  );
  await place.close();
}

/** Process of the test that has a replica's store, server and watcher. */
interface Replica {
  readonly store: PostgresStore;
  readonly server: AdmissionServer;
  readonly watcher: RunningWatcher;
  readonly log: { readonly message: string; readonly [field: string]: unknown }[];
  stop(): Promise<void>;
}

/** @param isWatching false for a replica that only answers, by another policy */
async function startReplica(
  vulnerabilities: VulnerabilityDatabase,
  by: Policy = policy,
  isWatching = true,
): Promise<Replica> {
  const store = await openStore({ url }, { douane: VERSION });
  const lines: Replica["log"] = [];
  const log = (_: string, message: string, fields: object = {}) => void lines.push({ message, ...fields });
  const { webhook } = cluster.server.certificates;
  const certificate = serverCertificate({ ...webhook, certFile: "tls.crt", keyFile: "tls.key" });
  const shared = { cwd: cluster.folder, env: {}, douane: VERSION, now, log, store, vulnerabilities };
  await store.keepDocuments?.({ ...judgedBy({ policy: by }, shared) });
  let watcher: RunningWatcher | undefined;
  const server = await serveAdmission(
    { policy: by, certificate, listen: { host: "127.0.0.1", port: 0 }, examines: true },
    {
      ...shared,
      queue: store.queue,
      trials: store.trials,
      evidence: store.evidence,
      decided: (decision) => void watcher?.decided(decision),
    },
  );
  watcher = startWatcher(
    {
      connection: clusterConnection(cluster),
      exempt: new Set(["kube-system"]),
      lang: "en",
      follows: isWatching,
      registries: { cwd: cluster.folder, env: {} },
      alongside: (events, signal) => server.rejudge(events, signal, REJUDGING),
      times: {
        lease: { holdsMs: 1_500, giveUpMs: 1_000, renewMs: 100, requestMs: 800 },
        watch: TIMES,
      },
    },
    { store, log, record: (decision) => server.record(decision), now },
  );
  return {
    store,
    server,
    watcher,
    log: lines,
    async stop() {
      await Promise.all([server.drain(), watcher?.stop()]);
      await store.close();
    },
  };
}

let replicas: Replica[] = [];

const critical = (name: string, more: Partial<Advisory> = {}): Advisory =>
  advisory({
    id: `GHSA-${name}`,
    ecosystem: "npm",
    package: name,
    fixed: "2.0.0",
    severities: [{ by: "GHSA", word: "critical", vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
    ...more,
  });

/** A critical vulnerability of two packages, and malware. */
const CRITICAL = [
  critical("left-pad"),
  critical("pad-db"),
  critical("right-pad", { id: "MAL-2026-1", isMalware: true }),
];

let imports = 0;
/** Data of the last import. */
let current: VulnerabilityDatabase;

/** Data of this day with these records. */
function dataNow(...advisories: readonly Advisory[]): VulnerabilityDatabase {
  const data = dataOf({ ecosystems: ["npm"], advisories, date: today() });
  // An import of other records has another state.
  return { ...data, sources: data.sources.map((one) => ({ ...one, records: one.records + ++imports })) };
}

async function useData(...advisories: readonly Advisory[]): Promise<void> {
  const data = (current = dataNow(...advisories));
  for (const { server } of replicas) await server.useData(data);
}

/** Has the API server ask this replica from now on. */
function ask({ server }: Replica): void {
  const { ca } = cluster.server.certificates;
  const asked = webhookConfigurations(server.origin, ca)["validatingwebhookconfigurations"];
  if (asked !== undefined) cluster.put("validatingwebhookconfigurations", asked);
}

interface Template {
  readonly app: string;
  readonly image: string;
  readonly namespace?: string;
  readonly owner?: "ReplicaSet" | "StatefulSet";
}

let pods = 0;

/** The next pod that the workload's controller makes of its template. */
function podOf({ app, image, namespace = "team", owner = "ReplicaSet" }: Template): KubeObject {
  const number = pods++;
  const name = owner === "ReplicaSet" ? `${app}-5d4f-${number}` : `${app}-${number}`;
  const set = owner === "ReplicaSet" ? `${app}-5d4f` : app;
  const identity = owner === "ReplicaSet" ? {} : { hostname: name, subdomain: app };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace,
      labels: { app },
      ownerReferences: [
        { apiVersion: "apps/v1", kind: owner, name: set, uid: `${app}-rs`, controller: true },
      ],
    } as KubeObject["metadata"],
    spec: {
      ...podSpec({
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          container({
            image: images.get(image) ?? "",
            ports: [{ containerPort: 8080 }],
            readinessProbe: PROBE,
            livenessProbe: PROBE,
            env: undefined,
            envFrom: undefined,
          }),
        ],
      }),
      ...identity,
    },
  };
}

/** Stores the workload that owns the pods, so that it can have events. */
function putOwner({ app, owner = "ReplicaSet" }: Template): void {
  const typed = { apiVersion: "apps/v1", kind: owner };
  if (owner === "StatefulSet") {
    cluster.put("statefulsets", { ...typed, metadata: { name: app, namespace: "team", uid: `${app}-rs` } });
    return;
  }
  const ownerReferences = [
    { apiVersion: "apps/v1", kind: "Deployment", name: app, uid: `${app}-d`, controller: true },
  ];
  const metadata = { name: `${app}-5d4f`, namespace: "team", uid: `${app}-rs`, ownerReferences };
  cluster.put("replicasets", { ...typed, metadata });
}

/** Answer to the creation of a pod: what kubectl prints. */
async function created(template: Template): Promise<string> {
  const pod = podOf(template);
  const { stdout, stderr } = await cluster.apply(pod);
  if (stdout !== "") runs(pod);
  return `${stdout}${stderr}`;
}

/** Creates pods as a controller does, until one is let in. @returns the last answer */
async function retried(template: Template): Promise<string> {
  let said = "";
  const attempt = async () => (said = await created(template));
  await expect.poll(attempt, { timeout: DEADLINE_MS, interval: 300 }).toMatch(/^pod\/\S+ created$/m);
  return said;
}

/** As a kubelet does. */
function runs({ metadata: { name, namespace = "" } }: KubeObject): void {
  const pod = cluster.server.storage.get(resourceOf("pods"), namespace, name) as KubeObject;
  const [{ image = "" } = {}] = (pod["spec"] as { containers: { image?: string }[] }).containers;
  const containerStatuses = [{ name: "web", imageID: image }];
  cluster.put("pods", {
    ...pod,
    spec: { ...(pod["spec"] as object), nodeName: "node-1" },
    status: { phase: "Running", containerStatuses },
  });
}

const query = async <T extends object>(text: string): Promise<readonly T[]> =>
  (await (replicas[0] as Replica).store.database.pool.query<T>(text)).rows;

/** Decisions of the audit log, in their order. */
async function decisions(): Promise<readonly Decision[]> {
  const found: Decision[] = [];
  for await (const { entry } of entriesOf((replicas[0] as Replica).store.database)) {
    const { decision } = JSON.parse(entry) as { readonly decision?: Decision };
    if (decision !== undefined) found.push(decision);
  }
  return found;
}

/** Reasons of the events of a workload. */
const eventsOf = (name: string): readonly string[] =>
  cluster.server.storage
    .list(resourceOf("events"), "team")
    .filter((one) => (one["involvedObject"] as { name?: string }).name === name)
    .map((one) => String(one["reason"]));

const WEB: Template = { app: "web", image: "left-pad" };
const API: Template = { app: "api", image: "left-pad" };
const EVIL: Template = { app: "evil", image: "right-pad" };
const DB: Template = { app: "db", image: "pad-db", owner: "StatefulSet" };

beforeAll(async () => {
  [cluster, database] = await Promise.all([startCluster(), testServer()]);
  ({ url } = await database.emptyDatabase());
  const store = artifactStore({
    answer(incoming, response) {
      read.push(incoming.url ?? "");
      if (isSilent) response.writeHead(503).end();
      return isSilent;
    },
  });
  listener = createServer(store.answer);
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const host = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  registry = { host, ...store };
  for (const name of ["left-pad", "right-pad", "pad-db"]) await push(name);
  for (const name of ["team", "other"])
    cluster.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  for (const one of [WEB, API, EVIL, DB]) putOwner(one);
  written = {
    platform: "linux/amd64",
    attestations: {
      ...POLICY,
      applications: [{ source: SOURCE, repositories: [`${host}/team/app`] }],
      statements: { trial: { signers: ["notary"] } },
      rows: { provenance: { mode: "warn" }, scans: { mode: "warn" } },
    },
    admission: {
      registries: [host],
      futureRows: [{ mode: "enforce", rows: ["sbom"], namespaces: ["team", "other"], reason: "first" }],
      gracePeriod: { criticalDays: 7, endingPerHour: 1 },
    },
  };
  policy = policySchema.parse(written);
  current = dataNow();
  replicas = await Promise.all([startReplica(current), startReplica(current)]);
  ask(replicas[0] as Replica);
});

afterAll(async () => {
  await Promise.all(replicas.map((one) => one.stop()));
  listener.closeAllConnections();
  listener.close();
  await database.close();
  await cluster.stop();
});

test("what runs is admitted: two Deployments of one image, one of another, and a StatefulSet by one examination", async () => {
  for (const template of [WEB, API, EVIL, DB]) await retried(template);
  for (const template of [WEB, DB]) await retried(template);
  const count = "select count(distinct subject)::int as count from douane.running_pod";
  await expect.poll(async () => (await query<{ count: number }>(count))[0]?.count, eventually).toBe(4);
  const subjects = await query<{ count: number }>("select count(*)::int as count from douane.subject");
  expect(subjects).toEqual([{ count: 4 }]);
  expect((await decisions()).filter(({ kind }) => kind === "reported")).toEqual([]);
});

/** Changes of the policy, with what each answers for what runs, and the exit code of its preview. */
const NEXT: readonly (readonly [string, object, object, string, number])[] = [
  ["that enforces no future row", {}, { futureRows: [] }, "", 0],
  [
    "that enforces provenance",
    {},
    { futureRows: [{ mode: "enforce", rows: ["provenance"], namespaces: ["team"], reason: "next" }] },
    "would be refused",
    1,
  ],
  [
    "that takes trials of another signer",
    { statements: { trial: { signers: ["scanner"] } } },
    { futureRows: [] },
    "would be refused, for lack of proof",
    2,
  ],
  [
    "that lists another registry",
    {},
    { futureRows: [], registries: ["other.example"] },
    "would be refused",
    1,
  ],
];

test.each(NEXT)(
  "the preview of a policy %s says what its webhook then does, by stored evidence",
  async (_, attestations, admission, said, exit) => {
    const next = {
      ...written,
      attestations: { ...written.attestations, ...attestations },
      admission: { ...written.admission, ...admission },
    };
    writeFileSync(join(cluster.folder, "next.yaml"), JSON.stringify(next));
    read.length = 0;
    const argv = ["serve", "--preview", "next.yaml", "--database", url, "--no-cache"];
    const previewed = await douane(argv, { cwd: cluster.folder, env: {}, now: () => new Date() });
    expect([previewed.exit, previewed.stderr]).toEqual([exit, ""]);
    expect(read.filter((path) => [...layers].some((one) => path.endsWith(one)))).toEqual([]);
    const replica = await startReplica(dataNow(), policySchema.parse(next), false);
    ask(replica);
    try {
      for (const template of [WEB, API, EVIL, DB]) {
        const workload = `${template.owner ?? "Deployment"}/${template.app}`;
        const line = new RegExp(`^team · ${workload}: (.*)$`, "m").exec(previewed.stdout);
        expect(line?.[1] ?? "").toBe(said);
        const answer = async () => {
          const text = await created(template);
          return /being examined/.test(text) ? undefined : text;
        };
        const final = expect.stringMatching(said === "" ? /^pod\/\S+ created$/m : /denied the request/);
        await expect.poll(answer, eventually).toEqual(final);
      }
    } finally {
      ask(replicas[0] as Replica);
      await replica.stop();
    }
  },
);

test("replicas that restart with other data while the registry is silent let what ran restart, and nothing else", async () => {
  isSilent = true;
  try {
    await Promise.all(replicas.map((one) => one.stop()));
    current = dataNow(critical("other-pad"));
    replicas = await Promise.all([startReplica(current), startReplica(current)]);
    for (const replica of replicas) {
      ask(replica);
      for (const template of [WEB, DB]) expect(await created(template)).toMatch(/^pod\/\S+ created\n$/);
      expect(await created({ ...WEB, app: "new" })).toContain("denied the request");
    }
  } finally {
    isSilent = false;
  }
});

test("new data begin the grace period of what runs, and malware has none", async () => {
  await useData(...CRITICAL);
  for (const { app } of [WEB, API, DB])
    await expect.poll(() => eventsOf(app), eventually).toContain("DouaneGracePeriod");
  await expect.poll(() => eventsOf("evil"), eventually).toContain("DouaneRowRefused");
  expect(eventsOf("evil")).not.toContain("DouaneGracePeriod");
  const periods = await query<{ until: Date; subject: string }>(
    "select until, subject from douane.grace_period order by until",
  );
  expect(periods).toHaveLength(3);
  // One ends in each hour: the policy's cap.
  const hours = periods.map(({ until }) => Math.floor(until.getTime() / HOUR_MS));
  expect(new Set(hours).size).toBe(3);
});

test.each([0, 1])(
  "replica %i lets what ran restart, with a warning, and nothing else of the same image",
  async (which) => {
    ask(replicas[which] as Replica);
    for (const template of [WEB, API, DB]) {
      const said = await created(template);
      expect(said).toMatch(/^pod\/\S+ created$/m);
      expect(said).toContain("grace period until");
      expect(said).toContain("2.2 sbom");
    }
    const refused = [EVIL, { ...WEB, app: "new" }, { ...WEB, namespace: "other" }];
    for (const template of refused) {
      await expect.poll(() => created(template), eventually).toMatch(/denied the request[^]*2\.2 sbom/);
    }
  },
);

interface Period {
  readonly workload: string;
  readonly until: string;
}

/** Grace periods in the order of their ends, by the workload that runs. */
async function periods(): Promise<readonly Period[]> {
  const rows = await query<{ workload: string; body: string }>(
    `select distinct p.workload, g.body, g.until from douane.grace_period g
      join douane.running_pod p on p.subject = g.subject and p.namespace = g.namespace order by g.until`,
  );
  return rows.map(({ workload, body }) => ({
    workload,
    until: (JSON.parse(body) as { readonly until: string }).until,
  }));
}

const templateOf = ({ workload }: Period): Template =>
  [WEB, API, DB].find(({ app }) => workload.endsWith(`/${app}`)) as Template;

test("a kill of PostgreSQL and a restart of the replica that watches end no period, and begin none anew", async () => {
  const before = await periods();
  process.kill(database.pid() ?? 0, "SIGKILL");
  const index = replicas.findIndex(({ log }) => log.some(({ message }) => message === "watching pods"));
  const [other, watching] = [replicas[1 - index] as Replica, replicas[index] as Replica];
  ask(other);
  await watching.stop();
  await expect.poll(() => created(WEB), eventually).toMatch(/^pod\/\S+ created$/m);
  const started = await startReplica(current);
  replicas = [other, started];
  for (const replica of replicas) {
    ask(replica);
    for (const template of [WEB, API, DB]) expect(await retried(template)).toContain("grace period until");
  }
  await expect.poll(() => other.log.map(({ message }) => message), eventually).toContain("watching pods");
  expect(await periods()).toEqual(before);
});

test("while the registry is silent, the verdict of the last day counts for the period", async () => {
  isSilent = true;
  ahead = 60_000;
  try {
    expect(await retried(WEB)).toContain("grace period until");
    expect(await created({ ...WEB, app: "new" })).toContain("denied the request");
  } finally {
    isSilent = false;
  }
});

test("a clock that moves back lets nothing in by a period that it has not reached, and changes none", async () => {
  const before = await periods();
  ahead = -3 * DAY_MS;
  await expect.poll(() => created(WEB), eventually).toContain("denied the request");
  ahead = 2 * 60_000;
  expect(await retried(WEB)).toContain("grace period until");
  expect(await periods()).toEqual(before);
});

test("each period ends at its time, an hour after the one before, and afterwards its workload is refused", async () => {
  const [first, second, third] = (await periods()) as [Period, Period, Period];
  ahead = Date.parse(second.until) - Date.now() - 10 * 60_000;
  await useData(...CRITICAL);
  await expect.poll(() => created(templateOf(first)), eventually).toMatch(/denied the request[^]*2\.2 sbom/);
  for (const one of [second, third])
    expect(await retried(templateOf(one))).toContain(`grace period until ${one.until.slice(0, 16)}`);
  ahead += 2 * HOUR_MS;
  for (const one of [first, second, third])
    await expect.poll(() => created(templateOf(one)), eventually).toMatch(/denied the request[^]*2\.2 sbom/);
});

test("data that withdraw a vulnerability let its workload in again; when it comes back, its period is over", async () => {
  const before = await periods();
  await useData();
  expect(await retried(WEB)).not.toContain("grace period");
  await expect.poll(() => eventsOf("web"), eventually).toContain("DouaneRowSettled");
  await useData(...CRITICAL);
  await expect.poll(() => created(WEB), eventually).toMatch(/denied the request[^]*2\.2 sbom/);
  await expect.poll(() => created(WEB), eventually).not.toContain("grace period");
  expect(await periods()).toEqual(before);
});

test("every pod that a period let in is in the audit log, which is whole", async () => {
  const all = await decisions();
  const graced = all.filter(({ kind }) => kind === "grace");
  const running = cluster.server.storage
    .list(resourceOf("pods"), "team")
    .map(({ metadata }) => metadata.name);
  for (const { name, graceUntil, causes } of graced) {
    expect(running).toContain(name);
    expect(graceUntil).toMatch(/^20/);
    expect(causes.map(({ reason }) => reason)).toEqual(["sbom"]);
  }
  expect(graced.length).toBeGreaterThan(10);
  expect(all.filter(({ kind, namespace }) => kind === "grace" && namespace !== "team")).toEqual([]);
  expect(await verifyChain(entriesOf((replicas[0] as Replica).store.database))).toMatchObject({ damages: 0 });
});

test("on the first day, what would be refused is let in, listed and followed; the day after its last one, it is refused", async () => {
  const last = new Date(now() + DAY_MS).toISOString().slice(0, 10);
  const next = {
    ...written,
    admission: {
      ...written.admission,
      futureRows: [{ mode: "enforce", rows: ["provenance"], namespaces: ["team", "other"], reason: "next" }],
      observe: [{ namespace: "team", until: last, reason: "the first day" }],
    },
  };
  writeFileSync(join(cluster.folder, "next.yaml"), JSON.stringify(next));
  const argv = ["serve", "--preview", "next.yaml", "--database", url, "--no-cache"];
  const previewed = await douane(argv, { cwd: cluster.folder, env: {}, now: () => new Date(now()) });
  // A preview says what will be refused once nothing is observed any more.
  expect([previewed.exit, previewed.stderr]).toEqual([1, ""]);
  expect(previewed.stdout).toContain("team · Deployment/web: would be refused\n");
  const replica = await startReplica(dataNow(), policySchema.parse(next), false);
  ask(replica);
  try {
    const observing = new RegExp(
      `observing up to and including ${last} [^]*would be refused: 2\\.1 provenance`,
    );
    for (const template of [WEB, { ...WEB, app: "first" }]) {
      expect(await created(template)).toMatch(/^pod\/\S+ created$/m);
      await expect.poll(() => created(template), eventually).toMatch(observing);
    }
    await expect
      .poll(() => created({ ...WEB, namespace: "other" }), eventually)
      .toMatch(/denied the request[^]*2\.1 provenance/);
    const followed = "select distinct findings from douane.running_pod where name like 'first-%'";
    await expect.poll(() => query(followed), eventually).toEqual([{ findings: [] }]);
    const observed = (await decisions()).filter(({ kind }) => kind === "observed");
    expect(new Set(observed.map(({ observedUntil }) => observedUntil))).toEqual(new Set([last]));
    ahead += 2 * DAY_MS;
    for (const template of [WEB, { ...WEB, app: "first" }])
      await expect.poll(() => created(template), eventually).toMatch(/denied the request[^]*2\.1 provenance/);
  } finally {
    await replica.stop();
  }
});

test("nothing but events and leases was written to the API server", () => {
  const writes = cluster.server.requests.filter((line) => !line.startsWith("GET "));
  // The pods are the controllers' of this test.
  const others = writes.filter((line) => !/\/(?:events|leases|pods)(?:[/?]|$)/.test(line));
  expect([writes.length > 0, others]).toEqual([true, []]);
});
