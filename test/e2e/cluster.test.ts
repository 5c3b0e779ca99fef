// The base of an installation, as docs/usage/cluster.md has it applied: rendered by Debian's kubectl, taken by the fake
// API server, run by processes of the bundle, and asked by its Service.

import { execFile } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadAll } from "js-yaml";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueLeaf } from "../../src/server/authority/authority.ts";
import type { Decision } from "../../src/server/ports.ts";
import { entriesOf } from "../../src/server/store/audit-log.ts";
import { openExisting } from "../../src/server/store/open-existing.ts";
import { DEADLINE_MS } from "../fixtures/deadline.ts";
import { douane } from "../fixtures/douane.ts";
import { ROOT } from "../fixtures/imports.ts";
import { pod } from "../fixtures/manifests.ts";
import { type TestServer, testServer } from "../fixtures/postgresql.ts";
import { shellBlocks } from "../fixtures/shell-blocks.ts";
import { resourceOf } from "../kube/admission.ts";
import { type Cluster, startCluster } from "../kube/cluster.ts";
import { type RunningDeployment, runDeployment } from "../kube/run-deployment.ts";
import type { KubeObject } from "../kube/storage.ts";

/** Object as kubectl renders it; of a Deployment, with its spec. */
interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly [{ readonly image: string; readonly args: readonly string[] }];
        readonly volumes: readonly {
          readonly name: string;
          readonly secret?: { readonly secretName: string };
        }[];
      };
    };
  };
}

let cluster: Cluster;
let database: TestServer;
let running: RunningDeployment | undefined;
/** Copy of deploy/, as a platform has it. */
let deploy = "";

beforeAll(async () => {
  [cluster, database] = await Promise.all([startCluster(), testServer()]);
  deploy = join(cluster.folder, "deploy");
  cpSync(join(ROOT, "deploy"), deploy, { recursive: true });
  writeFileSync(join(deploy, "database.url"), (await database.emptyDatabase()).url);
});
afterAll(async () => {
  await running?.stop();
  await Promise.all([database.close(), cluster.stop()]);
});

/** Runs a block of shell of the documentation, as an administrator in the folder of the installation. */
async function run(block: string): Promise<string> {
  const env = { ...process.env, KUBECONFIG: join(cluster.folder, "kubeconfig"), HOME: cluster.folder };
  const { stdout } = await promisify(execFile)("bash", ["-ec", block], { cwd: deploy, env });
  return stdout;
}

test.each(["", ".fr"])("the page cluster%s.md installs it: afterwards, pods are judged", async (language) => {
  const blocks = shellBlocks(readFileSync(join(ROOT, `docs/usage/cluster${language}.md`), "utf8"));
  const other = shellBlocks(readFileSync(join(ROOT, "docs/usage/cluster.md"), "utf8"));
  expect(blocks).toEqual(other);
  if (language !== "") return;
  const [base = "", webhooks = ""] = blocks;
  const [namespace = "", secret = "", ...rest] = base.split("\n");
  await run(`${namespace}\n${secret}`);
  running = runDeployment(cluster, "douane", "douane");
  expect(await run(rest.join("\n"))).toContain('deployment "douane" successfully rolled out');
  expect(await run(webhooks)).toContain(
    "validatingwebhookconfiguration.admissionregistration.k8s.io/douane created",
  );
  const refused = await cluster.apply({ ...pod({ name: "bad", namespace: "default" }) });
  expect(refused.stderr).toMatch(
    /admission webhook "admission\.douane\.example" denied the request: douane: refused/,
  );
  expect((await cluster.apply(pod({ name: "bad", namespace: "kube-system" }))).code).toBe(0);
});

