// Row 12: locks on a claim that the pods of an application share.

import type { TrialEvent } from "../../../src/contract/trial-events.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import { type Manifest, yaml } from "../../fixtures/manifests.ts";
import { server as serving, write } from "../../fixtures/trial-facts.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

const CLAIM = claimOf("ReadWriteMany");
const MEETS =
  "The second pod finds the lock of the first and may never be ready; the trial gave it its own volume.";
const FILE = { area: "/data", bytes: 40 } as const;
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
  filed(
    "two replicas, a lock file on the claim",
    { replicas: 2 },
    write("/data/app.lock", FILE),
    "unproven",
    MEETS,
  ),
  filed(
    "two replicas, a file with the host name on the claim",
    { replicas: 2 },
    write("/data/primary", { ...FILE, sample: "web-x7kd2mnpq-4tz9w 1\n" }),
    "unproven",
    MEETS,
  ),
  filed(
    "one pod that is stopped first, a lock file on the claim",
    RECREATE,
    write("/data/app.lock", FILE),
    "yes",
    ALONE,
  ),
  filed(
    "two replicas, each with a folder of its own on the claim",
    { replicas: 2 },
    write("/data/web-x7kd2mnpq-4tz9w/app.lock", FILE),
    "yes",
    "No other pod has the name.",
  ),
  filed(
    "two replicas, a list of packages on the claim",
    { replicas: 2 },
    write("/data/plugins/yarn.lock", { ...FILE, bytes: 12_000 }),
    "yes",
    "What is called a lock there fixes versions.",
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
  const more: readonly TrialEvent[] = area === undefined ? [] : [{ kind: "file-lock", area }];
  return sharing(name, spec, more, { answer, why, beside, claim });
}

/** The same with a file on the claim. */
function filed(name: string, spec: Manifest, file: TrialEvent, answer: Answer, why: string): Case {
  return sharing(name, spec, [file], { answer, why, beside: [], claim: CLAIM });
}

interface Expected {
  readonly answer: Answer;
  readonly why: string;
  readonly beside: readonly Manifest[];
  readonly claim: Manifest;
}

function sharing(
  name: string,
  spec: Manifest,
  more: readonly TrialEvent[],
  { answer, why, beside, claim }: Expected,
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
  const run = serving({ more });
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
