import { expect, test } from "vitest";
import type { ProbePlan } from "../plan/plan.ts";
import { PodReadiness } from "./pod-readiness.ts";

type Container = ConstructorParameters<typeof PodReadiness>[0]["containers"][number];

const STIMULI = {
  lifetime: "server",
  ports: [],
  datagramPorts: [],
  probes: [],
  hooks: {},
  hosts: [],
  paths: [],
  warmUp: [],
  exchanges: [],
  stopSignal: "SIGTERM",
} as const;

function probe(why: ProbePlan["why"]): ProbePlan {
  return { why, does: { tcp: { port: 80 } }, timeoutMs: 1 };
}

function container(
  name: string,
  stimuli: Partial<Container["stimuli"]> = {},
  role: Container["role"] = "app",
) {
  return { name, role, stimuli: { ...STIMULI, ...stimuli } };
}

test("a pod is ready once each container runs and is ready, and no more once one has ended", () => {
  const web = container("web", { probes: [probe("readiness")] });
  const slow = container("slow", { probes: [probe("liveness"), probe("startup")] });
  const worker = container("worker");
  const pod = new PodReadiness({ containers: [web, slow, worker] });
  for (const one of [web, slow]) pod.starts(one);
  expect(pod.isReady).toBe(false);
  pod.becomesReady(web);
  expect(pod.isReady).toBe(false);
  pod.becomesReady(slow);
  expect(pod.isReady).toBe(false);
  pod.starts(worker);
  expect(pod.isReady).toBe(true);
  pod.ends(web);
  expect(pod.isReady).toBe(false);
});

test("a second replica's readiness probe is awaited, too", () => {
  const web = container("web", { readiness: probe("readiness") });
  const pod = new PodReadiness({ containers: [web] });
  pod.starts(web);
  expect(pod.isReady).toBe(false);
});

test.each([
  ["without probes", container("worker")],
  ["with a liveness probe alone", container("worker", { probes: [probe("liveness")] })],
  ["that ends by itself", container("task", { lifetime: "batch", probes: [probe("readiness")] })],
])("a container %s is ready as soon as it runs", (_, one) => {
  const pod = new PodReadiness({ containers: [one] });
  expect(pod.isReady).toBe(false);
  pod.starts(one);
  expect(pod.isReady).toBe(true);
});

test("an init container has ended before the pod is ready", () => {
  const setup = container("setup", { lifetime: "batch" }, "init");
  const web = container("web");
  const pod = new PodReadiness({ containers: [setup, web] });
  pod.starts(setup);
  expect(pod.isReady).toBe(false);
  pod.ends(setup);
  pod.starts(web);
  expect(pod.isReady).toBe(true);
});
