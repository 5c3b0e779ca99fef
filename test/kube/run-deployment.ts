// The kubelet and the controllers of one Deployment of the fake cluster: its pods are processes of this machine.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Started, start, until } from "../fixtures/bundled.ts";
import { resourceOf } from "./admission.ts";
import { ENDPOINTS } from "./call-webhook.ts";
import type { Cluster } from "./cluster.ts";
import type { KubeObject } from "./storage.ts";

interface Template {
  readonly spec: {
    readonly containers: readonly {
      readonly args: readonly string[];
      readonly env?: readonly { readonly name: string; readonly value: string }[];
      readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
    }[];
    readonly volumes: readonly {
      readonly name: string;
      readonly configMap?: { readonly name: string };
      readonly secret?: { readonly secretName: string };
    }[];
  };
}

/** A Deployment whose pods run. */
export interface RunningDeployment {
  /** Processes of the pods, of the newest template alone. */
  readonly pods: () => readonly Started[];
  /** Ends the pods, as nodes that lose their power do. */
  kill(): Promise<void>;
  /** Ends pods and controllers. @throws what went wrong in a rollout */
  stop(): Promise<void>;
}

/**
 * Runs a Deployment of douane now and after each change of its template: new pods first, then the old ones are
 * stopped. Pods that are killed are not started again by themselves. Behind the Service are those that are ready.
 */
export function runDeployment(cluster: Cluster, namespace: string, name: string): RunningDeployment {
  const { storage } = cluster.server;
  const resource = resourceOf("deployments");
  let pods: readonly Started[] = [];
  let template = "";
  let rollout = 0;
  const problems: unknown[] = [];

  function status(ready: number): void {
    const deployment = storage.get(resource, namespace, name);
    if (deployment === undefined) return;
    const { replicas = 1 } = deployment["spec"] as { readonly replicas?: number };
    const counts = { updatedReplicas: ready, readyReplicas: ready, availableReplicas: ready };
    const { generation = 1 } = deployment.metadata as { readonly generation?: number };
    storage.put(resource, {
      ...deployment,
      status: { observedGeneration: generation, replicas, ...counts },
    });
  }

  async function rolledOut(deployment: KubeObject, current: number): Promise<void> {
    status(0);
    const { replicas = 1, template: of } = deployment["spec"] as {
      readonly replicas?: number;
      readonly template: Template;
    };
    const folder = join(cluster.folder, `pod-${current}`);
    const started = Array.from({ length: replicas }, () => startPod(cluster, namespace, of, folder));
    const old = pods;
    pods = started;
    await Promise.all(started.map((pod) => until(pod, () => pod.said().includes('"listening"'))));
    ENDPOINTS.set(`${namespace}/${name}`, started.map(originOf));
    for (const pod of old) pod.child.kill();
    await Promise.all(old.map(({ ended }) => ended));
    status(replicas);
  }

  function look(deployment: KubeObject | undefined): void {
    const next = JSON.stringify(
      (deployment?.["spec"] as { template?: Template } | undefined)?.template ?? "",
    );
    if (deployment === undefined || next === template) return;
    template = next;
    rollout += 1;
    const current = rollout;
    queueMicrotask(() => void rolledOut(deployment, current).catch((error: unknown) => problems.push(error)));
  }

  const unsubscribe = storage.subscribe((event) => {
    if (event.resource === resource && event.object.metadata.name === name) look(event.object);
  });
  look(storage.get(resource, namespace, name));
  async function kill(): Promise<void> {
    for (const { child } of pods) child.kill("SIGKILL");
    await Promise.all(pods.map(({ ended }) => ended));
    ENDPOINTS.set(`${namespace}/${name}`, []);
  }

  return {
    pods: () => pods,
    kill,
    async stop() {
      unsubscribe();
      await kill();
      const [problem] = problems;
      if (problem !== undefined) throw problem;
    },
  };
}

function originOf(pod: Started): string {
  return /https:\/\/127\.0\.0\.1:\d+/.exec(pod.said())?.[0] ?? "";
}

/** Starts the container of a pod: its volumes are folders, and its service account is the administrator's kubeconfig. */
function startPod(cluster: Cluster, namespace: string, { spec }: Template, folder: string): Started {
  const { args, env = [], volumeMounts } = spec.containers[0] ?? { args: [], volumeMounts: [] };
  const { storage } = cluster.server;
  for (const { name, configMap, secret } of spec.volumes) {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    const of = (plural: string, object = "") =>
      storage.get(resourceOf(plural), namespace, object)?.["data"] ?? {};
    const files = Object.entries({
      ...of("configmaps", configMap?.name),
      ...of("secrets", secret?.secretName),
    });
    const isSecret = secret !== undefined;
    for (const [file, text] of files)
      writeFileSync(join(path, file), Buffer.from(String(text), isSecret ? "base64" : "utf8"));
  }
  function placed(text: string): string {
    const mount = volumeMounts.find(({ mountPath }) => text.includes(mountPath));
    return mount === undefined ? text : text.replace(mount.mountPath, join(folder, mount.name));
  }
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(
    kubeconfig,
    cluster.server.kubeconfig.replace('"namespace":"default"', `"namespace":"${namespace}"`),
  );
  const outside = args
    .map(placed)
    .map((arg) => arg.replace("=in-cluster", `=${kubeconfig}`))
    .map((arg) => arg.replace(/^(--metrics-listen=).*/, "$1127.0.0.1:0"));
  const variables = Object.fromEntries(env.map(({ name, value }) => [name, placed(value)]));
  return start([...outside, "--listen", "127.0.0.1:0"], cluster.folder, {
    env: { HOME: cluster.folder, XDG_DATA_HOME: "", ...variables },
  });
}
