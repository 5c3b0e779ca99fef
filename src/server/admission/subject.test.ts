import { describe, expect, test } from "vitest";
import { podObject } from "../../../test/fixtures/admission-request.ts";
import type { Fields } from "../../json/fields.ts";
import {
  controllerSubject,
  isSignificantChange,
  isSignificantUpdate,
  podSubject,
  startDigest,
} from "./subject.ts";

const REPLICA_SET = { ownerReferences: [{ kind: "ReplicaSet", name: "web-5d4f", controller: true }] };
const replica = (suffix: string, spec: Fields = {}, metadata: Fields = {}) =>
  podObject(
    {
      containers: [
        {
          name: "web",
          image: "r.example/web:1",
          volumeMounts: [{ name: `kube-api-access-${suffix}`, mountPath: "/var/run/secrets" }],
        },
      ],
      volumes: [{ name: `kube-api-access-${suffix}`, projected: {} }],
      ...spec,
    },
    {
      ...REPLICA_SET,
      name: `web-5d4f-${suffix}`,
      uid: suffix,
      labels: { app: "web", "pod-template-hash": suffix },
      ...metadata,
    },
  );
const digest = (pod: Fields, namespace = "aides") => podSubject(pod, namespace).digest;

describe("a pod's subject", () => {
  test("is one for all replicas", () => {
    expect(digest(replica("abcde"))).toBe(digest(replica("fghij", { tolerations: [{ key: "a" }] })));
  });

  test.each<[string, Fields]>([
    ["image", replica("abcde", { containers: [{ name: "web", image: "r.example/web:2" }] })],
    [
      "command",
      replica("abcde", { containers: [{ name: "web", image: "r.example/web:1", command: ["sh"] }] }),
    ],
    ["a field that no version of Kubernetes has yet", replica("abcde", { fieldOfTomorrow: true })],
    ["a volume of another name", replica("abcde", { volumes: [{ name: "kube-api-access-abcde1" }] })],
    ["annotations", replica("abcde", {}, { annotations: { a: "b" } })],
    ["labels", replica("abcde", {}, { labels: { app: "other" } })],
  ])("differs by %s", (_, other) => {
    expect(digest(other)).not.toBe(digest(replica("abcde")));
  });

  test("differs by namespace, whatever the object says", () => {
    expect(digest(replica("abcde"), "other")).not.toBe(digest(replica("abcde")));
    expect(digest(replica("abcde", {}, { namespace: "other" }))).toBe(digest(replica("abcde")));
  });

  test("has the name of a bare pod, and none where a controller made it", () => {
    const named = (pod: Fields) => podSubject(pod, "aides").object["metadata"];
    expect(named(podObject())).toMatchObject({ name: "web" });
    expect(named(replica("abcde"))).not.toHaveProperty("name");
    // A Pod without any name is not valid.
    expect(named(replica("abcde"))).toHaveProperty("generateName");
  });

  test("of a Job's pod has not the finalizer that its controller adds; another pod has it", () => {
    const finalizers = ["batch.kubernetes.io/job-tracking", "example.org/own"];
    const kept = (owner: string) => {
      const ownerReferences = [{ kind: owner, name: "migrate", controller: true }];
      const pod = podObject({}, { finalizers, ownerReferences });
      return (podSubject(pod, "aides").object["metadata"] as Fields)["finalizers"];
    };
    expect([kept("Job"), kept("ReplicaSet")]).toEqual([["example.org/own"], finalizers]);
  });

  describe("of a pod that is bound to a node by its name", () => {
    const PATH = "requiredDuringSchedulingIgnoredDuringExecution";
    const condition = (changes: Fields = {}) => ({
      key: "metadata.name",
      operator: "In",
      values: ["node-1"],
      ...changes,
    });
    const bound = (...matchFields: readonly unknown[]) =>
      replica("abcde", { affinity: { nodeAffinity: { [PATH]: { nodeSelectorTerms: [{ matchFields }] } } } });

    test("is one for all nodes, and differs from an unbound pod's", () => {
      expect(digest(bound(condition()))).toBe(digest(bound(condition({ values: ["node-2.example"] }))));
      expect(digest(bound(condition()))).not.toBe(digest(replica("abcde")));
      const [one, two] = [bound(condition()), bound(condition({ values: ["node-2"] }))];
      expect(startDigest(one)).toBe(startDigest(podSubject(two, "aides").object));
      expect(isSignificantUpdate(one, two)).toBe(false);
    });

    test.each<[string, Fields]>([
      ["another operator", condition({ operator: "NotIn" })],
      ["another key", condition({ key: "metadata.uid" })],
      ["two names", condition({ values: ["node-1", "node-2"] })],
      ["no name", condition({ values: [] })],
      ["a name that no node can have", condition({ values: ["Node 1"] })],
      ["values that are no list", condition({ values: "node-1" })],
      ["another condition beside", condition({ other: true })],
    ])("differs by %s", (_, other) => {
      expect(digest(bound(other))).not.toBe(digest(bound(condition())));
    });

    test("keeps affinities of other forms as they are", () => {
      for (const affinity of ["text", { nodeAffinity: { [PATH]: { nodeSelectorTerms: "text" } } }, {}]) {
        const { object } = podSubject(replica("abcde", { affinity }), "aides");
        expect((object["spec"] as Fields)["affinity"]).toEqual(affinity);
      }
    });
  });

  test("renames the token's volume where nothing else has the name", () => {
    const text = JSON.stringify(podSubject(replica("abcde"), "aides").object);
    expect(text.match(/"kube-api-access"/g)).toHaveLength(2);
    const taken = [{ name: "kube-api-access-abcde" }, { name: "kube-api-access" }];
    expect(JSON.stringify(podSubject(replica("abcde", { volumes: taken }), "aides").object)).toContain(
      "-abcde",
    );
  });
});

