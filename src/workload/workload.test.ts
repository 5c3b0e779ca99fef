import { describe, expect, test } from "vitest";
import {
  container,
  controller,
  cronJob,
  daemonSet,
  deployment,
  job,
  list,
  type Manifest,
  pod,
  podSpec,
  rollout,
  statefulSet,
  yaml,
} from "../../test/fixtures/manifests.ts";
import { invalidAt, podField, type RawWorkload } from "../contract/workload-facts.ts";
import { type Found, readStream } from "./documents.ts";

function read(...manifests: readonly Manifest[]): readonly Found[] {
  return [...readStream({ file: "all.yaml", text: yaml(...manifests) })];
}

function facts(...manifests: readonly Manifest[]): readonly RawWorkload[] {
  return read(...manifests).flatMap((found) => (found.kind === "workload" ? [found.facts] : []));
}

function only(manifest: Manifest): RawWorkload {
  const [first, ...others] = facts(manifest);
  if (first === undefined || others.length > 0) throw new Error("not one workload");
  return first;
}

const template = { metadata: { labels: {} }, spec: podSpec() };

describe("kinds: where their pods stand, and whether these end", () => {
  test.each([
    ["Deployment", deployment(), "spec.template", "long-running"],
    ["StatefulSet", statefulSet(), "spec.template", "long-running"],
    ["DaemonSet", daemonSet(), "spec.template", "long-running"],
    ["ReplicaSet", controller("apps/v1", "ReplicaSet", {}, {}), "spec.template", "long-running"],
    [
      "ReplicationController",
      controller("v1", "ReplicationController", {}, {}),
      "spec.template",
      "long-running",
    ],
    ["Rollout", rollout(), "spec.template", "long-running"],
    ["Job", job(), "spec.template", "batch"],
    ["CronJob", cronJob(), "spec.jobTemplate.spec.template", "batch"],
    ["Pod", pod(), "", "long-running"],
    ["Pod", pod({ pod: podSpec({ restartPolicy: "OnFailure" }) }), "", "batch"],
    ["Pod", pod({ pod: podSpec({ restartPolicy: "Never" }) }), "", "batch"],
    [
      "PodTemplate",
      { apiVersion: "v1", kind: "PodTemplate", metadata: { name: "web", namespace: "aides" }, template },
      "template",
      "long-running",
    ],
    ["Service", controller("serving.knative.dev/v1", "Service", {}, {}), "spec.template", "long-running"],
    [
      "Runner",
      controller("ci.example/v1", "Runner", { pod: podSpec({ restartPolicy: "Never" }) }, {}),
      "spec.template",
      "batch",
    ],
  ] as const)("%s", (kind, manifest, podPath, lifetime) => {
    expect(only(manifest)).toMatchObject({
      kind,
      podPath,
      lifetime,
      name: "web",
      namespace: "aides",
      invalid: [],
    });
    expect(only(manifest).pod.spec.containers).toHaveLength(1);
  });

  test("a Job of another group without a pod template is no workload, and of a kind that is not known", () => {
    const kind = "batch.volcano.sh/Job";
    expect(read({ apiVersion: "batch.volcano.sh/v1alpha1", kind: "Job", spec: { tasks: [] } })).toEqual([
      { kind: "unknown-kind", objectKind: kind },
    ]);
  });

  test.each([
    ["a Service", { apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec: { ports: [] } }],
    ["an object without apiVersion", { kind: "Job", spec: { template: {} } }],
    ["a Compose file", { services: { web: { image: "web" } } }],
  ])("%s is no workload", (_what, manifest) => {
    expect(read(manifest)).toEqual([]);
  });

  test.each([
    ["an object without apiVersion", { kind: "Pod", spec: podSpec() }],
    ["an object whose kind is no text", { apiVersion: "v1", kind: 3, spec: podSpec() }],
    ["one of a JSON array", [{ spec: { template: { spec: podSpec() } } }]],
  ])("%s that has a pod's form is named as not judged", (_what, manifest) => {
    expect(read(manifest as Manifest)).toMatchObject([{ kind: "skipped", skipped: { reason: "untyped" } }]);
  });

  test("a Rollout that takes its pods from elsewhere says so", () => {
    const manifest = {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      metadata: { name: "web" },
      spec: { workloadRef: { kind: "Deployment", name: "web" } },
    };
    expect(read(deployment(), manifest)).toMatchObject([
      { kind: "workload" },
      {
        kind: "skipped",
        skipped: { file: "all.yaml", message: { en: expect.stringContaining("workloadRef") as string } },
      },
    ]);
  });
});

