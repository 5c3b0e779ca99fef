import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import type { GivenSecret } from "../../secrets/trial.ts";
import { manifestEnvironment } from "../../start/manifest-environment.ts";
import { givenObjectsOf } from "../../workload/given-objects.ts";
import { trialSources } from "./environment.ts";
import { configLookup } from "./namespace-objects.ts";
import type { TrialSettings } from "./settings.ts";

const config = configLookup(
  givenObjectsOf(
    Buffer.from(
      `{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {LEVEL: info, PRICE: "$(X) $$"}, binaryData: {FILE: YWJj}}
---
{apiVersion: v1, kind: Secret, metadata: {name: credentials}, stringData: {PASSWORD: hunter2}}
`,
    ),
  ).config,
  "portal",
);

function injected(spec: ContainerFacts, settings: TrialSettings = {}) {
  const lacking: string[] = [];
  const secrets: GivenSecret[] = [];
  const workload = workloadFacts({ containers: [spec] });
  const sources = trialSources(
    { spec, workload, config, settings, hostname: "pod-1" },
    { secrets, onUnmetInput: ({ en }) => void lacking.push(en) },
  );
  const variables = [...manifestEnvironment(spec, sources)];
  return { pairs: variables.map(([name, { value }]) => [name, value]), secrets, lacking };
}

describe("variables of a container on trial", () => {
  test("those of env win over those of envFrom, whose objects that are elsewhere the settings stand in for", () => {
    const { pairs, secrets } = injected(
      {
        envFrom: [
          { configMapRef: { name: "settings" }, prefix: "APP_" },
          { secretRef: { name: "credentials" } },
        ],
        env: [{ name: "A", value: "$(PASSWORD)" }],
      },
      { env: { B: "$(A) costs $1" } },
    );
    expect(pairs).toEqual([
      ["APP_LEVEL", "info"],
      ["APP_PRICE", "$(X) $$"],
      ["PASSWORD", "hunter2"],
      ["B", "$(A) costs $1"],
      ["A", "hunter2"],
    ]);
    expect(secrets).toEqual([["PASSWORD", "hunter2"]]);
  });

  test("keys of ConfigMaps and Secrets, and what the pod says of itself", () => {
    const { pairs, secrets, lacking } = injected({
      resources: { limits: { memory: "64Mi", cpu: "1500m" } },
      env: [
        { name: "L", valueFrom: { configMapKeyRef: { name: "settings", key: "LEVEL" } } },
        { name: "P", valueFrom: { secretKeyRef: { name: "credentials", key: "PASSWORD" } } },
        { name: "NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
        { name: "IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
        { name: "LABEL", valueFrom: { fieldRef: { fieldPath: "metadata.labels['none']" } } },
        { name: "HASH", valueFrom: { fieldRef: { fieldPath: "metadata.labels['pod-template-hash']" } } },
        { name: "MEMORY", valueFrom: { resourceFieldRef: { resource: "limits.memory" } } },
        { name: "CPU", valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } },
      ],
    });
    expect(Object.fromEntries(pairs)).toEqual({
      L: "info",
      P: "hunter2",
      NAME: "pod-1",
      IP: "10.88.0.2",
      LABEL: "",
      HASH: "7d4b9c6f5d",
      MEMORY: "67108864",
      CPU: "2",
    });
    expect([secrets, lacking]).toEqual([[["P PASSWORD", "hunter2"]], []]);
  });

  test.each<[ContainerFacts, string]>([
    [{ envFrom: [{ secretRef: { name: "none" } }] }, "Secret none is not among the manifests"],
    [{ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "none", key: "k" } } }] }, "Secret none is not"],
    [
      { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "k" } } }] },
      "ConfigMap settings has no key k",
    ],
    // The kubelet takes variables from `data` only, never from `binaryData`.
    [
      { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "FILE" } } }] },
      "ConfigMap settings has no key FILE",
    ],
    [
      { env: [{ name: "A", valueFrom: { fileKeyRef: { volumeName: "v", path: "p", key: "k" } } }] },
      "the variable A has a source that the trial does not have",
    ],
    [{ env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "x" } } }] }, "the variable A has a source"],
    [{ env: [{ name: "A", valueFrom: { resourceFieldRef: { resource: "x" } } }] }, "the variable A has"],
  ])("what is not there is said: %j", (spec, says) => {
    const { pairs, lacking } = injected(spec);
    expect(pairs).toEqual([]);
    expect(lacking.join()).toContain(says);
  });

  test("what is optional may lack", () => {
    const { pairs, lacking } = injected({
      envFrom: [{ configMapRef: { name: "none", optional: true } }, {}],
      env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "none", key: "k", optional: true } } }, {}],
    });
    expect([pairs, lacking]).toEqual([[], []]);
  });
});
