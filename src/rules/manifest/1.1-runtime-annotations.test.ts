import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { runtimeAnnotations } from "./1.1-runtime-annotations.ts";

function check(...keys: readonly string[]) {
  const annotations = Object.fromEntries(keys.map((key) => [key, "x"]));
  return runtimeAnnotations.check({ workload: workloadFacts({ pod: { annotations } }) });
}

test.each([
  "io.kubernetes.cri-o.Devices",
  "seccomp-profile.kubernetes.cri-o.io/web",
  "cpu-quota.crio.io",
  "irq-load-balancing.crio.io",
  "devices.nri.io/container.web",
  "ulimits.nri.containerd.io/container.web",
  "nri.io/x",
  "cdi.k8s.io/web",
  "io.katacontainers.config.hypervisor.path",
  "run.oci.keep_original_groups",
])("%s leaves rows open", (key) => {
  expect(check(key)).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: { en: expect.stringContaining(`annotations["${key}"] is for the node's container runtime`) },
  });
});

test("of many, three are named", () => {
  const outcome = JSON.stringify(check("cdi.k8s.io/a", "cdi.k8s.io/b", "cdi.k8s.io/c", "cdi.k8s.io/d"));
  expect(outcome).toContain('cdi.k8s.io/c\\"], … is');
  expect(outcome).not.toContain("cdi.k8s.io/d");
});

test.each([
  "example.org/nri.io",
  "prometheus.io/scrape",
  "notcdi.k8s.io.example/x",
  "container.apparmor.security.beta.kubernetes.io/web",
])("fine: %s", (key) => {
  expect(check(key).status).toBe("pass");
});

test("fine: an empty value", () => {
  const pod = { annotations: { "io.kubernetes.cri-o.Devices": "" } };
  expect(runtimeAnnotations.check({ workload: workloadFacts({ pod }) }).status).toBe("pass");
});
