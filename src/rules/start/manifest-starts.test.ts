import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { type ImageSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import type { ImageFacts, ProgramStep } from "../../contract/image-facts.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import type { AnyRule } from "../../contract/rule.ts";
import { fileCapabilities } from "./1.1-file-capabilities.ts";
import { privilegeTools } from "./1.1-privilege-tools.ts";
import { home } from "./1.2-home.ts";
import { logDestination } from "./1.2-log-destination.ts";
import { neededMounts } from "./1.2-needed-mounts.ts";
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

// The rules about a start see it as the manifest makes it.

const PATH = "/usr/local/bin:/usr/bin:/bin";
const CONTAINER = "spec.template.spec.containers[0]";

/** The image, and what its container's command was seen to start: argv[0] is in it, unless steps say otherwise. */
function collected(
  argv: readonly string[],
  sketch: ImageSketch = {},
  steps?: readonly ProgramStep[],
): ImageFacts {
  const [name = ""] = argv;
  const own: readonly ProgramStep[] = [{ name, file: `/usr/bin/${name}`, mode: 0o755, uid: 0, gid: 0 }];
  const overridden = [{ argv, path: PATH, workingDir: "/app", steps: steps ?? own }];
  return imageFacts({ ...sketch, facts: { overridden, ...sketch.facts } });
}

/** The outcome for a container with this command, which was collected. */
function ofCommand(
  rule: AnyRule,
  command: readonly string[],
  container: ContainerFacts = {},
  sketch: ImageSketch = {},
) {
  return checkRule(rule, containerEvidence({ command, ...container }, collected(command, sketch)));
}

/** The outcome for a container with these variables. */
function ofEnv(rule: AnyRule, env: Readonly<Record<string, string>>, image = imageFacts()) {
  const entries = Object.entries(env).map(([name, value]) => ({ name, value }));
  return checkRule(rule, containerEvidence({ env: entries }, image));
}

const at = (field: string) => ({ file: "web.yaml", path: `${CONTAINER}.${field}` });

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
    const command = ["/bin/sh", "-c", "migrate && node server.js"];
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

describe("variables of the manifest go before the image's", () => {
  const local = imageFacts({ config: { env: [`PATH=${PATH}`, "HOST=localhost", "NODE_ENV=development"] } });

  test("and are named", () => {
    expect(ofEnv(bindAddress, { HOST: "127.0.0.1" })).toMatchObject({
      status: "fail",
      findings: [
        {
          at: at("env[0].value"),
          fingerprint: "1.3-bind-address:portal/Deployment/web/web/env:HOST:127.0.0.1",
        },
      ],
    });
    expect(ofEnv(developmentMode, { A: "b", NODE_ENV: "development" })).toMatchObject({
      findings: [
        { at: at("env[1].value"), remedy: { en: "Write NODE_ENV=production in env of the manifest." } },
      ],
    });
    expect(ofEnv(logDestination, { LOG_FILE: "/var/log/a.log" })).toMatchObject({
      findings: [{ at: at("env[0].value") }],
    });
  });

  test("and correct them", () => {
    expect(checkRule(bindAddress, { image: local }).status).toBe("fail");
    expect(ofEnv(bindAddress, { HOST: "0.0.0.0" }, local).status).toBe("pass");
    expect(ofEnv(developmentMode, { NODE_ENV: "production" }, local).status).toBe("pass");
  });

  test("trap: what only the cluster knows is no fault", () => {
    const env = [{ name: "HOST", valueFrom: { configMapKeyRef: { name: "c", key: "host" } } }];
    expect(checkRule(bindAddress, containerEvidence({ env }, local)).status).toBe("pass");
  });

  test("trap: an address that the manifest injects is not fixed in the image", () => {
    const image = imageFacts({ config: { env: ["DATABASE_URL=postgres://10.1.2.3/db"] } });
    expect(checkRule(staticAddress, { image }).status).toBe("fail");
    expect(ofEnv(staticAddress, { DATABASE_URL: "postgres://10.9.9.9/db" }, image).status).toBe("pass");
  });

  test("HOME and the user of the manifest", () => {
    const image = imageFacts({ config: { user: "1000" } });
    expect(checkRule(home, { image }).notes).toHaveLength(1);
    expect(ofEnv(home, { HOME: "/tmp" }, image).notes).toBeUndefined();
    const other = containerEvidence({ securityContext: { runAsUser: 4321 } }, image);
    expect(checkRule(home, other)).toMatchObject({ notes: [{ message: { en: /UID 4321/ } }] });
  });
});

describe("a server that may be told its address by envFrom", () => {
  const envFrom = [{ configMapRef: { name: "web" } }];
  const outcome = (line: string, container: ContainerFacts) =>
    ofCommand(defaultBind, line.split(" "), container).status;

  test("is unproven; one that reads no variable is not", () => {
    expect(outcome("flask run", { envFrom })).toBe("unproven");
    expect(outcome("flask run", {})).toBe("fail");
    expect(outcome("hypercorn app", { envFrom })).toBe("fail");
  });

  test("or by a value of the cluster's, is told", () => {
    const env = [{ name: "FLASK_RUN_HOST", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }];
    expect(outcome("flask run", { env })).toBe("pass");
  });
});

describe("Next.js's standalone server and HOSTNAME", () => {
  const server = {
    config: { cmd: ["node", "server.js"] },
    files: [{ path: "/app/server.js", content: "process.env.HOSTNAME; require('next')" }],
  };
  const outcome = (container: ContainerFacts) =>
    checkRule(nextHostname, containerEvidence(container, imageFacts(server)));
  const from = (valueFrom: object) => [{ name: "HOSTNAME", valueFrom }];

  test.each<[string, ContainerFacts, string]>([
    ["set by the manifest", { env: [{ name: "HOSTNAME", value: "0.0.0.0" }] }, "pass"],
    ["set to something else", { env: [{ name: "HOSTNAME", value: "web" }] }, "fail"],
    ["not set", {}, "fail"],
    ["perhaps set by envFrom", { envFrom: [{ configMapRef: { name: "c" } }] }, "unproven"],
    ["set by a ConfigMap", { env: from({ configMapKeyRef: { name: "c", key: "k" } }) }, "unproven"],
    ["set to the pod's own address", { env: from({ fieldRef: { fieldPath: "status.podIP" } }) }, "fail"],
  ])("%s", (_, container, status) => {
    expect(outcome(container).status).toBe(status);
  });

  test("the finding stands where the value does, and says how to correct the manifest", () => {
    expect(outcome({ env: [{ name: "HOSTNAME", value: "web" }] })).toMatchObject({
      findings: [{ at: at("env[0].value"), remedy: { en: /to env in the manifest/ } }],
    });
    expect(outcome({})).toMatchObject({ findings: [{ at: { path: "config.Env[HOSTNAME]" } }] });
  });

  test("a script that computes it is a fail as before", () => {
    const image = imageFacts({ ...server, config: { ...server.config, env: ["HOSTNAME=$X"] } });
    expect(checkRule(nextHostname, containerEvidence({}, image)).status).toBe("fail");
  });
});

describe("what stays writable under the manifest", () => {
  const writes = (path: string, container: ContainerFacts) =>
    ofCommand(writableRoot, ["app", `--data-dir=${path}`], container);
  const mount = (mountPath: string, readOnly = false) => ({
    volumeMounts: [{ name: "data", mountPath, readOnly }],
  });
  const volumes = [{ name: "data", sources: ["emptyDir"] }];
  const outcome = (path: string, container: ContainerFacts) => {
    const command = ["app", `--data-dir=${path}`];
    return checkRule(
      writableRoot,
      containerEvidence({ command, ...container }, collected(command), { volumes }),
    );
  };
  const readOnlyRoot = { securityContext: { readOnlyRootFilesystem: true } };

  test.each<[string, string, ContainerFacts, string]>([
    ["a mount covers it", "/var/lib/app/x", mount("/var/lib/app"), "pass"],
    ["a mount of the root, absurdly", "/var/lib/app", mount("/"), "pass"],
    ["a mount beside it", "/var/lib/application", mount("/var/lib/app"), "fail"],
    ["a read-only mount", "/var/lib/app", mount("/var/lib/app", true), "fail"],
    ["/tmp, the root being writable", "/tmp/x", {}, "pass"],
    ["/tmp, the root being read-only", "/tmp/x", readOnlyRoot, "fail"],
    ["/tmp, mounted", "/tmp/x", { ...readOnlyRoot, ...mount("/tmp") }, "pass"],
  ])("%s", (_, path, container, status) => {
    expect(outcome(path, container).status).toBe(status);
  });

  test("under a read-only root the remedy is the emptyDir", () => {
    expect(writes("/tmp/x", readOnlyRoot)).toMatchObject({
      presumed: true,
      findings: [{ remedy: { en: /^Mount an emptyDir volume at \/tmp\/x in the manifest/ } }],
    });
    expect(writes("/data", {})).toMatchObject({
      findings: [{ remedy: { en: /^Write to \/tmp, or mount/ } }],
    });
  });

  test("mounts that are there are no more asked for", () => {
    const image = imageFacts({ config: { volumes: ["/data", "/other"] } });
    const evidence = containerEvidence(mount("/data"), image, { volumes });
    expect(checkRule(neededMounts, evidence)).toMatchObject({ notes: [{ message: { en: /^\/other/ } }] });
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
