// Row 12: locks on a claim that the pods of an application share.

import type { Answer } from "../../../src/contract/verdict.ts";
import { type Manifest, yaml } from "../../fixtures/manifests.ts";
import { server as serving } from "../../fixtures/trial-facts.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

const CLAIM = {
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name: "data" },
  spec: { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "1Gi" } } },
};
const MEETS =
  "The second pod finds the lock of the first and may never be ready; the trial gave it its own volume.";
const RECREATE = { replicas: 1, strategy: { type: "Recreate" } };
const ALONE = "No second pod ever meets the lock.";

export const cases: Cases = [
  claimed("two replicas, a lock on the claim", { replicas: 2 }, "/data", "unproven", MEETS),
  claimed("a rollout beside the one pod, a lock on the claim", {}, "/data", "unproven", MEETS),
  claimed("one pod that is stopped first, a lock on the claim", RECREATE, "/data", "yes", ALONE),
  claimed(
    "two replicas, no lock",
    { replicas: 2 },
    undefined,
    "yes",
    "They share files, and wait for nobody.",
  ),
  claimed("two replicas, a lock in /tmp", { replicas: 2 }, "/tmp", "yes", "Each pod has a /tmp of its own."),
];

function claimed(name: string, spec: Manifest, area: string | undefined, answer: Answer, why: string): Case {
  const volumeMounts = [
    { name: "tmp", mountPath: "/tmp" },
    { name: "data", mountPath: "/data" },
  ];
  const volumes = [
    { name: "tmp", emptyDir: {} },
    { name: "data", persistentVolumeClaim: { claimName: "data" } },
  ];
  const deployment = web({ volumeMounts }, { volumes });
  const whole = { ...deployment, spec: { ...(deployment["spec"] as Manifest), ...spec } };
  const run = serving({ more: area === undefined ? [] : [{ kind: "file-lock", area }] });
  return {
    name,
    given: {
      ...withImage(manifests(whole, yaml(CLAIM)), imageOf({})),
      trial: { "read-only": run, writable: run },
    },
    expect: { stateless: answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}
