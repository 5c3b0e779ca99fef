// Debian's kubectl against the fake API server: it behaves as a real one for what a user does, and so do the policies
// of `douane policies`.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { douane } from "../fixtures/douane.ts";
import { podWith } from "../fixtures/restricted-profile.ts";
import { resourceOf } from "./admission.ts";
import type { ApiServer } from "./api-server.ts";
import { type Cluster, startCluster } from "./cluster.ts";

let cluster: Cluster;
let server: ApiServer;

beforeAll(async () => {
  cluster = await startCluster();
  ({ server } = cluster);
});

afterAll(() => cluster.stop());

const kubectl: Cluster["kubectl"] = (...argv) => cluster.kubectl(...argv);
const apply: Cluster["apply"] = (...argv) => cluster.apply(...argv);

function pod(name: string, sets: Parameters<typeof podWith>[0] = {}): object {
  const { metadata: _, ...rest } = podWith(sets, "containers");
  const { ephemeralContainers: __, ...spec } = rest["spec"] as Record<string, unknown>;
  return { ...rest, metadata: { name }, spec };
}

function deployment(name: string, sets: Parameters<typeof podWith>[0] = {}): object {
  const labels = { app: name };
  const { spec } = pod(name, sets) as { spec: object };
  const template = { metadata: { labels }, spec };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: { selector: { matchLabels: labels }, template },
  };
}

describe("kubectl", () => {
  test("creates, reads, changes and deletes an object", async () => {
    expect(await apply(deployment("web"))).toMatchObject({
      code: 0,
      stdout: "deployment.apps/web created\n",
    });
    expect(await apply(deployment("web"))).toMatchObject({ stdout: "deployment.apps/web unchanged\n" });
    const changed = deployment("web", { "spec.terminationGracePeriodSeconds": 60 });
    expect(await apply(changed)).toMatchObject({ stdout: "deployment.apps/web configured\n" });
    const path =
      "jsonpath={.spec.template.spec.terminationGracePeriodSeconds} {.spec.template.spec.containers[*].name}";
    expect(await kubectl("", "get", "deploy", "web", "-o", path)).toMatchObject({ stdout: "60 web proxy" });
    expect((await kubectl("", "get", "deployments", "-A")).stdout).toMatch(
      /^NAMESPACE +NAME +AGE\ndefault +web /,
    );
    expect(await kubectl("", "delete", "deploy", "web")).toMatchObject({
      code: 0,
      stdout: 'deployment.apps "web" deleted\n',
    });
    expect(await kubectl("", "get", "deploy", "web")).toMatchObject({
      code: 1,
      stderr: 'Error from server (NotFound): deployments.apps "web" not found\n',
    });
  });

  test("writes nothing on a dry run of the server", async () => {
    expect((await apply(pod("dry"), "--dry-run=server")).stdout).toBe("pod/dry created (server dry run)\n");
    expect((await kubectl("", "get", "pod", "dry")).code).toBe(1);
  });

  test("waits for a condition, by a watch", async () => {
    await apply(pod("slow"));
    const waiting = kubectl("", "wait", "--for=condition=Ready", "pod/slow", "--timeout=60s");
    await expect
      .poll(() => server.requests.some((one) => /^GET .*pods.*watch=true/.test(one)), { timeout: 60_000 })
      .toBe(true);
    const object = server.storage.get(resourceOf("pods"), "default", "slow");
    if (object === undefined) throw new Error("no pod");
    server.storage.put(resourceOf("pods"), {
      ...object,
      status: { conditions: [{ type: "Ready", status: "True" }] },
    });
    expect(await waiting).toMatchObject({ code: 0, stdout: "pod/slow condition met\n" });
  });

  test("is told of a conflict where another one was faster", async () => {
    await apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "shared" }, data: { a: "1" } });
    const old = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "shared", resourceVersion: "1" },
      data: { a: "2" },
    };
    const { code, stderr } = await kubectl(JSON.stringify(old), "replace", "-f", "-");
    expect([code, stderr]).toEqual([1, expect.stringContaining("Error from server (Conflict)")]);
  });

  test("that watches from a version that was forgotten is told so", async () => {
    server.storage.put(resourceOf("configmaps"), {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "c", namespace: "default" },
    });
    server.storage.compact();
    server.storage.put(resourceOf("configmaps"), {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "d", namespace: "default" },
    });
    const { stdout } = await kubectl(
      "",
      "get",
      "--raw",
      "/api/v1/configmaps?watch=1&resourceVersion=1&timeoutSeconds=5",
    );
    expect(JSON.parse(stdout)).toMatchObject({ type: "ERROR", object: { code: 410, reason: "Expired" } });
  });

  test("without the administrator's certificate is nobody", async () => {
    const { stderr } = await kubectl(
      "",
      "get",
      "pods",
      "--client-certificate=",
      "--client-key=",
      "--token=x",
      "--kubeconfig=/dev/null",
      `--server=${server.url}`,
      "--insecure-skip-tls-verify",
    );
    expect(stderr).toContain("You must be logged in to the server");
  });
});

