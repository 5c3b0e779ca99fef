import { expect, test } from "vitest";
import { workloadFacts } from "../../../../test/fixtures/workload-facts.ts";
import { placements } from "../../../contract/pod-containers.ts";
import { capabilities } from "../1.1-capabilities.ts";
import { privilegeEscalation } from "../1.1-privilege-escalation.ts";
import { runAsNonRoot } from "../1.1-run-as-non-root.ts";
import { readOnlyRootFilesystem } from "../1.2-read-only-root-filesystem.ts";
import { probes } from "../1.3-probes.ts";

const CLUSTER = { minor: 34 };
const SPEC = "spec.template.spec";
const CONTAINER = `${SPEC}.containers[0]`;

function workload(...misplaced: readonly string[]) {
  return workloadFacts({ containers: [{ name: "web" }, { name: "proxy" }], facts: { misplaced } });
}

test.each([
  [
    privilegeEscalation,
    `${SPEC}.securityContext.allowPrivilegeEscalation`,
    "the container's securityContext",
    2,
  ],
  [capabilities, `${SPEC}.securityContext.capabilities`, "the container's securityContext", 2],
  [capabilities, `${CONTAINER}.capabilities`, "the container's securityContext", 1],
  [
    privilegeEscalation,
    "spec.securityContext.allowPrivilegeEscalation",
    "the container's securityContext",
    2,
  ],
  [runAsNonRoot, `${SPEC}.runAsNonRoot`, "the securityContext of the pod or the container", 2],
  [probes, `${SPEC}.livenessProbe`, "the container", 2],
] as const)("$id: %o is misplaced, not absent", (rule, path, place, containers) => {
  const evidence = { workload: workload(path), cluster: CLUSTER };
  const outcome = rule.check(evidence);
  const findings = outcome.status === "fail" ? outcome.findings : [];
  const placed = findings.filter(({ message }) => message.en.startsWith(`${path} is misplaced`));
  expect(placed).toHaveLength(containers);
  expect(placed).toEqual(
    placed.map((finding) => ({
      ...finding,
      message: { ...finding.message, en: expect.stringContaining(`it belongs in ${place}`) as string },
      remedy: { ...finding.remedy, en: expect.stringMatching(/^Remove it there\. Add /) as string },
    })),
  );
});

test("a read-only root that is misplaced proves nothing, and is told", () => {
  const facts = workload(`${SPEC}.securityContext.readOnlyRootFilesystem`);
  const [placement] = placements(facts);
  if (placement === undefined) throw new Error("no container");
  expect(readOnlyRootFilesystem.check({ workload: facts, placement })).toMatchObject({
    status: "unproven",
    reason: { en: expect.stringContaining("readOnlyRootFilesystem is misplaced") as string },
  });
});

test("what is set right does not become wrong by what is misplaced beside", () => {
  const securityContext = { allowPrivilegeEscalation: false };
  const facts = workloadFacts({
    containers: [{ name: "web", securityContext }],
    facts: { misplaced: [`${SPEC}.securityContext.allowPrivilegeEscalation`] },
  });
  expect(privilegeEscalation.check({ workload: facts, cluster: CLUSTER }).status).toBe("pass");
});
