import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ContainerFacts, ProbeFacts } from "../../contract/pod-facts.ts";
import { probeTiming } from "./1.3-probe-timing.ts";

function check(container: Partial<ContainerFacts>, facts = {}) {
  return probeTiming.check({
    workload: workloadFacts({ containers: [{ name: "web", ...container }], facts }),
  });
}

type Name = "readinessProbe" | "livenessProbe" | "startupProbe";

test.each<[Name, ProbeFacts, string]>([
  ["readinessProbe", { initialDelaySeconds: 3601 }, "initialDelaySeconds makes 3601 s"],
  [
    "livenessProbe",
    { periodSeconds: 100_000, failureThreshold: 1_000_000 },
    "failureThreshold × periodSeconds makes 100000000000 s",
  ],
  ["livenessProbe", { periodSeconds: 1201 }, "makes 3603 s"],
  ["livenessProbe", { timeoutSeconds: 1300 }, "failureThreshold × timeoutSeconds makes 3900 s"],
  ["readinessProbe", { failureThreshold: 361 }, "makes 3610 s"],
  ["readinessProbe", { successThreshold: 400 }, "successThreshold × periodSeconds makes 4000 s"],
  ["startupProbe", { initialDelaySeconds: 100_000 }, "initialDelaySeconds makes 100000 s"],
  ["startupProbe", { periodSeconds: 60, failureThreshold: 100_000 }, "makes 6000000 s"],
  ["startupProbe", { periodSeconds: 100_000 }, "failureThreshold × periodSeconds makes 300000 s"],
  ["startupProbe", { initialDelaySeconds: 600, failureThreshold: 301 }, "makes 3610 s"],
  ["startupProbe", { terminationGracePeriodSeconds: 86_400 }, "terminationGracePeriodSeconds makes 86400 s"],
  [
    "livenessProbe",
    { initialDelaySeconds: 3500, periodSeconds: 3500, failureThreshold: 1 },
    "initialDelaySeconds + failureThreshold × periodSeconds makes 7000 s",
  ],
  ["livenessProbe", { terminationGracePeriodSeconds: 3601 }, "terminationGracePeriodSeconds makes 3601 s"],
  [
    "readinessProbe",
    { initialDelaySeconds: 1800, successThreshold: 181 },
    "initialDelaySeconds + successThreshold × periodSeconds makes 3610 s",
  ],
])("%s %j does not act", (name, probe, words) => {
  expect(check({ [name]: probe })).toMatchObject({
    status: "fail",
    findings: [
      {
        container: "web",
        message: { en: expect.stringContaining(words) },
        fingerprint: expect.stringContaining(`:web:${name}:`),
        at: { path: `spec.template.spec.containers[0].${name}` },
      },
    ],
  });
});

test("a container that hangs is not killed within the hour by the pod's grace period", () => {
  const of = (livenessProbe: ProbeFacts, seconds: number) =>
    probeTiming.check({
      workload: workloadFacts({
        containers: [{ name: "web", livenessProbe, startupProbe: {}, readinessProbe: {} }],
        terminationGracePeriodSeconds: seconds,
      }),
    });
  expect(of({}, 100_000)).toMatchObject({
    status: "fail",
    findings: [
      {
        message: { en: /spec\.terminationGracePeriodSeconds makes 100000 s/ },
        remedy: { en: /livenessProbe\.terminationGracePeriodSeconds: 30/ },
      },
    ],
  });
  expect(of({ terminationGracePeriodSeconds: 30 }, 100_000).status).toBe("pass");
  expect(of({}, 3600).status).toBe("pass");
});

describe("probes that act", () => {
  test.each<[Name, ProbeFacts]>([
    ["startupProbe", { periodSeconds: 10, failureThreshold: 60 }],
    ["startupProbe", { periodSeconds: 10, failureThreshold: 360 }],
    ["readinessProbe", { initialDelaySeconds: 600 }],
    ["startupProbe", { initialDelaySeconds: 600, failureThreshold: 300 }],
    ["startupProbe", { terminationGracePeriodSeconds: 3600 }],
    ["livenessProbe", { initialDelaySeconds: 3000, periodSeconds: 60, failureThreshold: 10 }],
    ["livenessProbe", { terminationGracePeriodSeconds: 3600 }],
    ["readinessProbe", { initialDelaySeconds: 3500, periodSeconds: 60, failureThreshold: 10 }],
    ["readinessProbe", { terminationGracePeriodSeconds: 90_000 }],
    ["livenessProbe", { periodSeconds: 0, failureThreshold: 0, successThreshold: 0 }],
    ["livenessProbe", { successThreshold: 400 }],
    ["readinessProbe", {}],
  ])("%s %j", (name, probe) => {
    expect(check({ [name]: probe })).toMatchObject({ status: "pass", notes: [] });
  });

  test("an init container's probes are not Kubernetes', but a sidecar's are judged", () => {
    const livenessProbe = { initialDelaySeconds: 9999 };
    const of = (init: Partial<ContainerFacts>) =>
      probeTiming.check({ workload: workloadFacts({ initContainers: [{ livenessProbe, ...init }] }) }).status;
    expect(of({})).toBe("pass");
    expect(of({ restartPolicy: "Always" })).toBe("fail");
  });

  test("a container without probes is another rule's", () => {
    expect(check({})).toMatchObject({ status: "pass", notes: [] });
  });
});

test("a task has no long-running container", () => {
  expect(check({ livenessProbe: { initialDelaySeconds: 9999 } }, { lifetime: "batch" })).toMatchObject({
    status: "n/a",
  });
});

test("numbers that cannot be read leave it open", () => {
  const path = "spec.template.spec.containers[0].livenessProbe.periodSeconds";
  expect(check({}, { invalid: [{ path, problem: { fr: "x", en: "x" } }] })).toMatchObject({
    status: "unproven",
    unreadable: true,
  });
});

test.each([
  [3_601, "fail"],
  [2_000_000_000, "fail"],
  [3_600, "pass"],
  [0, "pass"],
])("minReadySeconds of %i: %s", (minReadySeconds, status) => {
  const outcome = probeTiming.check({ workload: workloadFacts({ facts: { minReadySeconds } }) });
  expect(outcome.status).toBe(status);
  if (outcome.status !== "fail") return;
  expect(outcome.findings[0].at).toMatchObject({ path: "spec.minReadySeconds" });
});

test("minReadySeconds of an object in a list is named by its place", () => {
  const facts = { minReadySeconds: 7_200, path: "items[1]" };
  const outcome = probeTiming.check({ workload: workloadFacts({ facts }) });
  expect(outcome).toMatchObject({ findings: [{ at: { path: "items[1].spec.minReadySeconds" } }] });
});
