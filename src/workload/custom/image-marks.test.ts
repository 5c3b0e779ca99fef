import { expect, test } from "vitest";
import { container, deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { readStream } from "../documents.ts";

const NAME = "web";
const POD = podSpec({ containers: [container({ name: NAME })] });
const TRIGGERS = "image.openshift.io/triggers";
const RESOLVE = "alpha.image.policy.openshift.io/resolve-names";

function marked(metadata: Manifest, ofPod: Manifest = {}): Manifest {
  return {
    ...deployment(),
    metadata: { name: "web", namespace: "shop", ...metadata },
    spec: { selector: { matchLabels: {} }, template: { metadata: ofPod, spec: POD } },
  };
}

function triggered(trigger: Manifest): Manifest {
  const from = { kind: "ImageStreamTag", name: "web:latest" };
  return marked({ annotations: { [TRIGGERS]: JSON.stringify([{ from, ...trigger }]) } });
}

function fieldPath(name: string): string {
  return `spec.template.spec.containers[?(@.name=="${name}")].image`;
}

/** Marks named as replacing the image of the only workload; undefined if there are none. */
function named(manifest: Manifest): string | undefined {
  const found = [...readStream({ file: "all.yaml", text: yaml(manifest) })];
  const workloads = found.flatMap((one) => (one.kind === "workload" ? [one.facts] : []));
  expect(workloads).toHaveLength(1);
  return workloads[0]?.imageMarks?.join(", ");
}

test.each<[string, Manifest, string]>([
  ["a trigger", triggered({ fieldPath: fieldPath(NAME) }), `metadata.annotations["${TRIGGERS}"]`],
  [
    "a trigger by index",
    triggered({ fieldPath: "spec.template.spec.containers[0].image" }),
    `metadata.annotations["${TRIGGERS}"]`,
  ],
  ["a trigger without a field", triggered({}), `metadata.annotations["${TRIGGERS}"]`],
  [
    "unreadable triggers",
    marked({ annotations: { [TRIGGERS]: "[" } }),
    `metadata.annotations["${TRIGGERS}"]`,
  ],
  [
    "triggers of another form",
    marked({ annotations: { [TRIGGERS]: "{}" } }),
    `metadata.annotations["${TRIGGERS}"]`,
  ],
  ["resolved names", marked({ annotations: { [RESOLVE]: "*" } }), `metadata.annotations["${RESOLVE}"]`],
  [
    "resolved names of the pods",
    marked({}, { annotations: { [RESOLVE]: "*" } }),
    `spec.template.metadata.annotations["${RESOLVE}"]`,
  ],
  [
    "Keel's policy",
    marked({ annotations: { "keel.sh/policy": "force" } }),
    'metadata.annotations["keel.sh/policy"]',
  ],
  [
    "Keel's policy as a label",
    marked({ labels: { "keel.sh/policy": "all" } }),
    'metadata.labels["keel.sh/policy"]',
  ],
  [
    "Flux's automated release",
    marked({ annotations: { "fluxcd.io/automated": "true" } }),
    'metadata.annotations["fluxcd.io/automated"]',
  ],
])("named: %s", (_, manifest, expected) => {
  expect(named(manifest)).toBe(expected);
});

/** An object of another kind that holds the manifest. */
function within(manifest: Manifest, kind: string): Manifest {
  return { apiVersion: kind, kind: "Holder", metadata: { name: "it" }, spec: { objects: [manifest] } };
}

test.each<[string, Manifest, string]>([
  [
    "Keel's policy of a Deployment in another object",
    within(marked({ annotations: { "keel.sh/policy": "all" } }), "example.org/v1"),
    'spec.objects[0].metadata.annotations["keel.sh/policy"]',
  ],
  [
    "resolved names of the pods of a custom resource",
    {
      apiVersion: "example.org/v1",
      kind: "Site",
      metadata: { name: "web" },
      spec: { template: { metadata: { annotations: { [RESOLVE]: "*" } }, spec: POD } },
    },
    `spec.template.metadata.annotations["${RESOLVE}"]`,
  ],
])("named within: %s", (_, manifest, expected) => {
  expect(named(manifest)).toBe(expected);
});

test.each<[string, Manifest]>([
  [
    "Keel's policy of a kind that Keel does not know",
    {
      apiVersion: "example.org/v1",
      kind: "Site",
      metadata: { name: "web", annotations: { "keel.sh/policy": "all" } },
      spec: { template: { spec: POD } },
    },
  ],
  ["no mark", marked({})],
  ["a trigger that is paused", triggered({ fieldPath: fieldPath(NAME), paused: "true" })],
  ["a trigger of another container", triggered({ fieldPath: fieldPath("other") })],
  ["no trigger", marked({ annotations: { [TRIGGERS]: "[]" } })],
  ["Keel's policy never", marked({ annotations: { "keel.sh/policy": "never" } })],
  ["Keel's policy, empty", marked({ labels: { "keel.sh/policy": "" } })],
  ["another label", marked({ labels: { [RESOLVE]: "x" } })],
])("not named: %s", (_, manifest) => {
  expect(named(manifest)).toBeUndefined();
});
