import { expect, test } from "vitest";
import { inEveryList, judgedPod, remedies, said } from "../../../test/fixtures/restricted.ts";
import { privilegeEscalation } from "./1.1-privilege-escalation.ts";

const NAMES = ["first", "web", "debugger"];
const OFF = { securityContext: { allowPrivilegeEscalation: false } };

test("accepted: false in every list", () => {
  expect(judgedPod(privilegeEscalation, inEveryList(OFF)).status).toBe("pass");
});

test.each([
  [{}, "Add `securityContext: { allowPrivilegeEscalation: false }` to the container."],
  [{ securityContext: {} }, "Add `allowPrivilegeEscalation: false` under the container's securityContext."],
])("refused: absent, which is true: %j", (container, remedy) => {
  const outcome = judgedPod(privilegeEscalation, inEveryList(container));
  expect(said(outcome)).toEqual(
    NAMES.map(
      (name) => `${name}: securityContext.allowPrivilegeEscalation is not set, so it defaults to true`,
    ),
  );
  expect(remedies(outcome)[0]).toBe(remedy);
});

test("refused: true", () => {
  const container = { securityContext: { allowPrivilegeEscalation: true } };
  const outcome = judgedPod(privilegeEscalation, inEveryList(container));
  expect(said(outcome)).toEqual(
    NAMES.map((name) => `${name}: securityContext.allowPrivilegeEscalation is true`),
  );
  expect(remedies(outcome)[0]).toBe(
    "Write `allowPrivilegeEscalation: false` under the container's securityContext instead.",
  );
});

test("a Windows pod is refuted, whatever it sets: the platform runs Linux", () => {
  const windows = { ...inEveryList({}), os: { name: "windows" } };
  for (const minor of [24, 25, 37]) {
    expect(judgedPod(privilegeEscalation, windows, minor)).toMatchObject({
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

test.each(["os", "os.name", "containers[0].securityContext.allowPrivilegeEscalation"])(
  "open: %s is not readable",
  (field) => {
    expect(judgedPod(privilegeEscalation, { invalid: [`spec.template.spec.${field}`] }).status).toBe(
      "unproven",
    );
  },
);
