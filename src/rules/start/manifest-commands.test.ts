import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { at, CONTAINER, collected, ofCommand } from "../../../test/fixtures/manifest-start.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import type { AnyRule } from "../../contract/rule.ts";
import { fileCapabilities } from "./1.1-file-capabilities.ts";
import { privilegeTools } from "./1.1-privilege-tools.ts";
import { logDestination } from "./1.2-log-destination.ts";
import { writableRoot } from "./1.2-writable-root.ts";
import { bindAddress } from "./1.3-bind-address.ts";
import { defaultBind } from "./1.3-default-bind.ts";
import { nextHostname } from "./1.3-next-hostname.ts";
import { nginxListen } from "./1.3-nginx-listen.ts";
import { staticAddress } from "./1.3-static-address.ts";
import { developmentMode } from "./1.4-development-mode.ts";
import { shellFormRule } from "./1.4-shell-form.ts";
import { signalForwarding } from "./1.4-signal-forwarding.ts";
import { singleProcess } from "./1.4-single-process.ts";
import { stopSignal } from "./1.4-stop-signal.ts";

// The rules about a start see the command that the manifest gives.

describe("the manifest's command is judged, and named", () => {
  test.each<[AnyRule, string]>([
    [privilegeTools, "gosu app /app/server"],
    [logDestination, "app --log-file=/var/log/app.log"],
    [writableRoot, "app --data-dir=/var/lib/app"],
    [bindAddress, "app --host=127.0.0.1"],
    [defaultBind, "uvicorn app.main:app"],
    [developmentMode, "nodemon server.js"],
    [singleProcess, "supervisord -n"],
  ])("%o", (rule, line) => {
    const outcome = ofCommand(rule, line.split(" "));
    expect(outcome).toMatchObject({ status: "fail", findings: [{ at: at("command") }] });
    expect(JSON.stringify(outcome)).toMatch(
      /"fingerprint":"[\d.]+-[a-z-]+:portal\/Deployment\/web\/web\/command/,
    );
  });

  test("a shell before the program", () => {
    const command = ["/bin/dash", "-c", "migrate && node server.js"];
    const outcome = ofCommand(shellFormRule, command);
    expect(outcome).toMatchObject({
      status: "fail",
      findings: [{ at: at("command"), remedy: { en: /`command: … exec node server\.js`/ } }],
    });
    expect(ofCommand(shellFormRule, ["node", "server.js"])).toMatchObject({ status: "pass" });
  });

  test("a package manager before the program", () => {
    expect(ofCommand(signalForwarding, ["npm", "start"])).toMatchObject({ notes: [{ at: at("command") }] });
  });

  test("a program that file capabilities keep from starting", () => {
    const capability = "0100000200040000000000000000000000000000";
    const steps = [{ name: "app", file: "/usr/bin/app", capability }];
    const image = collected(["app"], {}, steps);
    expect(checkRule(fileCapabilities, containerEvidence({ command: ["app"] }, image))).toMatchObject({
      status: "fail",
      findings: [{ at: { path: "/usr/bin/app" } }],
    });
  });

  test("runAsUser, not a tool of the image, sets the user: the remedy says so", () => {
    expect(ofCommand(privilegeTools, ["su", "app"])).toMatchObject({
      findings: [{ remedy: { en: /runAsUser/, fr: /runAsUser/ } }],
    });
  });
});

describe("a command that the manifest replaces is not judged any more", () => {
  test.each<[AnyRule, string]>([
    [privilegeTools, "gosu app /app/server"],
    [logDestination, "app --log-file=/var/log/app.log"],
    [bindAddress, "app --host=127.0.0.1"],
    [developmentMode, "nodemon server.js"],
    [singleProcess, "supervisord"],
  ])("%o", (rule, line) => {
    const config = { cmd: line.split(" ") };
    expect(checkRule(rule, { image: imageFacts({ config }) }).status).toBe("fail");
    expect(ofCommand(rule, ["server"], {}, { config }).status).toBe("pass");
  });
});

