import { expect, test } from "vitest";
import { judgedPod, remedies, said } from "../../../test/fixtures/restricted.ts";
import { hostNamespaces } from "./1.1-host-namespaces.ts";

test.each([{}, { hostNetwork: false, hostPID: false, hostIPC: false }, { shareProcessNamespace: true }])(
  "accepted: %j",
  (spec) => {
    expect(judgedPod(hostNamespaces, spec).status).toBe("pass");
  },
);

test.each([
  [{ hostNetwork: true }, "spec.hostNetwork is true: the pod shares the node's network"],
  [{ hostPID: true }, "spec.hostPID is true: the pod shares the node's processes"],
  [{ hostIPC: true }, "spec.hostIPC is true: the pod shares the node's inter-process communication"],
])("refused: %j", (spec, message) => {
  expect(said(judgedPod(hostNamespaces, spec))).toEqual([`pod: ${message}`]);
});

test("each is a finding of its own, with the line to remove", () => {
  const outcome = judgedPod(hostNamespaces, { hostNetwork: true, hostPID: true, hostIPC: true });
  expect(remedies(outcome)).toEqual([
    "Remove `hostNetwork: true` under spec.template.spec.",
    "Remove `hostPID: true` under spec.template.spec.",
    "Remove `hostIPC: true` under spec.template.spec.",
  ]);
});

test('open: `hostPID: "yes"`', () => {
  expect(judgedPod(hostNamespaces, { invalid: ["spec.template.spec.hostPID"] }).status).toBe("unproven");
});
