import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { stopSignal } from "./1.4-stop-signal.ts";

function check(signal?: string) {
  return checkRule(stopSignal, {
    image: imageFacts({ config: signal === undefined ? {} : { stopSignal: signal } }),
  });
}

test.each(["SIGTERM", "15", "TERM", "sigint", "SIGUSR1", "SIGHUP", "SIGRTMIN+3", "SIGRTMAX-1", "37", "3"])(
  "%s is right",
  (signal) => {
    expect(check(signal)).toMatchObject({ status: "pass", proof: { en: `STOPSIGNAL ${signal}` } });
  },
);

test.each([
  ["nginx", "SIGQUIT"],
  ["httpd", "SIGWINCH"],
])("trap: the stop signal of %s, %s, is right", (_, signal) => {
  expect(check(signal).status).toBe("pass");
});

test("none is SIGTERM", () => {
  expect(check()).toMatchObject({ status: "pass", proof: { en: "no STOPSIGNAL: SIGTERM applies" } });
  expect(check("").status).toBe("pass");
});

test.each([
  ["SIGKILL", "killed"],
  ["9", "killed"],
  ["KILL", "killed"],
  ["SIGSTOP", "suspended"],
  ["19", "suspended"],
  ["SIGTSTP", "suspended"],
  ["SIGCHLD", "ignores"],
  ["SIGNAL", "not a signal"],
  ["0", "not a signal"],
  ["99", "not a signal"],
  ["SIGNULL", "not a signal"],
  ["\u001b[2J", "not a signal"],
])("%j is refused: %s", (signal, says) => {
  const outcome = check(signal);
  expect(outcome).toMatchObject({
    status: "fail",
    findings: [{ at: { path: "config.StopSignal" }, message: { en: expect.stringContaining(says) } }],
  });
  expect(outcome.status === "fail" && outcome.presumed).toBeFalsy();
});

test.each(["SIGRTMIN", "rtmin", "SIGRTMIN+12", "SIGRTMAX", "SIGRTMAX-3", "32", "64", "SIGSYS", "31"])(
  "%s is a signal",
  (signal) => {
    expect(check(signal).status).toBe("pass");
  },
);

test.each([
  "SIGRTMIN+",
  "SIGRTMIN+123",
  "SIGRTMIN-1",
  "SIGRTMAX+1",
  "SIGRTMINX",
  "XSIGRTMIN",
  "XSIGTERM",
  "65",
  "100",
  "1x",
  "x1",
  "SIG",
])("%s is none", (signal) => {
  expect(check(signal)).toMatchObject({
    status: "fail",
    findings: [{ message: { en: expect.stringContaining("not a signal") } }],
  });
});

test.each([
  ["SIGTTIN", "suspended"],
  ["SIGTTOU", "suspended"],
  ["SIGCONT", "ignores"],
  ["SIGURG", "ignores"],
])("%s is refused: %s", (signal, says) => {
  expect(check(signal)).toMatchObject({
    status: "fail",
    findings: [{ message: { en: expect.stringContaining(says) } }],
  });
});