describe("douane policies", () => {
  test("are applied as printed, a second time without a change", async () => {
    const { stdout } = await douane(["policies", "--exempt", "ingress"]);
    expect((await kubectl(stdout, "apply", "-f", "-")).stdout.match(/ created$/gm)).toHaveLength(8);
    expect((await kubectl(stdout, "apply", "-f", "-")).stdout.match(/ unchanged$/gm)).toHaveLength(8);
  });

  test("refuse a pod with every reason, and let one in that conforms", async () => {
    const { code, stderr } = await apply(
      pod("bad", { "spec.hostPID": true, "c.securityContext.privileged": true }),
    );
    expect([code, stderr]).toEqual([
      1,
      `Error from server (Forbidden): error when creating "STDIN": pods "bad" is forbidden: \
ValidatingAdmissionPolicy 'douane-pods' with binding 'douane-pods' denied request: \
1.1-host-namespaces (hostPID): Remove hostNetwork, hostPID and hostIPC from the pod's spec. \
1.1-privileged (web): Remove \`privileged: true\` from the container's securityContext.
`,
    ]);
    expect(await apply(pod("good"))).toMatchObject({ code: 0, stdout: "pod/good created\n", stderr: "" });
  });

  test("complete a pod that lacks fields, and refuse a value that it has", async () => {
    const lacking = { "c.securityContext": undefined, "spec.securityContext.seccompProfile": undefined };
    expect(await apply(pod("lacking", lacking))).toMatchObject({ code: 0, stderr: "" });
    const { stdout } = await kubectl("", "get", "pod", "lacking", "-o", "json");
    expect(JSON.parse(stdout).spec).toMatchObject((pod("complete") as { spec: object }).spec);
    const explicit = { "c.securityContext.allowPrivilegeEscalation": true };
    expect((await apply(pod("explicit", explicit))).stderr).toContain("1.1-privilege-escalation (web)");
  });

  test("warn of a Deployment whose pods they would refuse, in the language asked for", async () => {
    const bad = deployment("bad", { "spec.hostNetwork": true });
    expect(await apply(bad)).toEqual({
      code: 0,
      stdout: "deployment.apps/bad created\n",
      stderr:
        "Warning: Validation failed for ValidatingAdmissionPolicy 'douane-workloads' with binding 'douane-workloads': " +
        "1.1-host-namespaces (hostNetwork): Remove hostNetwork, hostPID and hostIPC from the pod's spec.\n",
    });
    const { stdout } = await douane(["policies", "--deny-workloads", "--lang", "fr"]);
    await kubectl(stdout, "apply", "-f", "-");
    expect((await apply(deployment("worse", { "spec.hostNetwork": true }))).stderr).toContain(
      "1.1-host-namespaces (hostNetwork) : Retirer hostNetwork, hostPID et hostIPC de la spec du pod.",
    );
  });

  test("leave alone what was there before, unless its template changes", async () => {
    const labelled = await kubectl("", "label", "deployment", "bad", "tier=web");
    expect(labelled).toMatchObject({ code: 0, stdout: "deployment.apps/bad labeled\n" });
    const changed = deployment("bad", { "spec.hostNetwork": true, "spec.hostPID": true });
    expect((await apply(changed)).stderr).toContain("1.1-host-namespaces (hostNetwork, hostPID)");
  });

  test("refuse a pod in a namespace that its owner labels as exempt, and exempt those that are named", async () => {
    for (const name of ["team", "ingress"]) {
      await apply({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name, labels: { "kubernetes.io/metadata.name": "kube-system" } },
      });
    }
    const { stdout } = await douane(["policies", "--exempt", "ingress"]);
    await kubectl(stdout, "apply", "-f", "-");
    const bad = pod("bad", { "spec.hostPID": true });
    expect((await apply(bad, "-n", "team")).stderr).toContain("1.1-host-namespaces (hostPID)");
    expect((await apply(bad, "-n", "ingress")).stdout).toBe("pod/bad created\n");
    expect((await apply(bad, "-n", "kube-system")).stdout).toBe("pod/bad created\n");
  });

  test("refuse a privileged container that kubectl debug adds to a running pod, and complete another one", async () => {
    await apply(pod("running"));
    const refused = await kubectl(
      "",
      "debug",
      "running",
      "--image=busybox",
      "--profile=sysadmin",
      "--container=shell",
    );
    expect(refused.stderr).toContain("1.1-privileged (shell)");
    const object = () => server.storage.get(resourceOf("pods"), "default", "running");
    expect(object()?.["spec"]).not.toHaveProperty("ephemeralContainers");

    await kubectl("", "debug", "running", "--image=busybox", "--profile=legacy", "--container=shell");
    expect(object()?.["spec"]).toMatchObject({
      ephemeralContainers: [
        {
          name: "shell",
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    });
  });
});
