import { expect, test } from "vitest";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import type { VolumeMountFacts } from "../contract/pod-facts.ts";
import type { VolumeFacts } from "../contract/volume-facts.ts";
import { writableMounts } from "./manifest-mounts.ts";

const VOLUMES: readonly VolumeFacts[] = [
  { name: "empty", sources: ["emptyDir"], emptyDir: {} },
  { name: "none", sources: [] },
  { name: "config", sources: ["configMap"], configMap: { name: "web" } },
  { name: "token", sources: ["projected"] },
  { name: "claim", sources: ["persistentVolumeClaim"], persistentVolumeClaim: { claimName: "c" } },
  {
    name: "read-claim",
    sources: ["persistentVolumeClaim"],
    persistentVolumeClaim: { claimName: "c", readOnly: true },
  },
  { name: "csi", sources: ["csi"], csi: { driver: "d", readOnly: true } },
  { sources: ["emptyDir"] },
];

test.each<[string, VolumeMountFacts, readonly string[]]>([
  ["an emptyDir", { name: "empty", mountPath: "/var/cache/" }, ["/var/cache"]],
  ["a volume without a source, which becomes one", { name: "none", mountPath: "/tmp" }, ["/tmp"]],
  ["a claim", { name: "claim", mountPath: "/data" }, ["/data"]],
  ["a claim of a StatefulSet", { name: "template", mountPath: "/data" }, ["/data"]],
  ["a read-only mount", { name: "empty", mountPath: "/x", readOnly: true }, []],
  ["a ConfigMap, always read-only", { name: "config", mountPath: "/etc/app" }, []],
  ["a projected volume", { name: "token", mountPath: "/token" }, []],
  ["a claim that the pod reads only", { name: "read-claim", mountPath: "/x" }, []],
  ["a CSI volume that is read only", { name: "csi", mountPath: "/x" }, []],
  ["a volume that the pod does not have", { name: "missing", mountPath: "/x" }, []],
  ["a mount without a path", { name: "empty" }, []],
  ["a mount without a name, of a volume without one", { mountPath: "/x" }, ["/x"]],
])("%s", (_, mount, writable) => {
  const workload = workloadFacts({
    volumes: VOLUMES,
    facts: {
      claims: [
        { name: "template", source: "template" },
        { name: "missing", source: "claim" },
      ],
    },
  });
  expect(writableMounts(workload, { volumeMounts: [mount] })).toEqual(writable);
});

test("a container without mounts has none", () => {
  expect(writableMounts(workloadFacts(), {})).toEqual([]);
});
