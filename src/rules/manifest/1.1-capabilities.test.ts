import { expect, test } from "vitest";
import { inEveryList, judgedPod, ofOne, remedies, said } from "../../../test/fixtures/restricted.ts";
import type { CapabilitiesFacts } from "../../contract/pod-facts.ts";
import { capabilities } from "./1.1-capabilities.ts";

const NAMES = ["first", "web", "debugger"];
const FIELD = "securityContext.capabilities";

function everywhere(facts: CapabilitiesFacts) {
  return inEveryList({ securityContext: { capabilities: facts } });
}

test.each([
  { drop: ["ALL"] },
  { drop: ["NET_RAW", "ALL"] },
  { drop: ["ALL"], add: [] },
  { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
])("accepted: %j", (facts) => {
  expect(judgedPod(capabilities, everywhere(facts)).status).toBe("pass");
});

test.each([
  [{}, "drop is not set: the container keeps capabilities"],
  [{ drop: [] }, "drop is [], without ALL (in capitals): the container keeps capabilities"],
  [{ drop: ["all"] }, "drop is [all], without ALL (in capitals): the container keeps capabilities"],
  [
    { drop: ["NET_RAW", "CAP_ALL"] },
    "drop is [NET_RAW, CAP_ALL], without ALL (in capitals): the container keeps capabilities",
  ],
  [{ drop: ["ALL"], add: ["SYS_ADMIN"] }, "add holds SYS_ADMIN: only NET_BIND_SERVICE is allowed"],
  [{ drop: ["ALL"], add: ["ALL"] }, "add holds ALL: only NET_BIND_SERVICE is allowed"],
  [
    { drop: ["ALL"], add: ["CAP_NET_BIND_SERVICE"] },
    "add holds CAP_NET_BIND_SERVICE: only NET_BIND_SERVICE is allowed",
  ],
  [{ drop: ["ALL"], add: [""] }, 'add holds "": only NET_BIND_SERVICE is allowed'],
])("refused in every list: %j", (facts, message) => {
  expect(said(judgedPod(capabilities, everywhere(facts)))).toEqual(
    NAMES.map((name) => `${name}: ${FIELD}.${message}`),
  );
});

test("the line to add, to write, to remove", () => {
  expect(remedies(judgedPod(capabilities, {}))).toEqual([
    "Add `securityContext: { capabilities: { drop: [ALL] } }` to the container.",
  ]);
  const facts = { drop: ["NET_RAW"], add: ["NET_BIND_SERVICE", "SYS_PTRACE"] };
  expect(remedies(judgedPod(capabilities, ofOne({ securityContext: { capabilities: facts } })))).toEqual([
    "Write `drop: [ALL]` under the container's securityContext.capabilities instead.",
    "Remove SYS_PTRACE from securityContext.capabilities.add.",
  ]);
});

test("a Windows pod is refuted, whatever it sets: the platform runs Linux", () => {
  const windows = { ...inEveryList({}), os: { name: "windows" } };
  for (const minor of [24, 25, 37]) {
    expect(judgedPod(capabilities, windows, minor)).toMatchObject({
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

test.each(["drop", "drop[1]", "add", "add[0]"])("open: %s is not readable", (field) => {
  const sketch = ofOne({ securityContext: { capabilities: { drop: ["ALL"] } } });
  const invalid = [`spec.template.spec.containers[0].${FIELD}.${field}`];
  expect(judgedPod(capabilities, { ...sketch, invalid }).status).toBe("unproven");
});

test("open: the operating system is not readable, which may exempt the pod", () => {
  expect(judgedPod(capabilities, { invalid: ["spec.template.spec.os.name"] }).status).toBe("unproven");
});
