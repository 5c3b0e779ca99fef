// Row 12: locks on a claim that the pods of an application share.

import type { Answer } from "../../../src/contract/verdict.ts";
import { type Manifest, yaml } from "../../fixtures/manifests.ts";
import { server as serving } from "../../fixtures/trial-facts.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

const CLAIM = claimOf("ReadWriteMany");
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
  claimed(
    "one pod that is stopped first, a lock on the claim, which another workload mounts",
    RECREATE,
    "/data",
    "unproven",
    MEETS,
    [job("data")],
  ),
  claimed(
    "one pod that is stopped first, a lock on the claim, beside a workload with another claim",
    RECREATE,
    "/data",
    "yes",
    ALONE,
    [job("else")],
  ),
  claimed(
    "a claim for one pod, and a rollout that wants two",
    { replicas: 1 },
    undefined,
    "no",
    "The new pod waits for the claim, and the old one for the new pod: no rollout ends.",
    [],
    claimOf("ReadWriteOncePod"),
  ),
  claimed(
    "a claim for one pod, which is stopped first",
    RECREATE,
    undefined,
    "yes",
    "The claim is free when the new pod starts.",
    [],
    claimOf("ReadWriteOncePod"),
  ),
  claimed("two replicas, a lock in /tmp", { replicas: 2 }, "/tmp", "yes", "Each pod has a /tmp of its own."),
];

function claimOf(mode: string): Manifest {
  const spec = { accessModes: [mode], resources: { requests: { storage: "1Gi" } } };
  return { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data" }, spec };
}

/** Another workload that conforms, with a claim. */
function job(claimName: string): Manifest {
  const volumes = [
    { name: "tmp", emptyDir: {} },
    { name: "data", persistentVolumeClaim: { claimName } },
  ];
  const other = web({}, { volumes });
  return { ...other, metadata: { ...(other["metadata"] as Manifest), name: "other" } };
}

function claimed(
  name: string,
  spec: Manifest,
  area: string | undefined,
  answer: Answer,
  why: string,
  beside: readonly Manifest[] = [],
  claim: Manifest = CLAIM,
): Case {
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
      ...withImage(manifests(whole, yaml(claim), ...beside), imageOf({})),
      trial: { "read-only": run, writable: run },
    },
    expect: { stateless: answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}
