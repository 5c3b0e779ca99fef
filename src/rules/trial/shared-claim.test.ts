import { describe, expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { server, type TrialSketch, trialFacts, write } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { TrialEvent, WriteEvent } from "../../contract/trial-events.ts";
import { TRIAL_CAPABILITIES } from "../../contract/trial-facts.ts";
import type { VolumeFacts } from "../../contract/volume-facts.ts";
import type { ClaimFacts, WorkloadFacts } from "../../contract/workload-facts.ts";
import { trialReplica } from "./1.4-trial-replica.ts";

const CLAIM: VolumeFacts = {
  name: "data",
  sources: ["persistentVolumeClaim"],
  persistentVolumeClaim: { claimName: "data" },
};
const EMPTY: VolumeFacts = { name: "data", sources: ["emptyDir"] };
const LOCK: TrialEvent = { kind: "file-lock", area: "/data" };
const OLDER = TRIAL_CAPABILITIES.filter((look) => look !== "file-locks");

function judge(
  facts: Partial<WorkloadFacts>,
  { volumes = [CLAIM], more = [LOCK], hostname, ...sketch }: Sketch = {},
): ReturnType<typeof trialReplica.check> {
  const volumeMounts = [{ name: "data", mountPath: "/data/" }, { name: "data" }];
  const workload = workloadFacts({
    volumes,
    facts,
    containers: [{ name: "web", volumeMounts }],
    ...(hostname === undefined ? {} : { hostname }),
  });
  const trial = trialFacts({ "read-only": server({ more }), ...sketch });
  const [placement] = placements(workload);
  return trialReplica.check({ trial, workload, ...(placement === undefined ? {} : { placement }) });
}

interface Sketch extends TrialSketch {
  readonly volumes?: readonly VolumeFacts[];
  readonly more?: readonly TrialEvent[];
  readonly hostname?: string;
}

function scaled(maximum: number): Partial<WorkloadFacts> {
  const effect = { is: "scaling", minimum: 1, maximum } as const;
  const related = [{ kind: "HorizontalPodAutoscaler", name: "h", at: locatedAt("h.yaml", 3), effect }];
  return { replicas: 1, rollout: RECREATE, related };
}

const RECREATE = { field: "spec.strategy.type", value: "Recreate" };
const OWN: ClaimFacts = { name: "data", source: "claim", accessModes: ["ReadWriteMany"] };
const SHARED: ClaimFacts = { ...OWN, sharedWith: "Deployment/other" };
const unavailable = (value: string | number) => {
  return { rollout: { field: "spec.strategy.rollingUpdate.maxUnavailable", value } };
};

test.each([
  ["two replicas", { replicas: 2 }, {}, "unproven"],
  ["two replicas that are replaced at once", { replicas: 2, rollout: RECREATE }, {}, "unproven"],
  ["two pods of a StatefulSet with one claim", { kind: "StatefulSet", replicas: 2 }, {}, "unproven"],
  ["a DaemonSet", { kind: "DaemonSet" }, {}, "unproven"],
  ["perhaps two, by an autoscaler", scaled(2), {}, "unproven"],
  ["never two, by an autoscaler", scaled(1), {}, "pass"],
  ["one pod, beside which a rollout starts another", { replicas: 1 }, {}, "unproven"],
  ["one by default", {}, {}, "unproven"],
  ["one pod, which a rollout may stop first", unavailable(1), {}, "pass"],
  ["one pod, of which a rollout may stop 25 %", unavailable("25%"), {}, "unproven"],
  ["one pod, of which a rollout may stop 100 %", unavailable("100%"), {}, "pass"],
  ["one pod, of which a rollout may stop none", unavailable(0), {}, "unproven"],
  ["one pod, which is stopped before the next", { rollout: RECREATE }, {}, "pass"],
  [
    "one pod, beside another workload with the claim",
    { rollout: RECREATE, claims: [SHARED] },
    {},
    "unproven",
  ],
  ["one pod, alone with its claim", { rollout: RECREATE, claims: [OWN] }, {}, "pass"],
  ["one pod of a StatefulSet", { kind: "StatefulSet" }, {}, "pass"],
  ["a batch task", { lifetime: "batch", replicas: 2 }, {}, "pass"],
  ["trap: no lock", { replicas: 2 }, { more: [] }, "pass"],
  ["trap: a lock elsewhere", { replicas: 2 }, { more: [{ ...LOCK, area: "/tmp" }] }, "pass"],
  ["trap: an emptyDir, which is each pod's own", { replicas: 2 }, { volumes: [EMPTY] }, "pass"],
  ["a volume that is not declared", { replicas: 2 }, { volumes: [] }, "pass"],
  ["a trial that did not look", { replicas: 2 }, { more: [], facts: { looks: OLDER } }, "unproven"],
  ["the same, without a claim", { replicas: 2 }, { volumes: [EMPTY], facts: { looks: OLDER } }, "pass"],
] satisfies readonly [string, Partial<WorkloadFacts>, Sketch, string][])(
  "a lock on a claim, %s: → %s %s",
  (_, facts, sketch, status) => {
    expect(judge(facts, sketch).status).toBe(status);
  },
);

test("the reason names the mount, and the remedy suits the number of pods", () => {
  expect(judge({ replicas: 2 })).toMatchObject({
    reason: { en: expect.stringContaining("holds a lock on a file of /data, a volume that the pods share") },
    settle: { en: expect.stringContaining("volumeClaimTemplates") },
  });
  expect(judge({})).toMatchObject({ settle: { en: expect.stringContaining("strategy.type: Recreate") } });
  expect(judge({ replicas: 2 }, { more: [{ ...LOCK, unsure: true }] })).toMatchObject({
    reason: { en: expect.stringContaining("the locks of /data could not be read") },
  });
});

describe("a lock made of a file", () => {
  const file = (path: string, changes: Partial<WriteEvent> = {}): TrialEvent =>
    write(path, { area: "/data", bytes: 40, ...changes });

  test.each<[string, TrialEvent, string]>([
    ["by its name", file("/data/app.lock"), "unproven"],
    ["that holds a process", file("/data/server.pid", { sample: "1\n", bytes: 2 }), "unproven"],
    ["as a folder", file("/data/write.lock", { type: "directory", bytes: 4_096 }), "unproven"],
    ["as a link", file("/data/SingletonLock", { type: "symlink" }), "unproven"],
    ["that holds the host name", file("/data/primary", { sample: "web-x7kd2mnpq-4tz9w\n" }), "unproven"],
    [
      "that holds the host name and a process",
      file("/data/a", { sample: "web-x7kd2mnpq-4tz9w:1" }),
      "unproven",
    ],
    ["in JSON", file("/data/a", { sample: '{"host":"web-x7kd2mnpq-4tz9w","since":1}' }), "unproven"],
    ["that is gone", file("/data/app.lock", { change: "deleted" }), "pass"],
    ["in another folder", write("/tmp/app.lock", { area: "/tmp" }), "pass"],
    ["of packages", file("/data/yarn.lock", { bytes: 4_000 }), "pass"],
    ["that is a socket", file("/data/app.lock", { type: "other" }), "pass"],
    ["whose path is the pod's own", file("/data/web-x7kd2mnpq-4tz9w/app.lock"), "pass"],
    ["beside data", file("/data/blocks", { sample: "unlocked\n" }), "pass"],
    ["with another host's name", file("/data/a", { sample: "db-x7kd2mnpq-4tz9w\n" }), "pass"],
    ["with a word that begins alike", file("/data/a", { sample: "web-page\n" }), "pass"],
  ])("%s", (_, event, status) => {
    expect(judge({ replicas: 2 }, { more: [event] }).status).toBe(status);
  });

  test("is named", () => {
    expect(judge({ replicas: 2 }, { more: [file("/data/app.lock")] })).toMatchObject({
      reason: {
        en: expect.stringContaining("/data/app.lock has the form of a lock file in /data, a volume"),
      },
      settle: { en: expect.stringContaining("volumeClaimTemplates") },
    });
  });

  test("holds the host name that the manifest gives", () => {
    const sketch = { more: [file("/data/a", { sample: "portal-main\n" })] };
    expect(judge({ replicas: 2 }, sketch).status).toBe("pass");
    expect(judge({ replicas: 2 }, { ...sketch, hostname: "portal-main" }).status).toBe("unproven");
    expect(judge({ replicas: 2 }, { ...sketch, hostname: "a|.*" }).status).toBe("pass");
  });

  test("does not matter where one pod ends before the next", () => {
    expect(judge({ rollout: RECREATE }, { more: [file("/data/app.lock")] }).status).toBe("pass");
    expect(judge({}, { more: [file("/data/app.lock")] })).toMatchObject({
      settle: { en: expect.stringContaining("strategy.type: Recreate") },
    });
    expect(judge({ rollout: RECREATE, claims: [SHARED] }, { more: [file("/data/app.lock")] })).toMatchObject({
      settle: { en: expect.stringContaining("Deployment/other") },
    });
  });
});
