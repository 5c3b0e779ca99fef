import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { VolumeMountFacts } from "../../contract/pod-facts.ts";
import type { VolumeFacts } from "../../contract/volume-facts.ts";
import { givenObjectsOf } from "../../workload/given-objects.ts";
import { injectedMounts, mountPaths } from "./mounts.ts";
import { configLookup } from "./namespace-objects.ts";
import type { TrialSettings } from "./settings.ts";

const config = configLookup(
  givenObjectsOf(
    Buffer.from(
      `{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a.yaml: "a: 1", b: "2"}, binaryData: {c: /w==}}
---
{apiVersion: v1, kind: Secret, metadata: {name: keys}, stringData: {key: hunter2}}
`,
    ),
  ).config,
  undefined,
);

function injected(
  volumes: readonly Partial<VolumeFacts>[],
  volumeMounts: readonly VolumeMountFacts[],
  settings: TrialSettings = {},
) {
  const lacking: string[] = [];
  const base = workloadFacts({ containers: [{ name: "web", volumeMounts }] });
  const spec = {
    ...base.pod.spec,
    volumes: volumes as readonly VolumeFacts[],
    securityContext: { fsGroup: 7 },
  };
  const made = injectedMounts(
    {
      spec: { volumeMounts },
      workload: { ...base, pod: { ...base.pod, spec } },
      config,
      settings,
      hostname: "web-0",
    },
    ({ en }) => void lacking.push(en),
  );
  return { ...made, lacking };
}

function texts(files: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, { content, mode: 0o644 }]));
}

function volume(facts: Partial<VolumeFacts>): Partial<VolumeFacts> {
  return { name: "v", sources: Object.keys(facts), ...facts };
}

const AT = { name: "v", mountPath: "/etc/app/" };

test.each([
  [{ claimName: "data" }, {}],
  [{ claimName: "data", readOnly: true }, { readOnly: true }],
])("a claim %j is mounted with %j", (persistentVolumeClaim, more) => {
  const { mounts } = injected([volume({ persistentVolumeClaim })], [{ name: "v", mountPath: "/data" }]);
  expect(mounts).toEqual([{ kind: "empty", path: "/data", volume: "v", gid: 7, ...more }]);
});

