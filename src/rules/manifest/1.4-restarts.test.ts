import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import { restarts } from "./1.4-restarts.ts";

function check(pod: Partial<PodSpecFacts>, facts = {}, minor = 36) {
  return restarts.check({ workload: workloadFacts({ ...pod, facts }), cluster: { minor } });
}

function web(restartPolicy?: string) {
  return { containers: [{ name: "web", ...(restartPolicy === undefined ? {} : { restartPolicy }) }] };
}

test.each(["Never", "OnFailure"])("%s of an app container refutes", (policy) => {
  expect(check(web(policy))).toMatchObject({
    status: "fail",
    findings: [
      {
        container: "web",
        fingerprint: `1.4-restarts:portal/Deployment/web:web:${policy}`,
        at: { path: "spec.template.spec.containers[0].restartPolicy" },
      },
    ],
  });
});

test("an older Kubernetes ignores it, which is noted", () => {
  expect(check(web("Never"), {}, 33)).toMatchObject({
    status: "pass",
    notes: [{ message: { en: expect.stringContaining("Kubernetes 1.33 ignores") } }],
  });
});

test.each<[string, Partial<PodSpecFacts>]>([
  ["Always", web("Always")],
  ["no policy", web()],
  ["a sidecar", { ...web(), initContainers: [{ name: "proxy", restartPolicy: "Always" }] }],
  ["an init container", { ...web(), initContainers: [{ name: "migrate", restartPolicy: "Never" }] }],
])("%s passes", (_name, pod) => {
  expect(check(pod)).toMatchObject({ status: "pass", notes: [] });
});

test("a deadline of the pod refutes: nothing starts it again", () => {
  expect(check({ ...web(), activeDeadlineSeconds: 60 })).toMatchObject({
    status: "fail",
    findings: [
      {
        fingerprint: "1.4-restarts:portal/Deployment/web:deadline",
        message: { en: expect.stringContaining("activeDeadlineSeconds: 60") },
        at: { path: "spec.template.spec.activeDeadlineSeconds" },
      },
    ],
  });
  const facts = { lifetime: "batch" };
  expect(check({ ...web(), activeDeadlineSeconds: 60 }, facts)).toMatchObject({ status: "n/a" });
});

test("a deadline that cannot be read leaves it open", () => {
  const invalid = [{ path: "spec.template.spec.activeDeadlineSeconds", problem: { fr: "x", en: "x" } }];
  expect(check(web(), { invalid })).toMatchObject({ status: "unproven", unreadable: true });
});

test("a task ends by itself", () => {
  expect(check(web("Never"), { lifetime: "batch" })).toMatchObject({ status: "n/a" });
});

test("a policy that cannot be read leaves it open", () => {
  const invalid = [{ path: "spec.template.spec.containers[0].restartPolicy", problem: { fr: "x", en: "x" } }];
  expect(check(web(), { invalid })).toMatchObject({ status: "unproven", unreadable: true });
});
