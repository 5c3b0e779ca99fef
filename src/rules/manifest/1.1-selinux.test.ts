import { expect, test } from "vitest";
import { inEveryList, judgedPod, remedies, said } from "../../../test/fixtures/restricted.ts";
import type { SELinuxFacts } from "../../contract/pod-facts.ts";
import { seLinux } from "./1.1-selinux.ts";

function everywhere(seLinuxOptions: SELinuxFacts) {
  const securityContext = { seLinuxOptions };
  return { securityContext, ...inEveryList({ securityContext }) };
}

test.each([
  {},
  { type: "", user: "", role: "", level: "s0:c123,c456" },
  { type: "container_t" },
  { type: "container_init_t" },
  { type: "container_kvm_t" },
])("accepted: %j", (options) => {
  expect(judgedPod(seLinux, everywhere(options)).status).toBe("pass");
});

test("accepted: no options at all", () => {
  expect(judgedPod(seLinux, inEveryList({})).status).toBe("pass");
});

test.each([
  [{ type: "spc_t" }, "type is spc_t"],
  [{ user: "system_u" }, "user is system_u"],
  [{ role: "sysadm_r" }, "role is sysadm_r"],
])("refused in the pod and in every list: %j", (options, seen) => {
  const outcome = judgedPod(seLinux, everywhere(options));
  const message = `securityContext.seLinuxOptions.${seen}, which Pod Security 1.36 does not allow`;
  expect(said(outcome)).toEqual([
    `pod: spec.${message}`,
    `first: ${message}`,
    `web: ${message}`,
    `debugger: ${message}`,
  ]);
});

test("each option is a finding of its own, with the line to remove", () => {
  const securityContext = { seLinuxOptions: { type: "spc_t", user: "u", role: "r", level: "s0" } };
  expect(remedies(judgedPod(seLinux, { securityContext }))).toEqual([
    "Remove `type: spc_t` under spec.template.spec.securityContext.seLinuxOptions.",
    "Remove `user: u` under spec.template.spec.securityContext.seLinuxOptions.",
    "Remove `role: r` under spec.template.spec.securityContext.seLinuxOptions.",
  ]);
});

test("container_engine_t from 1.31 on", () => {
  const sketch = everywhere({ type: "container_engine_t" });
  expect(judgedPod(seLinux, sketch, 30).status).toBe("fail");
  expect(judgedPod(seLinux, sketch, 31).status).toBe("pass");
});

test("open: options that are not readable", () => {
  const invalid = ["spec.template.spec.securityContext.seLinuxOptions"];
  expect(judgedPod(seLinux, { invalid }).status).toBe("unproven");
});