describe("a command that was not followed in the image proves nothing", () => {
  test.each<[AnyRule]>([
    [privilegeTools],
    [logDestination],
    [writableRoot],
    [bindAddress],
    [defaultBind],
    [nextHostname],
    [nginxListen],
    [staticAddress],
    [developmentMode],
    [singleProcess],
    [shellFormRule],
    [signalForwarding],
  ])("%o", (rule) => {
    const outcome = checkRule(rule, containerEvidence({ command: ["start.sh"] }));
    expect(outcome).toMatchObject({ status: "unproven", reason: { en: /read without it/ } });
  });

  test("nor does an image without a command, under an invalid manifest", () => {
    const image = imageFacts({ argv: [], steps: [], config: { cmd: [] } });
    const invalid = [{ path: `${CONTAINER}.command`, problem: { fr: "invalide", en: "not valid" } }];
    const evidence = containerEvidence({}, image, { facts: { invalid } });
    for (const rule of [privilegeTools, fileCapabilities]) {
      expect(checkRule(rule, { image }).status).toBe("n/a");
    }
    expect(checkRule(privilegeTools, evidence)).toMatchObject({
      status: "unproven",
      reason: { en: "not valid" },
    });
  });

  test("file capabilities matter only where the image has some", () => {
    const capability = "0100000200040000000000000000000000000000";
    const file = { path: "/usr/bin/ping", type: "file" as const, capability };
    const evidence = (image: ImageFacts) => containerEvidence({ command: ["start.sh"] }, image);
    expect(checkRule(fileCapabilities, evidence(imageFacts())).status).toBe("pass");
    expect(
      checkRule(fileCapabilities, evidence(imageFacts({ files: [{ mode: 0o755, ...file }] }))).status,
    ).toBe("unproven");
  });
});

describe("lifecycle.stopSignal", () => {
  const outcome = (signal: string, image = imageFacts()) =>
    checkRule(stopSignal, containerEvidence({ lifecycle: { stopSignal: signal } }, image));

  test("goes before the image's", () => {
    const image = imageFacts({ config: { stopSignal: "SIGKILL" } });
    expect(checkRule(stopSignal, containerEvidence({}, image))).toMatchObject({
      findings: [{ at: { path: "config.StopSignal" } }],
    });
    expect(outcome("SIGTERM", image)).toMatchObject({
      status: "pass",
      proof: { en: "lifecycle.stopSignal SIGTERM" },
    });
  });

  test("is refused in its place", () => {
    expect(outcome("SIGKILL")).toMatchObject({
      status: "fail",
      findings: [{ at: at("lifecycle.stopSignal"), remedy: { en: /lifecycle\.stopSignal/ } }],
    });
  });
});

describe("a container that ends by itself serves nothing", () => {
  const next = {
    config: { cmd: ["node", "server.js"] },
    files: [{ path: "/app/server.js", content: "process.env.HOSTNAME; require('next')" }],
  };
  const nginx = {
    config: { cmd: ["nginx"] },
    files: [{ path: "/etc/nginx/nginx.conf", content: "server { listen 127.0.0.1:80; }" }],
  };
  const local: readonly [AnyRule, ImageFacts][] = [
    [bindAddress, imageFacts({ config: { cmd: ["app", "--host=localhost"] } })],
    [defaultBind, imageFacts({ config: { cmd: ["uvicorn", "app:app"] } })],
    [nextHostname, imageFacts(next)],
    [nginxListen, imageFacts(nginx)],
  ];

  test.each(local)("%o", (rule, image) => {
    const { workload, placement } = containerEvidence({});
    const batch = { ...workload, lifetime: "batch" as const };
    expect(checkRule(rule, { image, workload, placement }).status).toBe("fail");
    expect(checkRule(rule, { image, workload: batch, placement }).status).toBe("n/a");
    for (const role of ["init", "ephemeral"] as const) {
      expect(checkRule(rule, { image, workload, placement: { ...placement, role } }).status).toBe("n/a");
    }
    const sidecar = { ...placement, role: "sidecar" as const };
    expect(checkRule(rule, { image, workload, placement: sidecar }).status).toBe("fail");
  });

  test("and a shell before it is noted only", () => {
    const command = ["/bin/sh", "-c", "migrate && seed"];
    const evidence = containerEvidence({ command }, collected(command), { facts: { lifetime: "batch" } });
    expect(checkRule(shellFormRule, evidence)).toMatchObject({
      status: "pass",
      notes: [{ at: at("command") }],
    });
  });
});
