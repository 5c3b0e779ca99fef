import { expect, test } from "vitest";
import { judgedPod, remedies, said } from "../../../test/fixtures/restricted.ts";
import { sysctls } from "./1.1-sysctls.ts";

function check(name: string | undefined, minor = 36) {
  const sysctl = name === undefined ? {} : { name, value: "1" };
  return judgedPod(sysctls, { securityContext: { sysctls: [sysctl] } }, minor);
}

test("accepted: none", () => {
  expect(judgedPod(sysctls, {}).status).toBe("pass");
  expect(judgedPod(sysctls, { securityContext: { sysctls: [] } }).status).toBe("pass");
});

test.each([
  ["kernel.shm_rmid_forced", 24],
  ["net.ipv4.ip_unprivileged_port_start", 24],
  ["net.ipv4.ip_local_reserved_ports", 27],
  ["net.ipv4.tcp_keepalive_time", 29],
  ["net.ipv4.tcp_rmem", 32],
  ["net.ipv4.tcp_notsent_lowat", 37],
])("%s is safe from 1.%i on", (name, since) => {
  expect(check(name, since).status).toBe("pass");
  expect(check(name, 99).status).toBe("pass");
  expect(check(name, since - 1).status).toBe(since === 24 ? "pass" : "fail");
});

test("refused, with its name and the line to remove", () => {
  const outcome = check("kernel.msgmax");
  expect(said(outcome)).toEqual([
    "pod: the sysctl kernel.msgmax is not among those that Pod Security 1.36 holds to be safe",
  ]);
  expect(remedies(outcome)).toEqual([
    "Remove kernel.msgmax from spec.template.spec.securityContext.sysctls.",
  ]);
});

test.each(["", undefined, "__proto__", "constructor", "net/ipv4/tcp_syncookies"])("refused: %s", (name) => {
  expect(check(name).status).toBe("fail");
});

test.each(["securityContext.sysctls", "securityContext.sysctls[0]", "securityContext"])(
  "open: %s is not readable",
  (field) => {
    const invalid = [`spec.template.spec.${field}`];
    expect(judgedPod(sysctls, { securityContext: { sysctls: [{}] }, invalid }).status).toBe("unproven");
  },
);
