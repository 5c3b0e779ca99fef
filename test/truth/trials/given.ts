import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Application, Dependency, Pod } from "./application.ts";
import { imageOfDependency } from "./images/image.ts";

/** The words of `douane trial` for an application, and the files that they name. @param folder not there yet */
export async function writeGiven(
  application: Application,
  layout: string,
  folder: string,
): Promise<readonly string[]> {
  const { pod, paths, ready, given, dependency } = application;
  mkdirSync(folder, { recursive: true });
  const settings = join(folder, "douane.yaml");
  const trial = {
    ...(paths === undefined ? {} : { warmUp: paths }),
    ...(ready === undefined ? {} : { readyTimeout: ready }),
    ...(given === undefined ? {} : { env: given }),
    ...(dependency === undefined ? {} : { dependencies: [await dependencyOf(dependency)] }),
  };
  writeFileSync(settings, JSON.stringify({ trial }));
  const words = ["trial", layout, "--config", settings];
  if (pod === undefined) return words;
  const manifest = join(folder, "deployment.json");
  writeFileSync(manifest, JSON.stringify(deployment(application.name, pod)));
  return [...words, "--filename", manifest];
}

async function dependencyOf(dependency: Dependency): Promise<unknown> {
  const { layout } = await imageOfDependency(dependency);
  const { name, port, ready } = dependency;
  return {
    name,
    image: layout,
    ports: [port],
    ...(ready === undefined ? {} : { ready: { timeout: ready } }),
  };
}

/** What the contract asks of a manifest, and nothing of the application but its emptyDirs, port and probes. */
function deployment(name: string, { replicas, emptyDirs, port, health }: Pod): unknown {
  const labels = { app: name };
  const probe = { httpGet: { path: health, port } };
  const container = {
    name: "app",
    image: `registry.example/${name}:1.0.0`,
    ports: [{ containerPort: port }],
    readinessProbe: probe,
    livenessProbe: probe,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: emptyDirs.map((mountPath, index) => ({ name: `directory-${index}`, mountPath })),
  };
  const spec = {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [container],
    volumes: emptyDirs.map((_, index) => ({ name: `directory-${index}`, emptyDir: {} })),
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}
