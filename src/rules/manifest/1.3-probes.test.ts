import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { probes } from "./1.3-probes.ts";

const READY = { readinessProbe: { httpGet: { port: 8080 } } };
const LIVE = { livenessProbe: { httpGet: { port: 8080 } } };
const AT = "spec.template.spec.containers[0]";

type Sketch = Parameters<typeof workloadFacts>[0];

function check(container: ContainerFacts, sketch: Sketch = {}) {
  return probes.check({
    workload: workloadFacts({ containers: [{ name: "web", ...container }], ...sketch }),
  });
}

test("both probes on every container prove it", () => {
  expect(check({ ...READY, ...LIVE })).toMatchObject({
    status: "pass",
    proof: { en: "readinessProbe and livenessProbe present: web" },
  });
});

describe("a probe that is absent", () => {
  test.each<[string, ContainerFacts, readonly string[]]>([
    ["both", {}, ["readinessProbe", "livenessProbe"]],
    ["readiness", LIVE, ["readinessProbe"]],
    ["liveness", READY, ["livenessProbe"]],
    ["liveness, with a startup probe", { ...READY, startupProbe: {} }, ["livenessProbe"]],
  ])("%s", (_, container, absent) => {
    expect(check(container)).toMatchObject({
      status: "fail",
      findings: absent.map((probe) => ({
        container: "web",
        at: { file: "web.yaml", path: `${AT}.${probe}` },
        fingerprint: `1.3-probes:portal/Deployment/web:web:${probe}:absent`,
      })),
    });
  });

  test("the remedy names the container's port, and what a startup probe is not", () => {
    const remedy = (ports: ContainerFacts["ports"]) =>
      JSON.stringify(check({ ...LIVE, ...(ports === undefined ? {} : { ports }) }));
    expect(remedy([{ name: "http", containerPort: 3000 }])).toContain("path: /ready, port: http");
    expect(remedy([{ containerPort: 3000 }])).toContain("port: 3000");
    expect(remedy([{}])).toContain("port: 8080");
    expect(remedy(undefined)).toContain("port: 8080");
    expect(check({ ...READY, startupProbe: {} })).toMatchObject({
      findings: [
        { message: { en: /startupProbe holds during the start only/ }, remedy: { en: /path: \/live/ } },
      ],
    });
  });

  test("of a sidecar, which runs as long as the application", () => {
    const sidecar = { name: "proxy", restartPolicy: "Always" };
    expect(check({ ...READY, ...LIVE }, { initContainers: [sidecar] })).toMatchObject({
      status: "fail",
      findings: [{ container: "proxy" }, { container: "proxy" }],
    });
  });
});

describe("traps: containers that need none", () => {
  test("init and ephemeral ones", () => {
    const others = { initContainers: [{ name: "migrate" }], ephemeralContainers: [{ name: "debugger" }] };
    expect(check({ ...READY, ...LIVE }, others).status).toBe("pass");
  });

  test("batch, sidecars included", () => {
    const facts = { lifetime: "batch" } as const;
    const sidecar = { name: "proxy", restartPolicy: "Always" };
    expect(check({}, { facts, initContainers: [sidecar] }).status).toBe("n/a");
  });
});

test.each([`${AT}.livenessProbe`, `${AT}.readinessProbe.httpGet.port`, "spec.template.spec.containers"])(
  "what is not valid Kubernetes leaves it open: %s",
  (path) => {
    const problem = { fr: "non valide", en: "not valid" };
    expect(check({ ...READY, ...LIVE }, { facts: { invalid: [{ path, problem }] } })).toMatchObject({
      status: "unproven",
      reason: problem,
    });
  },
);
