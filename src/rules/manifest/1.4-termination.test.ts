import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { HookFacts } from "../../contract/pod-facts.ts";
import { termination } from "./1.4-termination.ts";

const AT = "spec.template.spec.containers[0].lifecycle.preStop";
const GRACE = "spec.template.spec.terminationGracePeriodSeconds";

function check(grace?: number, preStop?: HookFacts, invalid: readonly string[] = []) {
  const problem = { fr: "non valide", en: "not valid" };
  const workload = workloadFacts({
    containers: [{ name: "web", ...(preStop === undefined ? {} : { lifecycle: { preStop } }) }],
    ...(grace === undefined ? {} : { terminationGracePeriodSeconds: grace }),
    facts: { invalid: invalid.map((path) => ({ path, problem })) },
  });
  return termination.check({ workload });
}

function shell(text: string): HookFacts {
  return { exec: { command: ["/bin/sh", "-c", text] } };
}

test("without a grace period the pod is gone at once", () => {
  expect(check(0)).toMatchObject({
    status: "fail",
    findings: [
      { fingerprint: "1.4-termination:portal/Deployment/web:grace", at: { file: "web.yaml", path: GRACE } },
    ],
  });
  expect(check(0)).not.toHaveProperty("presumed");
});

describe("a hook that uses the grace period up", () => {
  test.each<[string, number | undefined, HookFacts]>([
    ["sleep as long as the default", undefined, { sleep: { seconds: 30 } }],
    ["the program that sleeps longer", 10, { exec: { command: ["sleep", "15"] } }],
    ["the program sleep", 5, { exec: { command: ["sleep", "5"] } }],
    ["in a shell", 20, shell("sleep 15; nginx -s quit; sleep 5s")],
    ["in minutes", 60, shell("sleep 1m")],
    ["in hours", 600, shell("sleep 1h")],
    ["in days", 600, shell("sleep 0.5d")],
  ])("%s", (_, grace, preStop) => {
    expect(check(grace, preStop)).toMatchObject({
      status: "fail",
      presumed: true,
      findings: [
        {
          container: "web",
          message: {
            en: expect.stringContaining("has only the 2 s that the kubelet gives besides") as string,
          },
          at: { path: AT },
          fingerprint: "1.4-termination:portal/Deployment/web:web:preStop",
        },
      ],
    });
  });
});

describe("the grace period of a probe", () => {
  const probed = (probe: "livenessProbe" | "startupProbe", own: number | undefined, seconds: number) => {
    const given = own === undefined ? {} : { terminationGracePeriodSeconds: own };
    const spec = { name: "web", [probe]: given, lifecycle: { preStop: { sleep: { seconds } } } };
    return termination.check({ workload: workloadFacts({ containers: [spec] }) });
  };

  test.each(["livenessProbe", "startupProbe"] as const)("of a %s that preStop uses up is a note", (probe) => {
    expect(probed(probe, 5, 5)).toMatchObject({
      status: "pass",
      notes: [
        {
          message: { en: expect.stringContaining(`${probe}.terminationGracePeriodSeconds gives 5`) },
          fingerprint: `1.4-termination:portal/Deployment/web:web:${probe}`,
        },
      ],
    });
  });

  test.each([
    ["longer than preStop", 6, 5],
    ["absent", undefined, 5],
  ])("%s", (_, own, seconds) => {
    expect(probed("livenessProbe", own, seconds)).toMatchObject({ status: "pass", notes: [] });
  });

  test("is said once where preStop uses the pod's up, too", () => {
    expect(probed("livenessProbe", 5, 30)).toMatchObject({ status: "fail", findings: [{}], notes: [] });
  });

  test("that cannot be read leaves the rule open", () => {
    const at = "spec.template.spec.containers[0].livenessProbe.terminationGracePeriodSeconds";
    expect(check(undefined, undefined, [at]).status).toBe("unproven");
  });
});

test("a hook of Kubernetes' own that sleeps longer is refused by the API server: no trial proves otherwise", () => {
  const outcome = check(10, { sleep: { seconds: 15 } });
  expect(outcome).toMatchObject({
    status: "fail",
    findings: [{ message: { en: expect.stringMatching(/Kubernetes refuses the pod$/) as string } }],
  });
  expect(outcome).not.toHaveProperty("presumed");
});

describe("fine", () => {
  test.each<[string, number | undefined, HookFacts | undefined]>([
    ["the default", undefined, undefined],
    ["a short sleep", undefined, { sleep: { seconds: 5 } }],
    ["a sleep without a duration", undefined, { sleep: {} }],
    ["another kind of hook", undefined, { httpGet: { port: 80 } }],
    ["a sleep that may not happen", 5, shell("if [ -f /x ]; then sleep 60; fi")],
    ["a sleep in the background", 5, shell("sleep 60 & wait_for_nothing")],
    ["a sleep that the shell computes", 5, shell("sleep $DELAY")],
    ["a long grace for a long sleep", 120, { sleep: { seconds: 60 } }],
  ])("%s", (_, grace, preStop) => {
    expect(check(grace, preStop)).toMatchObject({ status: "pass", notes: [] });
  });
});

test("a very long grace period is noted", () => {
  expect(check(3_600)).toMatchObject({
    status: "pass",
    notes: [{ message: { en: /up to 60 minutes/ }, at: { path: GRACE } }],
  });
});

test.each([GRACE, `${AT}.sleep.seconds`])("what is not valid Kubernetes leaves it open: %s", (path) => {
  expect(check(0, { sleep: { seconds: 60 } }, [path])).toMatchObject({
    status: "unproven",
    reason: { en: "not valid" },
  });
});
