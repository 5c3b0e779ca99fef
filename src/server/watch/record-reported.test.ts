import { expect, test } from "vitest";
import type { Digest } from "../../contract/image-facts.ts";
import type { Decision } from "../ports.ts";
import { imageDiffers, podUnadmitted } from "./findings.ts";
import { recordReported } from "./record-reported.ts";
import type { RunningPod } from "./running-pod.ts";

const START: Digest = `sha256:${"1".repeat(64)}`;
const IMAGE = { container: "app", reference: "registry.example/app:1", imageId: START };
const POD: RunningPod = {
  apiVersion: "v1",
  kind: "Pod",
  namespace: "team",
  name: "web-1",
  uid: "p-1",
  createdAt: "2026-11-30T00:00:00Z",
  node: "node-1",
  isMirror: false,
  start: START,
  labels: START,
  images: [IMAGE],
};
const OWNER = { apiVersion: "apps/v1", kind: "Deployment", namespace: "team", name: "web", uid: "d-1" };

async function recorded(
  finding: Parameters<typeof recordReported>[0]["finding"],
  kept: readonly string[],
  workload = OWNER,
): Promise<readonly Decision[]> {
  const decisions: Decision[] = [];
  await recordReported({ pod: POD, finding, workload, admission: undefined }, "fr", {
    store: { reportedOf: async (uid) => (uid === "p-1" ? kept : []) },
    record: async (one) => void decisions.push(one),
    now: () => Date.parse("2026-11-30T12:00:00Z"),
  });
  return decisions;
}

test("a pod that no decision let in is recorded with its workload and the reason", async () => {
  const [one, ...others] = await recorded(podUnadmitted(POD), ["image-differs"]);
  expect(others).toEqual([]);
  expect(one).toMatchObject({
    at: "2026-11-30T12:00:00.000Z",
    uid: "p-1",
    kind: "reported",
    owner: "Deployment/web",
    causes: [{ reason: "pod-unadmitted", message: expect.stringContaining("aucune décision") }],
  });
  expect((await recorded(podUnadmitted(POD), [], { ...OWNER, uid: "p-1" }))[0]).not.toHaveProperty("owner");
});

test("what was kept before a restart is not recorded again, but another image is", async () => {
  expect(await recorded(podUnadmitted(POD), ["pod-unadmitted"])).toEqual([]);
  expect(await recorded(imageDiffers(POD, IMAGE, START), ["image-differs"])).toHaveLength(1);
});

test("what the audit log does not take is an error, not a silence", async () => {
  const finding = podUnadmitted(POD);
  const ports = {
    store: { reportedOf: async () => [] },
    record: () => Promise.reject(new Error("database gone")),
    now: () => 0,
  };
  const reported = { pod: POD, finding, workload: OWNER, admission: undefined };
  await expect(recordReported(reported, "en", ports)).rejects.toThrow("database gone");
});