describe("mounts of a container on trial", () => {
  test("an image alone has a /tmp, and what the settings add", () => {
    const settings = { mounts: ["/data/"], files: { "/etc/app.conf": "x" } };
    const { mounts } = injectedMounts(
      { spec: undefined, workload: undefined, config, settings, hostname: "web-0" },
      () => {},
    );
    expect(mounts).toEqual([
      { kind: "empty", path: "/tmp" },
      { kind: "empty", path: "/data" },
      { kind: "file", path: "/etc/app.conf", content: "x", mode: 0o644 },
    ]);
    expect(mountPaths(undefined, settings)).toEqual(["/data", "/etc/app.conf", "/tmp"]);
  });

  test.each([
    [
      { emptyDir: { sizeLimit: "1Mi" } },
      { kind: "empty", path: "/etc/app", volume: "v", bytes: 1_048_576, gid: 7 },
    ],
    [{ emptyDir: {} }, { kind: "empty", path: "/etc/app", volume: "v", gid: 7 }],
    [
      { persistentVolumeClaim: { claimName: "data" } },
      { kind: "empty", path: "/etc/app", volume: "v", gid: 7 },
    ],
    [
      { configMap: { name: "settings" } },
      { kind: "files", path: "/etc/app", files: texts({ "a.yaml": "a: 1", b: "2" }), gid: 7 },
    ],
    [
      { configMap: { name: "settings", items: [{ key: "b", path: "c.txt" }, { key: "a.yaml" }] } },
      { kind: "files", path: "/etc/app", files: texts({ "c.txt": "2", "a.yaml": "a: 1" }), gid: 7 },
    ],
    [
      { secret: { secretName: "keys" } },
      { kind: "files", path: "/etc/app", files: texts({ key: "hunter2" }), gid: 7 },
    ],
    [
      { projected: { sources: [{ secret: { name: "keys" } }, { configMap: { name: "settings" } }] } },
      { kind: "files", path: "/etc/app", files: texts({ key: "hunter2", "a.yaml": "a: 1", b: "2" }), gid: 7 },
    ],
    [{ projected: {} }, { kind: "files", path: "/etc/app", files: texts({}), gid: 7 }],
    [
      { configMap: { name: "none", optional: true } },
      { kind: "files", path: "/etc/app", files: texts({}), gid: 7 },
    ],
  ])("%j", (facts, expected) => {
    expect(injected([volume(facts)], [AT]).mounts).toEqual([expected]);
  });

  test("a mount may be read-only, and a part of the volume is its own", () => {
    const at = { ...AT, readOnly: true, subPath: "logs" };
    expect(injected([volume({ emptyDir: {} })], [at]).mounts).toEqual([
      { kind: "empty", path: "/etc/app", volume: "v", subPath: "logs", readOnly: true, gid: 7 },
    ]);
  });

  test("one file of a volume", () => {
    const mounts = [
      { ...AT, mountPath: "/etc/b", subPath: "b" },
      { ...AT, mountPath: "/etc/x", subPath: "x" },
    ];
    expect(injected([volume({ configMap: { name: "settings" } })], mounts).mounts).toEqual([
      { kind: "file", path: "/etc/b", content: "2", mode: 0o644, gid: 7 },
      { kind: "files", path: "/etc/x", files: texts({}), gid: 7 },
    ]);
  });

  test("values of Secrets are named, to be masked", () => {
    expect(injected([volume({ secret: { secretName: "keys" } })], [AT]).secrets).toEqual([
      ["key", "hunter2"],
    ]);
  });

  test.each([
    [{ configMap: { name: "none" } }, "ConfigMap none is not among the manifests"],
    [{ configMap: { name: "settings" } }, "the key c is not text"],
    [{ configMap: { name: "settings", items: [{ key: "z" }] } }, "has no key z"],
    [
      { configMap: { name: "settings", items: [{ key: "b", path: "../b" }] } },
      "file ../b of a volume has no place",
    ],
    [{ downwardAPI: { items: [{ path: "x" }] } }, "file x of a volume has a source that"],
  ])("what the trial does without is said: %j", (facts, says) => {
    expect(injected([volume(facts)], [AT]).lacking.join()).toContain(says);
  });

  test.each(["", "relative", "/", "//", "/a:b"])("nothing is mounted at %j", (mountPath) => {
    expect(injected([volume({ emptyDir: {} })], [{ name: "v", mountPath }]).mounts).toEqual([]);
    expect(mountPaths({ volumeMounts: [{ name: "v", mountPath }] }, {})).toEqual([]);
  });
});

describe("files that settings give for an object that is elsewhere", () => {
  const secretName = "elsewhere";
  test.each<[string, Partial<VolumeFacts>, mode: number]>([
    ["the kubelet's default", { secret: { secretName } }, 0o644],
    ["the volume's", { secret: { secretName, defaultMode: 0o400 } }, 0o400],
    ["a ConfigMap's", { configMap: { name: secretName, defaultMode: 0o440 } }, 0o440],
    [
      "their item's",
      { secret: { secretName, defaultMode: 0o400, items: [{ key: "k", path: "key", mode: 0o444 }] } },
      0o444,
    ],
    [
      "their item's, named by its key",
      { secret: { secretName, items: [{ key: "key", mode: 0o400 }] } },
      0o400,
    ],
    [
      "not another item's",
      { secret: { secretName, defaultMode: 0o440, items: [{ key: "other", path: "other", mode: 0o400 }] } },
      0o440,
    ],
    [
      "those of a projection",
      {
        projected: {
          defaultMode: 0o440,
          sources: [{ secret: { name: secretName, items: [{ key: "k", path: "key", mode: 0o400 }] } }],
        },
      },
      0o400,
    ],
    [
      "those of a field",
      { downwardAPI: { items: [{ path: "key", fieldRef: { fieldPath: "metadata.labels" }, mode: 0o400 }] } },
      0o400,
    ],
  ])("have %s mode", (_, facts, mode) => {
    const settings = { files: { "/etc/app/key": "x" } };
    const { mounts } = injected([volume(facts)], [AT], settings);
    expect(mounts).toEqual([
      { kind: "files", path: "/etc/app", files: { key: { content: "x", mode } }, gid: 7 },
    ]);
    const file = { name: "v", mountPath: "/etc/app/key", subPath: "key" };
    expect(injected([volume(facts)], [file], settings).mounts).toEqual([
      { kind: "file", path: "/etc/app/key", content: "x", mode, gid: 7 },
    ]);
  });
});
