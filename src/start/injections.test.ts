import { describe, expect, test } from "vitest";
import { changesPods, injectionMarks, type ObjectMarks } from "./injections.ts";

function marks({ labels = {}, annotations = {} }: Partial<ObjectMarks>): ObjectMarks {
  return { labels, annotations };
}

describe("marks of a pod", () => {
  test.each<[Partial<ObjectMarks>, readonly string[]]>([
    [{}, []],
    [{ annotations: { "sidecar.istio.io/inject": "true" } }, ["sidecar.istio.io/inject"]],
    [
      { labels: { "sidecar.istio.io/inject": "false" }, annotations: { "sidecar.istio.io/inject": "true" } },
      [],
    ],
    [{ labels: { "sidecar.istio.io/inject": "false", "istio.io/rev": "a" } }, []],
    [{ annotations: { "linkerd.io/inject": " Disabled " } }, []],
    [{ annotations: { "vault.hashicorp.com/agent-inject": "true" } }, ["vault.hashicorp.com/agent-inject"]],
    [{ annotations: { "vault.hashicorp.com/agent-inject-status": "injected" } }, []],
    [
      {
        annotations: {
          "instrumentation.opentelemetry.io/inject-java": "true",
          "instrumentation.opentelemetry.io/inject-python": "false",
        },
      },
      ["instrumentation.opentelemetry.io/inject-java"],
    ],
    [
      {
        labels: { "admission.datadoghq.com/enabled": "false" },
        annotations: { "admission.datadoghq.com/java-lib.version": "v1" },
      },
      [],
    ],
    [{ annotations: { "oneagent.dynatrace.com/inject": "true" } }, ["oneagent.dynatrace.com/inject"]],
    [{ annotations: { inject: "true", "example.org/injected": "true", "example.org/reinject": "true" } }, []],
    [{ labels: { constructor: "true" } }, []],
    [{ labels: { "odigos-instrumentation": "enabled" } }, ["odigos-instrumentation"]],
    [{ labels: { "odigos-instrumentation": "disabled" } }, []],
  ])("%j: %j", (given, keys) => {
    expect(injectionMarks(marks(given)).map(({ key }) => key)).toEqual(keys);
  });
});

describe("marks of a namespace", () => {
  test.each<[Partial<ObjectMarks>, Partial<ObjectMarks>, boolean]>([
    [{ labels: { "istio-injection": "enabled" } }, {}, true],
    [{ labels: { "istio-injection": "disabled" } }, {}, false],
    [{ labels: { "istio-injection": "enabled" } }, { labels: { "sidecar.istio.io/inject": "false" } }, false],
    [
      { labels: { "istio-injection": "enabled" } },
      { annotations: { "linkerd.io/inject": "disabled" } },
      true,
    ],
    [
      { annotations: { "linkerd.io/inject": "enabled" } },
      { annotations: { "linkerd.io/inject": "disabled" } },
      false,
    ],
    [{ labels: { team: "aides" } }, {}, false],
  ])("%j, of a pod with %j: %s", (namespace, pod, expected) => {
    expect(changesPods(marks(namespace), marks(pod))).toBe(expected);
  });
});

test.each<[string, Partial<ObjectMarks>, boolean]>([
  ["newrelic-metadata-injection", {}, true],
  ["dynakube.internal.oneagent.dynatrace.com/instance", {}, true],
  [
    "dynakube.internal.oneagent.dynatrace.com/instance",
    { annotations: { "oneagent.dynatrace.com/inject": "false" } },
    false,
  ],
])("a namespace with %s, a pod with %j: %s", (key, pod, changes) => {
  expect(changesPods(marks({ labels: { [key]: "enabled" } }), marks(pod))).toBe(changes);
});
