import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import type { HookFacts, LifecycleFacts } from "../../contract/pod-facts.ts";
import { lifecycleHooks } from "./1.4-lifecycle-hooks.ts";

const PATH = "/usr/local/bin:/usr/bin:/bin";
const STOP = { exec: { command: ["/bin/sh", "-c", "sleep 5"] } };

function check(lifecycle: LifecycleFacts, found = true) {
  const steps = [{ name: "/bin/sh", ...(found ? { file: "/bin/dash" } : {}) }];
  const overridden = [{ argv: STOP.exec.command, path: PATH, workingDir: "/app", steps }];
  return checkRule(lifecycleHooks, containerEvidence({ lifecycle }, imageFacts({ facts: { overridden } })));
}

test("a hook whose program the image holds can run", () => {
  expect(check({ preStop: STOP })).toMatchObject({
    status: "pass",
    proof: { en: /prevents lifecycle\.preStop$/ },
  });
});

test("a hook whose shell the image does not hold cannot", () => {
  expect(check({ preStop: STOP }, false)).toMatchObject({
    status: "fail",
    findings: [
      {
        message: { en: "lifecycle.preStop: the image holds no shell (/bin/sh): the command always fails" },
        remedy: { en: /sleep: \{ seconds: 5 \}/ },
        fingerprint: "1.4-lifecycle-hooks:portal/Deployment/web:web:lifecycle.preStop.exec.command:/bin/sh",
        at: { path: "spec.template.spec.containers[0].lifecycle.preStop.exec.command" },
      },
    ],
  });
});

describe("hooks of another kind need no program", () => {
  test.each<[HookFacts]>([[{ sleep: { seconds: 5 } }], [{ httpGet: { port: 8080 } }]])("%j", (hook) => {
    expect(check({ postStart: hook, preStop: hook }).status).toBe("pass");
  });
});

test("a tcpSocket, which the kubelet takes and does not perform, fails", () => {
  expect(check({ postStart: { tcpSocket: { port: 8080 } } })).toMatchObject({
    status: "fail",
    findings: [
      {
        message: { en: expect.stringContaining("the kubelet does not perform tcpSocket in a hook") },
        at: { path: "spec.template.spec.containers[0].lifecycle.postStart.tcpSocket" },
      },
    ],
  });
});

test("one that Kubernetes refuses fails", () => {
  expect(check({ postStart: {} }).status).toBe("fail");
  expect(check({ postStart: { exec: {} } }).status).toBe("fail");
});

test("an image that was not read proves nothing", () => {
  const { image: _image, ...unread } = containerEvidence({ lifecycle: { preStop: STOP } });
  expect(checkRule(lifecycleHooks, unread).status).toBe("unproven");
});

test("a container without hooks has nothing to judge", () => {
  expect(check({}).status).toBe("n/a");
  expect(checkRule(lifecycleHooks, containerEvidence({})).status).toBe("n/a");
});

test("what is not valid Kubernetes leaves it open", () => {
  const problem = { fr: "non valide", en: "not valid" };
  const path = "spec.template.spec.containers[0].lifecycle.preStop";
  const evidence = containerEvidence({ lifecycle: { preStop: {} } }, imageFacts(), {
    facts: { invalid: [{ path, problem }] },
  });
  expect(checkRule(lifecycleHooks, evidence)).toMatchObject({ status: "unproven", reason: problem });
});