test("both replicas show one certificate, by an authority that the webhooks trust, and none changed a webhook", async () => {
  const { storage } = cluster.server;
  expect(running?.pods()).toHaveLength(2);
  const untils = (running?.pods() ?? []).map((one) => /certificate: [^"]*/.exec(one.said())?.[0]);
  expect(new Set(untils).size).toBe(1);
  expect(untils[0]).toMatch(/^certificate: DNS:douane\.douane\.svc, until /);
  const writes = cluster.server.requests.filter((line) => /^(?:PUT|PATCH|POST|DELETE) /.test(line));
  const secrets = writes.filter((line) => line.includes("/secrets/douane-tls"));
  // One replica made the certificate; what the other wrote at the same time was refused.
  expect(secrets.length).toBeGreaterThan(0);
  expect(storage.version).toBeGreaterThan(0);
  const { stdout } = await cluster.kubectl(
    "",
    "get",
    "validatingwebhookconfiguration",
    "douane",
    "-o",
    "yaml",
  );
  const [{ webhooks }] = loadAll(stdout) as [{ webhooks: [{ clientConfig: { caBundle: string } }] }];
  expect(Buffer.from(webhooks[0].clientConfig.caBundle, "base64").toString()).toBe(
    readFileSync(join(deploy, "webhooks", "ca.crt"), "utf8"),
  );
});

test("the component roles shares the base among three Deployments, of which the examiner has no right", async () => {
  const folder = join(deploy, "base", "kustomization.yaml");
  const whole = readFileSync(folder, "utf8");
  writeFileSync(folder, `${whole}components: [../roles]\n`);
  const rendered = await run("kubectl kustomize base");
  writeFileSync(folder, whole);
  const objects = loadAll(rendered) as readonly Rendered[];
  const deployments = objects.filter(({ kind }) => kind === "Deployment");
  const role = ({ spec }: Rendered) =>
    spec.template.spec.containers[0].args.find((each) => each.startsWith("--role="));
  expect(deployments.map((each) => [each.metadata.name, role(each)])).toEqual([
    ["douane", "--role=admission"],
    ["douane-examiner", "--role=examiner"],
    ["douane-watcher", "--role=watcher"],
  ]);
  // One policy and one image: an examiner takes what is to be judged by its own policy and rules alone.
  const shared = deployments.map(({ spec: { template } }) => [
    template.spec.containers[0].image,
    template.spec.volumes.find(({ name }) => name === "policy"),
  ]);
  expect(new Set(shared.map((each) => JSON.stringify(each))).size).toBe(1);
  // No pod has the database's user of another role, and none the owner's.
  const secretOf = ({ spec: { template } }: Rendered) =>
    template.spec.volumes.find(({ name }) => name === "database")?.secret?.secretName;
  expect(deployments.map(secretOf)).toEqual([
    "douane-database-admission",
    "douane-database-examiner",
    "douane-database-watcher",
  ]);
  expect(rendered.replaceAll(/douane-database-(?:admission|examiner|watcher)/g, "")).not.toContain(
    "douane-database",
  );
  const texts = (kind: string) =>
    objects.filter((each) => each.kind === kind).map((each) => JSON.stringify(each));
  expect([...texts("RoleBinding"), ...texts("ClusterRoleBinding")].join()).not.toContain("douane-examiner");
  const [examiner = ""] = texts("Deployment").filter((text) => text.includes("--role=examiner"));
  expect(examiner).not.toMatch(/serviceAccountToken|"secretName":"douane-tls"/);
  // The Service leads to admission alone.
  expect(texts("Service").join()).toContain('"selector":{"app.kubernetes.io/name":"douane"}');
  writeFileSync(join(deploy, "roles.yaml"), rendered);
  const { stdout } = await douane(["check", "-f", "roles.yaml", "--no-images", "--format", "json"], {
    cwd: deploy,
    env: {},
  });
  const { verdicts } = JSON.parse(stdout) as { verdicts: { rows: { id: string; answer: string }[] }[] };
  expect(verdicts).toHaveLength(3);
  for (const { rows } of verdicts) expect(rows.filter(({ answer }) => answer === "no")).toEqual([]);
});

/** Decisions in the audit log of a database. */
async function decisionsOf(url: string): Promise<readonly Decision[]> {
  const { database: opened, close } = await openExisting({ url });
  const found: Decision[] = [];
  try {
    for await (const { entry } of entriesOf(opened)) {
      const { decision } = JSON.parse(entry) as { readonly decision?: Decision };
      if (decision !== undefined) found.push(decision);
    }
  } finally {
    await close();
  }
  return found;
}

const DAY_MS = 86_400_000;

/** Makes the certificate of the installation one that has expired, by its own authority. */
function expireCertificate(): void {
  const { storage } = cluster.server;
  const secret = storage.get(resourceOf("secrets"), "douane", "douane-tls");
  const { data } = secret as unknown as { data: Record<string, string> };
  const [cert = "", key = ""] = ["ca.crt", "ca.key"].map((name) =>
    Buffer.from(data[name] ?? "", "base64").toString(),
  );
  const past = Date.now() - 100 * DAY_MS;
  const leaf = issueLeaf({ cert, key }, ["douane.douane.svc"], { now: past, until: Date.now() });
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  storage.put(resourceOf("secrets"), {
    ...(secret as KubeObject),
    data: { ...data, "tls.crt": base64(leaf.cert), "tls.key": base64(leaf.key) },
  });
}

test.each([
  ["the certificate has expired", expireCertificate],
  [
    "the authority is gone",
    () => {
      const { storage } = cluster.server;
      const secret = storage.get(resourceOf("secrets"), "douane", "douane-tls");
      if (secret !== undefined) storage.remove(resourceOf("secrets"), secret);
    },
  ],
])(
  "the replicas are dead, the database is gone and %s: the three commands of the page recovery.md heal it",
  async (cause, lose) => {
    const page = readFileSync(join(ROOT, "docs/usage/recovery.md"), "utf8");
    const french = readFileSync(join(ROOT, "docs/usage/recovery.fr.md"), "utf8");
    expect(shellBlocks(french)).toEqual(shellBlocks(page));
    const [commands = "", database_ = ""] = shellBlocks(page);
    const [open = "", start = "", close = "", ...others] = commands.split("\n");
    expect(others).toEqual([]);

    await running?.kill();
    const { url } = await database.emptyDatabase();
    writeFileSync(join(deploy, "database.url"), url);
    lose();
    const id = cause.replaceAll(" ", "-");
    const good = (name: string) => pod({ name: `${name}-${id}`, namespace: "default" });
    const stuck = await cluster.apply(good("stuck"));
    expect(stuck.stderr).toContain('no endpoints available for service "douane"');

    await run(open);
    for (const name of ["bypass", "second"])
      expect((await cluster.apply(good(name))).stdout).toBe(`pod/${name}-${id} created\n`);
    const debug = ["debug", `second-${id}`, "--image", "registry.example/tools/sh:1", "--container=shell"];
    expect((await cluster.kubectl("", ...debug, "--profile=general")).code).toBe(0);
    await run(database_);
    expect(await run(start)).toContain('deployment "douane" successfully rolled out');
    expect(await run(close)).toContain(
      "validatingwebhookconfiguration.admissionregistration.k8s.io/douane created",
    );

    const refused = await cluster.apply(good("judged"));
    expect(refused.stderr).toContain(
      'admission webhook "admission.douane.example" denied the request: douane: refused',
    );
    // What got in meanwhile is reported by the replica that watches.
    const reported = () =>
      (running?.pods() ?? [])
        .map((one) => one.said())
        .join("")
        .split("\n")
        .filter((line) => line.includes('"pod reported"') && line.includes(`bypass-${id}`));
    await expect.poll(() => reported().length, { timeout: DEADLINE_MS }).toBeGreaterThan(0);
    // The audit log has each pod that no decision let in, with its images.
    const unjudged = cluster.server.storage
      .list(resourceOf("pods"), "default")
      .map(({ metadata }) => metadata.name)
      .toSorted();
    expect(unjudged).toEqual(expect.arrayContaining([`bypass-${id}`, `second-${id}`]));
    const reportedNames = async () => {
      const all = await decisionsOf(url);
      const names = all.flatMap(({ kind, name }) => (kind === "reported" ? [name] : []));
      return [...new Set(names)].toSorted();
    };
    await expect.poll(reportedNames, { timeout: DEADLINE_MS }).toEqual(unjudged);
    const all = await decisionsOf(url);
    expect(all.filter(({ kind, namespace }) => kind === "admitted" && namespace === "default")).toEqual([]);
    // The new log is whole, and has the refusal.
    expect(all.find(({ kind, name }) => kind === "refused" && name === `judged-${id}`)).toBeDefined();
    const verified = await douane(["audit", "verify", "--database", url], { cwd: deploy, env: {} });
    expect([verified.exit, verified.stdout]).toEqual([0, expect.stringMatching(/The log is whole: [1-9]/)]);
  },
);