describe("lists", () => {
  test("items are read where they stand, also in lists of lists", () => {
    const found = facts(
      list(deployment({ name: "a" }), list(pod({ name: "b" }), { apiVersion: "v1", kind: "Secret" })),
    );
    expect(found.map(({ name, path, podPath }) => [name, path, podPath])).toEqual([
      ["a", "items[0]", "items[0].spec.template"],
      ["b", "items[1].items[0]", "items[1].items[0]"],
    ]);
  });

  test("each item knows its line", () => {
    const text = "apiVersion: v1\nkind: List\nitems:\n- &a\n  apiVersion: v1\n  kind: Pod\n- *a\n- <<: *a\n";
    const found = [...readStream({ file: "-", text })];
    expect(found.map((one) => (one.kind === "workload" ? one.facts.at : one.kind))).toMatchObject([
      { line: 4 },
      { line: 7 },
      { line: 8 },
    ]);
  });

  test("the items of a typed list may leave their kind out", () => {
    const { apiVersion: _version, kind: _kind, ...item } = deployment();
    expect(facts({ apiVersion: "apps/v1", kind: "DeploymentList", items: [item] })).toMatchObject([
      { apiVersion: "apps/v1", kind: "Deployment", podPath: "items[0].spec.template" },
    ]);
  });

  test.each([null, "", undefined])("an item whose kind is %j is what its list holds", (kind) => {
    const item = { ...deployment(), apiVersion: "v1", kind };
    expect(facts({ apiVersion: "apps/v1", kind: "DeploymentList", items: [item] })).toMatchObject([
      { apiVersion: "apps/v1", kind: "Deployment" },
    ]);
  });

  test("whatever has items is a list to kubectl: nothing hides in them", () => {
    const items = [pod({ name: "hidden" })];
    expect(facts({ apiVersion: "v1", kind: "ConfigMap", items })).toMatchObject([{ name: "hidden" }]);
    expect(facts({ kind: "List", items })).toMatchObject([{ name: "hidden" }]);
    expect(facts({ ...deployment({ name: "web" }), items })).toMatchObject([
      { name: "web", path: "" },
      { name: "hidden", path: "items[0]" },
    ]);
  });

  test("a JSON array is one, too", () => {
    const text = JSON.stringify([pod({ name: "a" }), null, pod({ name: "b" })]);
    const found = [...readStream({ file: "pods.json", text })];
    expect(found.map((one) => one.kind === "workload" && one.facts.path)).toEqual(["[0]", "[2]"]);
  });

  test("lists within lists are bounded, and hide no other document", () => {
    const deep = Array.from({ length: 20 }).reduce<Manifest>((inner) => list(inner), pod());
    expect(read(deep, deployment())).toMatchObject([
      {
        kind: "problem",
        problem: { line: 2, message: { en: expect.stringContaining("listDepth") as string } },
      },
      { kind: "workload" },
    ]);
  });
});

