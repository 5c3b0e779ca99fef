import { expect, test } from "vitest";
import { podObject, podRequest } from "../../../test/fixtures/admission-request.ts";
import type { AdmissionSettings } from "../../policy/admission.ts";
import { observationNotes, observationOf } from "./observation.ts";

const NOW = Date.parse("2026-12-31T23:59:59.999Z");
const REASON = "migration";
const CONTROLLER = "system:serviceaccount:kube-system:replicaset-controller";

function pod(user = CONTROLLER) {
  const ownerReferences = [{ kind: "ReplicaSet", name: "web-7d9f6c4b8", controller: true }];
  const labels = { "pod-template-hash": "7d9f6c4b8" };
  return podRequest({ user, object: podObject({}, { ownerReferences, labels }) });
}

const DEPLOYMENT = podRequest({
  group: "apps",
  resource: "deployments",
  user: "alice",
  object: { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec: {} },
});

const ONE = { namespace: "aides", workloads: ["Deployment/web"], until: "2026-12-31", reason: REASON };

test.each<[string, AdmissionSettings["observe"], ReturnType<typeof pod>, string | undefined]>([
  ["no entry", undefined, pod(), undefined],
  ["the cluster", [{ until: "2026-12-31", reason: REASON }], pod(), "2026-12-31"],
  ["the cluster, until yesterday", [{ until: "2026-12-30", reason: REASON }], pod(), undefined],
  ["the namespace", [{ namespace: "aides", until: "2027-01-31", reason: REASON }], pod(), "2027-01-31"],
  ["another namespace", [{ namespace: "other", until: "2027-01-31", reason: REASON }], pod(), undefined],
  ["its Deployment", [ONE], pod(), "2026-12-31"],
  ["its Deployment, as whoever creates the pod says", [ONE], pod("alice"), undefined],
  ["another Deployment", [{ ...ONE, workloads: ["Deployment/api", "StatefulSet/web"] }], pod(), undefined],
  ["a Deployment, which is told so itself", [ONE], DEPLOYMENT, "2026-12-31"],
  [
    "the longest of several",
    [
      { until: "2026-12-31", reason: REASON },
      { ...ONE, until: "2027-02-28" },
    ],
    pod(),
    "2027-02-28",
  ],
  [
    "the longest of several, in another order",
    [
      { ...ONE, until: "2027-02-28" },
      { until: "2026-12-31", reason: REASON },
    ],
    pod(),
    "2027-02-28",
  ],
])("observing %s", (_, observe, request, until) => {
  const settings: AdmissionSettings = observe === undefined ? {} : { observe };
  expect(observationOf(settings, request, NOW)?.until).toBe(until);
});

test("what is observed today is noted with its last day, and nothing once all has ended", () => {
  const observe = [
    { until: "2026-06-14", reason: "ended" },
    { until: "2026-06-15", reason: "today" },
    { namespace: "shop", until: "2026-07-01", reason: "later" },
  ];
  const notes = (today: string) => observationNotes({ observe }, Date.parse(`${today}T23:59:59Z`));
  expect(notes("2026-06-15")).toEqual(["observing: 2 of the policy's entries, the last until 2026-07-01"]);
  expect(notes("2026-07-02")).toEqual([]);
  expect(observationNotes({}, 0)).toEqual([]);
});