describe("an update of a pod is judged", () => {
  test.each<[string, boolean, Fields, Fields]>([
    ["labels", false, replica("abcde", {}, { labels: { x: "y" } }), replica("abcde")],
    ["finalizers", false, replica("abcde", {}, { finalizers: ["a/b"] }), replica("abcde")],
    ["tolerations", false, replica("abcde", { tolerations: [{ key: "a" }] }), replica("abcde")],
    [
      "a gate that is taken away",
      false,
      replica("abcde"),
      replica("abcde", { schedulingGates: [{ name: "g" }] }),
    ],
    ["status", false, { ...replica("abcde"), status: { phase: "Running" } }, replica("abcde")],
    [
      "an ephemeral container",
      true,
      replica("abcde", { ephemeralContainers: [{ name: "d" }] }),
      replica("abcde"),
    ],
    [
      "resources",
      true,
      replica("abcde", { containers: [{ name: "web", resources: { limits: { cpu: "1" } } }] }),
      replica("abcde"),
    ],
    ["a list of tomorrow", true, replica("abcde", { laterContainers: [{ image: "x" }] }), replica("abcde")],
    [
      "an AppArmor profile",
      true,
      replica(
        "abcde",
        {},
        { annotations: { "container.apparmor.security.beta.kubernetes.io/web": "unconfined" } },
      ),
      replica("abcde"),
    ],
    ["another annotation", false, replica("abcde", {}, { annotations: { a: "b" } }), replica("abcde")],
  ])("%s: %j", (_, expected, pod, old) => {
    expect(isSignificantUpdate(pod, old)).toBe(expected);
  });
});

test("a controller's update is judged by template and replicas, not by status", () => {
  const deployment = (spec: Fields, more: Fields = {}) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec,
    ...more,
  });
  const old = deployment({ replicas: 1 });
  expect(isSignificantChange(deployment({ replicas: 1 }, { status: { replicas: 1 } }), old)).toBe(false);
  expect(isSignificantChange(deployment({ replicas: 2 }), old)).toBe(true);
  expect(controllerSubject(old, "a").digest).not.toBe(controllerSubject(old, "b").digest);
});