describe("facts", () => {
  test("metadata, replicas, document and line", () => {
    const line = yaml(pod()).split("\n").length + 1;
    const [, second] = facts(
      pod(),
      deployment({ annotations: { "example.org/a": "b" }, podAnnotations: { c: "d" } }),
    );
    expect(second).toMatchObject({
      at: { in: "file", file: "all.yaml", document: 1, line },
      apiVersion: "apps/v1",
      labels: { "app.kubernetes.io/part-of": "aides" },
      annotations: { "example.org/a": "b" },
      replicas: 2,
      pod: { labels: { "app.kubernetes.io/name": "web" }, annotations: { c: "d" } },
    });
  });

  test("a pod that ends by a policy that is none is taken for long-running", () => {
    const found = only(pod({ pod: podSpec({ restartPolicy: 3 }) }));
    expect(found).toMatchObject({ lifetime: "long-running", invalid: [{ path: "spec.restartPolicy" }] });
  });

  test("a generated name ends in a star", () => {
    expect(only({ ...job(), metadata: { generateName: "migrate-" } })).toMatchObject({ name: "migrate-*" });
  });

  test("claims: those of templates, and those that are mounted", () => {
    const volumes = [{ name: "files", persistentVolumeClaim: { claimName: "files" } }];
    const accessModes = ["ReadWriteOnce"];
    expect(only(statefulSet({ pod: podSpec({ volumes }) })).claims).toEqual([
      {
        name: "data",
        source: "template",
        accessModes,
        requested: { accessModes, resources: { requests: { storage: "10Gi" } } },
      },
      { name: "files", source: "claim" },
    ]);
  });

  test("claims of ephemeral volumes, and of a kind that is not known", () => {
    const spec = { storageClassName: "x" };
    const volumes = [
      { name: "cache", ephemeral: { volumeClaimTemplate: { spec } } },
      { name: "scratch", ephemeral: {} },
    ];
    const set = { ...statefulSet({ pod: podSpec({ volumes }) }), apiVersion: "apps.example.org/v1" };
    expect(only(set).claims).toEqual([
      expect.objectContaining({ name: "data", source: "template" }),
      { name: "cache", source: "ephemeral", requested: spec },
      { name: "scratch", source: "ephemeral" },
    ]);
  });

  test("they are plain JSON", () => {
    const found = only(statefulSet());
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

describe("what is not valid", () => {
  test.each([
    ["no spec", { spec: undefined }, "spec.template.spec.containers"],
    ["a spec that is a list", { spec: [] }, "spec"],
    ["replicas in quotes", { spec: { replicas: "2", template } }, "spec.replicas"],
    ["no template", { spec: {} }, "spec.template.spec.containers"],
    ["a template that is a text", { spec: { template: "web" } }, "spec.template"],
    ["no containers", { spec: { template: { spec: { containers: [] } } } }, "spec.template.spec.containers"],
    ["a misspelled template", { spec: { Template: template } }, "spec.template"],
    [
      "labels that are numbers",
      { metadata: { name: "web", labels: { "a/b": 1 } } },
      'metadata.labels["a/b"]',
    ],
    ["metadata that is none", { metadata: true }, "metadata"],
  ])("%s", (_what, change, path) => {
    const manifest = JSON.parse(JSON.stringify({ ...deployment(), ...change })) as Manifest;
    expect(only(manifest).invalid.map((field) => field.path)).toContain(path);
  });

  test("in a List, the path begins with the item's", () => {
    const [found] = facts(list(pod({ pod: podSpec({ hostNetwork: "yes" }) })));
    expect(found?.invalid).toMatchObject([{ path: "items[0].spec.hostNetwork" }]);
  });

  test("invalidAt() tells what a field's value rests on", () => {
    const found = only(
      deployment({
        pod: podSpec({ containers: [container({ securityContext: { privileged: "no" }, ports: "http" })] }),
      }),
    );
    const field = (path: string) => invalidAt(found, podField(found, path))?.path;
    expect(field("spec.containers[0].securityContext.privileged")).toMatch(/privileged$/);
    expect(field("spec.containers[0].ports[3].hostPort")).toMatch(/ports$/);
    expect(field("spec.containers[0].securityContext")).toMatch(/privileged$/);
    expect(field("spec.containers[0].securityContext.privilegedX")).toBeUndefined();
    expect(field("spec.hostNetwork")).toBeUndefined();
    expect(field("spec.containers[1]")).toBeUndefined();
    expect(podField(only(pod()), "spec.hostPID")).toBe("spec.hostPID");
  });

  test("too many mistakes are a problem of the document", () => {
    const env = Array.from({ length: 600 }, () => 1);
    const manifest = deployment({ pod: podSpec({ containers: [container({ env })] }) });
    expect(read(manifest)).toMatchObject([
      { kind: "problem", problem: { message: { en: expect.stringContaining("invalidFields") as string } } },
    ]);
  });
});

describe("documents of a stream", () => {
  test("a broken one is named by its line and hides no other", () => {
    const text = `${yaml(pod({ name: "a" }))}---\napiVersion: v1\nkind: Pod\n  bad: 1\n${yaml(pod({ name: "b" }))}`;
    const found = [...readStream({ file: "f", text })];
    const line = text.split("\n").findIndex((content) => content.includes("bad")) + 1;
    expect(found.map(({ kind }) => kind)).toEqual(["workload", "problem", "workload"]);
    expect(found[1]).toMatchObject({
      problem: { file: "f", line, message: { fr: expect.stringContaining(`ligne ${line} : `) as string } },
    });
    expect(found[2]).toMatchObject({ facts: { name: "b", at: { document: 2 } } });
  });

  test("privileged: y is true, as it is for the cluster", () => {
    const text = yaml(
      deployment({ pod: podSpec({ containers: [container({ securityContext: { privileged: true } })] }) }),
    );
    const [found] = [...readStream({ file: "f", text: text.replace("privileged: true", "privileged: y") })];
    expect(found).toMatchObject({
      facts: { invalid: [], pod: { spec: { containers: [{ securityContext: { privileged: true } }] } } },
    });
  });

  test.each([
    ["a template of Helm", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n"],
    ["its control lines", "{{- if .Values.on }}\napiVersion: v1\nkind: Pod\n{{- end }}\n"],
    ["Jinja", "apiVersion: v1\n{% for a in b %}\nkind: Pod\n"],
    [
      "placeholders in quotes",
      yaml(deployment({ pod: podSpec({ containers: [container({ image: "{{ .Values.image }}" })] }) })),
    ],
    [
      "envsubst",
      yaml(
        deployment({ pod: podSpec({ containers: [container({ image: "registry.example/web:${TAG}" })] }) }),
      ),
    ],
    ["a templated name", yaml(pod({ name: "{{ name }}" }))],
  ])("%s is a template, not a manifest", (_what, text) => {
    expect([...readStream({ file: "f", text })]).toMatchObject([
      { kind: "template", skipped: { file: "f" } },
    ]);
  });

  test("placeholders in arguments and annotations are none of ours", () => {
    const args = ["--template={{ .Labels.app }}", "${HOME}"];
    const found = only(
      deployment({ annotations: { a: "{{ x }}" }, pod: podSpec({ containers: [container({ args })] }) }),
    );
    expect(found.pod.spec.containers[0]?.args).toEqual(args);
  });

  test("escapes hide no object", () => {
    const text = '"apiV\\x65rsion": v1\n"kin\\x64": Pod\nspec: {containers: [{name: a}]}\n';
    expect([...readStream({ file: "f", text })]).toMatchObject([{ kind: "workload" }]);
  });
});
