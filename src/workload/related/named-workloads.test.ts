import { expect, test } from "vitest";
import { container, deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { readWorkloads } from "../read-workloads.ts";

const CRIO = { "io.kubernetes.cri-o.Devices": "/dev/mem" };
const WEB = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };

/** Effects on the Deployments web and api, in this order. */
async function effects(other: Manifest): Promise<readonly (readonly string[])[]> {
  const text = [deployment({ name: "web" }), deployment({ name: "api" }), other].map((one) => yaml(one));
  async function* stdin() {
    yield Buffer.from(text.join("---\n"));
  }
  const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin: stdin() });
  return workloads.slice(0, 2).map(({ facts: { related = [] } }) => related.map(({ effect }) => effect.is));
}

function kruise(spec: Manifest): Manifest {
  const metadata = { name: "web" };
  return { apiVersion: "rollouts.kruise.io/v1beta1", kind: "Rollout", metadata, spec };
}

function argo(spec: Manifest): Manifest {
  return { ...kruise(spec), apiVersion: "argoproj.io/v1alpha1" };
}

const PATCH = { strategy: { canary: { patchPodTemplateMetadata: { annotations: CRIO } } } };
const CANARY = { strategy: { canary: { canaryMetadata: { annotations: CRIO } } } };

test.each<[string, Manifest]>([
  ["OpenKruise", kruise({ workloadRef: WEB, ...PATCH })],
  ["OpenKruise's first form", kruise({ objectRef: { workloadRef: WEB }, ...PATCH })],
  ["Argo", argo({ workloadRef: WEB, ...CANARY })],
])("changes the pods of the workload that it names alone: %s", async (_, other) => {
  expect(await effects(other)).toEqual([["mutation"], []]);
});

test.each<[string, Manifest]>([
  ["no mark that a rule knows", kruise({ workloadRef: WEB, strategy: { canary: { steps: [] } } })],
  ["a label without effect", kruise({ workloadRef: WEB, patch: { labels: { app: "web" } } })],
  ["no workload is named", kruise(PATCH)],
  ["a reference without a kind", kruise({ workloadRef: { name: "web" }, ...PATCH })],
  ["a workload of another kind", kruise({ workloadRef: { ...WEB, kind: "StatefulSet" }, ...PATCH })],
  [
    "pods of its own",
    argo({
      workloadRef: WEB,
      ...CANARY,
      template: { metadata: {}, spec: podSpec({ containers: [container()] }) },
    }),
  ],
])("changes no pods of others: %s", async (_, other) => {
  expect(await effects(other)).toEqual([[], []]);
});
