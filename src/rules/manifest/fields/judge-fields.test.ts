import { expect, test } from "vitest";
import { workloadFacts } from "../../../../test/fixtures/workload-facts.ts";
import { containersOf, podOf } from "./holder.ts";
import { type Field, judgeFields, ofContainers } from "./judge-fields.ts";

const PROOF = { fr: "prouvé", en: "proven" };
const TEXT = { fr: "texte", en: "text" };
const WRONG = { value: "a b", message: TEXT, remedy: TEXT };

function judged(path: string, container: Partial<Field>, name = "ports[0].hostPort") {
  const invalid = path === "" ? [] : [{ path, problem: { fr: `${path} !`, en: `${path}!` } }];
  const workload = workloadFacts({ facts: { invalid } });
  const fields = containersOf(workload).map((holder) => ({ holder, name, ...container }));
  return judgeFields("1.1-x", workload, ofContainers(workload, fields), PROOF);
}

test("a wrong field is a finding with its container, place and a fingerprint without positions", () => {
  expect(judged("", { wrong: WRONG })).toEqual({
    status: "fail",
    findings: [
      {
        message: TEXT,
        remedy: TEXT,
        container: "web",
        fingerprint: "1.1-x:portal/Deployment/web:web:ports.hostPort:a%20b",
        at: { file: "web.yaml", path: "spec.template.spec.containers[0].ports[0].hostPort" },
      },
    ],
  });
});

test("a wrong field of the pod names no container", () => {
  const workload = workloadFacts({ facts: { podPath: "" } });
  const outcome = judgeFields(
    "1.1-x",
    workload,
    [{ holder: podOf(workload), name: "hostPID", wrong: WRONG }],
    PROOF,
  );
  expect(outcome).toEqual({
    status: "fail",
    findings: [
      {
        message: TEXT,
        remedy: TEXT,
        fingerprint: "1.1-x:portal/Deployment/web:spec.hostPID:a%20b",
        at: { file: "web.yaml", path: "spec.hostPID" },
      },
    ],
  });
});

test.each([
  "spec.template.spec.containers[0].ports[0].hostPort",
  "spec.template.spec.containers[0].ports[0]",
  "spec.template.spec.containers[0]",
  "spec.template.spec.containers",
  "spec.template.spec.initContainers",
  "spec.template.spec.ephemeralContainers",
  "spec.template",
  "spec.other",
])("what rests on %s is open when that is not valid", (path) => {
  expect(judged(path, { also: ["spec.other"] })).toMatchObject({
    status: "unproven",
    reason: { en: `${path}!` },
    settle: { en: expect.stringContaining("Correct this field") },
  });
});

test.each(["spec.template.spec.containers[0].image", "spec.template.spec.containers[1]", "spec.replicas"])(
  "%s is not what it rests on",
  (path) => {
    expect(judged(path, {})).toEqual({ status: "pass", proof: PROOF });
  },
);

test("a field that is not valid is no finding, whatever its value seems to be", () => {
  expect(judged("spec.template.spec.containers[0].ports", { wrong: WRONG }).status).toBe("unproven");
});

test("a finding outweighs a doubt elsewhere", () => {
  expect(judged("spec.template.spec.initContainers[3]", { wrong: WRONG }).status).toBe("fail");
  expect(judged("spec.template.spec.initContainers", { wrong: WRONG }).status).toBe("fail");
});
