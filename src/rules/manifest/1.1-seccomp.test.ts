import { describe, expect, test } from "vitest";
import { inEveryList, judgedPod, type PodSketch, remedies, said } from "../../../test/fixtures/restricted.ts";
import { seccomp } from "./1.1-seccomp.ts";

const TYPE = "securityContext.seccompProfile.type";
const NAMES = ["first", "web", "debugger"];

function profile(type?: string) {
  return { securityContext: { seccompProfile: type === undefined ? {} : { type } } };
}
const GOOD = profile("RuntimeDefault");

describe("accepted", () => {
  test.each<[string, PodSketch]>([
    ["the pod's profile holds for all", { ...GOOD, ...inEveryList({}) }],
    ["every container has its own", inEveryList(GOOD)],
    ["both", { ...GOOD, ...inEveryList(GOOD) }],
  ])("%s", (_, sketch) => {
    expect(judgedPod(seccomp, sketch).status).toBe("pass");
  });
});

describe("refused", () => {
  test("none: one finding for each container, the remedy in the pod", () => {
    const outcome = judgedPod(seccomp, inEveryList({}));
    expect(said(outcome)).toEqual(
      NAMES.map((name) => `${name}: no seccomp profile is set, on the pod or on the container`),
    );
    expect(remedies(outcome)[0]).toBe(
      "Add `securityContext: { seccompProfile: { type: RuntimeDefault } }` under spec.template.spec.",
    );
  });

  test.each([
    ["Unconfined", `${TYPE} is Unconfined: the contract asks for RuntimeDefault`],
    ["runtime/default", `${TYPE} is runtime/default: the contract asks for RuntimeDefault`],
    ["", `${TYPE} is missing`],
    [undefined, `${TYPE} is missing`],
  ])("%s in the pod, or in every list", (type, message) => {
    expect(said(judgedPod(seccomp, { ...profile(type), ...inEveryList({}) }))).toEqual([
      `pod: spec.${message}`,
    ]);
    const outcome = judgedPod(seccomp, { ...GOOD, ...inEveryList(profile(type)) });
    expect(said(outcome)).toEqual(NAMES.map((name) => `${name}: ${message}`));
    expect(remedies(outcome)[0]).toBe(
      "Write `seccompProfile: { type: RuntimeDefault }` under the container's securityContext instead.",
    );
  });

  test("Localhost, which Restricted allows and the contract does not", () => {
    const message = `${TYPE} is Localhost: the Restricted profile allows RuntimeDefault and Localhost, the contract asks for RuntimeDefault`;
    expect(said(judgedPod(seccomp, profile("Localhost")))).toEqual([`pod: spec.${message}`]);
    expect(said(judgedPod(seccomp, { ...GOOD, ...inEveryList(profile("Localhost")) }))).toContain(
      `web: ${message}`,
    );
  });

  test("annotations of before 1.19 count for nothing", () => {
    const annotations = { "seccomp.security.alpha.kubernetes.io/pod": "runtime/default" };
    expect(judgedPod(seccomp, { annotations }, 24).status).toBe("fail");
  });
});

test("a Windows pod is refuted, whatever it sets: the platform runs Linux", () => {
  const windows = { ...inEveryList({}), os: { name: "windows" } };
  for (const minor of [24, 25, 37]) {
    expect(judgedPod(seccomp, windows, minor)).toMatchObject({
      status: "fail",
      findings: [
        {
          message: { en: expect.stringContaining("spec.os.name is windows") },
          at: { path: expect.stringMatching(/os\.name$/) },
        },
      ],
    });
  }
});

test("not valid: open, for the containers that rest on it", () => {
  const path = `spec.template.spec.${TYPE}`;
  expect(judgedPod(seccomp, { ...profile(), invalid: [path] }).status).toBe("unproven");
  expect(judgedPod(seccomp, { invalid: ["spec.template.spec.securityContext"] }).status).toBe("unproven");
  expect(judgedPod(seccomp, { ...inEveryList(profile("Unconfined")), invalid: [path] }).status).toBe("fail");
  expect(judgedPod(seccomp, { invalid: ["spec.template.spec.os"] }).status).toBe("unproven");
  const own = `spec.template.spec.containers[0].${TYPE}`;
  expect(judgedPod(seccomp, { ...GOOD, invalid: [own] }).status).toBe("unproven");
});
