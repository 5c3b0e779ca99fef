import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { type ImageSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { listener, server as serving, trialFacts, write } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ProgramStep } from "../../contract/image-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { ContainerFacts, LifecycleFacts, ProbeFacts } from "../../contract/pod-facts.ts";
import { probeTargets } from "./1.3-probe-targets.ts";

const PATH = "/usr/local/bin:/usr/bin:/bin";
const AT = "spec.template.spec.containers[0].readinessProbe";
const PORTS = [{ name: "http", containerPort: 3000 }];

function check(probe: ProbeFacts, container: ContainerFacts = {}, image = imageFacts()) {
  return checkRule(
    probeTargets,
    containerEvidence({ ports: PORTS, readinessProbe: probe, ...container }, image),
  );
}

/** An image in which this command was looked for: `+sh` was found, `-curl` was not. */
function lookedFor(command: readonly string[], names: string, sketch: ImageSketch = {}) {
  const steps: readonly ProgramStep[] = names
    .split(" ")
    .map((name) =>
      name.startsWith("+") ? { name: name.slice(1), file: `/bin/${name.slice(1)}` } : { name: name.slice(1) },
    );
  return imageFacts({
    ...sketch,
    facts: { overridden: [{ argv: command, path: PATH, workingDir: "/app", steps }] },
  });
}

function exec(command: readonly string[], names: string, container: ContainerFacts = {}) {
  return check({ exec: { command } }, container, lookedFor(command, names));
}

describe("a probe that can work", () => {
  test.each<[string, ProbeFacts]>([
    ["a declared name", { httpGet: { port: "http", path: "/ready" } }],
    ["a declared number", { httpGet: { port: 3000 } }],
    ["tcpSocket", { tcpSocket: { port: 3000 } }],
    ["grpc", { grpc: { port: 3000 } }],
    ["a host that is another's to judge", { httpGet: { port: 3000, host: "web.example" } }],
  ])("%s", (_, probe) => {
    expect(check(probe)).toMatchObject({ status: "pass", notes: [] });
  });

  test.each<[ProbeFacts, ContainerFacts["ports"]]>([
    [{ httpGet: { path: "/ready" } }, PORTS],
    [{ tcpSocket: { port: 0 } }, []],
    [{ httpGet: { port: "http" } }, PORTS],
    [{ exec: { command: ["/app/server", "ping"] } }, PORTS],
  ])("of a Knative Service, which fills in the port: %j", (readinessProbe, ports = []) => {
    const container = { name: "web", ports, readinessProbe };
    const workload = workloadFacts({
      facts: { apiVersion: "serving.knative.dev/v1", kind: "Service" },
      containers: [container],
    });
    const [placement] = placements(workload);
    if (placement === undefined) throw new Error("no container");
    const image = lookedFor(["/app/server", "ping"], "+server");
    expect(checkRule(probeTargets, { workload, placement, image })).toMatchObject({
      status: "pass",
      notes: [],
    });
  });

  test("a number that is not declared is a note, unless nothing is declared", () => {
    expect(check({ httpGet: { port: 8081 } })).toMatchObject({
      status: "pass",
      notes: [
        {
          at: { path: `${AT}.httpGet.port` },
          fingerprint: "1.3-probe-targets:portal/Deployment/web:web:readinessProbe:port-8081",
        },
      ],
    });
    expect(check({ grpc: { port: 8081 } }, { ports: [] }).notes).toEqual([]);
    const { ports: _ports, ...none } = { ports: PORTS };
    const evidence = containerEvidence({ ...none, readinessProbe: { tcpSocket: { port: 1 } } });
    expect(checkRule(probeTargets, evidence).notes).toEqual([]);
  });
});

describe("a probe that cannot", () => {
  test.each<[string, ProbeFacts, string, RegExp]>([
    ["nothing to do", {}, AT, /no action/],
    [
      "two things to do",
      { exec: { command: ["x"] }, httpGet: { port: 1 } },
      AT,
      /several actions \(exec, httpGet\)/,
    ],
    ["no port", { httpGet: {} }, `${AT}.httpGet.port`, /is absent/],
    ["port 0", { tcpSocket: { port: 0 } }, `${AT}.tcpSocket.port`, /is 0, which is not a port/],
    ["port 70000", { grpc: { port: 70_000 } }, `${AT}.grpc.port`, /is not a port/],
    ["port 1.5", { grpc: { port: 1.5 } }, `${AT}.grpc.port`, /is not a port/],
    ["a name that is not declared", { httpGet: { port: "web" } }, `${AT}.httpGet.port`, /names web, which/],
    ["a number as a text", { httpGet: { port: "3000" } }, `${AT}.httpGet.port`, /names 3000, which/],
    [
      "localhost",
      { httpGet: { port: 3000, host: "localhost" } },
      `${AT}.httpGet.host`,
      /the node, not the pod/,
    ],
    ["127.0.0.1", { tcpSocket: { port: 3000, host: "127.0.0.1" } }, `${AT}.tcpSocket.host`, /the node/],
    ["an empty command", { exec: { command: [] } }, `${AT}.exec.command`, /is empty/],
    ["no command", { exec: {} }, `${AT}.exec.command`, /is empty/],
  ])("%s", (_, probe, path, message) => {
    expect(check(probe)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: message }, at: { file: "web.yaml", path } }],
    });
  });

  test("the remedy names the declared ports, where there are some", () => {
    expect(check({ httpGet: { port: "web" } })).toMatchObject({
      findings: [{ remedy: { en: /declared port \(http\)/ } }],
    });
    const unnamed = check({ httpGet: { port: "web" } }, { ports: [{ containerPort: 1 }, { name: "" }] });
    expect(unnamed).toMatchObject({ findings: [{ remedy: { en: /the number of the port/ } }] });
  });

  test("each of the three probes is looked at", () => {
    const outcome = check({}, { livenessProbe: {}, startupProbe: {} });
    expect(outcome).toMatchObject({
      findings: ["readinessProbe", "livenessProbe", "startupProbe"].map((field) => ({
        fingerprint: `1.3-probe-targets:portal/Deployment/web:web:${field}:`,
      })),
    });
  });
});

describe("exec: the image has to hold the program", () => {
  test.each<[string, string]>([
    ["/tools/check", "/tools"],
    ["./check", "/app"],
    ["check", "/usr/local"],
    ["check", "/bin/"],
  ])("or a volume may: %s, mounted at %s", (program, mountPath) => {
    const outcome = exec([program], `-${program}`, { volumeMounts: [{ name: "v", mountPath }] });
    expect(outcome).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining("mounted volume") },
    });
  });

  test.each<[string, string]>([
    ["/tools/check", "/tool"],
    ["/tools/check", ""],
    ["check", "/usr/bin/x"],
  ])("no other volume: %s, mounted at %j", (program, mountPath) => {
    const volumeMounts = [{ name: "v", mountPath }, { name: "w" }];
    expect(exec([program], `-${program}`, { volumeMounts }).status).toBe("fail");
  });

  test.each<[number, "pass" | "fail"]>([
    [0o644, "fail"],
    [0o755, "pass"],
    [0o100, "pass"],
  ])("that somebody may execute: mode %o", (mode, status) => {
    const overridden = [
      {
        argv: ["/app/check"],
        path: PATH,
        workingDir: "/app",
        steps: [{ name: "/app/check", file: "/app/check", mode }],
      },
    ];
    const probe = { exec: { command: ["/app/check"] } };
    expect(check(probe, {}, imageFacts({ facts: { overridden } })).status).toBe(status);
  });

  test.each<[string, readonly string[], string]>([
    ["the program", ["/bin/ready", "-q"], "+/bin/ready"],
    ["a wrapper and its program", ["timeout", "5", "curl", "-f", "http://localhost"], "+timeout +curl"],
    ["a shell and its program", ["sh", "-c", "curl -f http://localhost:3000 || exit 1"], "+sh +curl"],
    ["a program that only the shell knows by name", ["sh", "-c", '"$BIN" ping'], "+sh -$BIN"],
    ["one of two that may do", ["sh", "-c", "curl x || wget x"], "+sh -wget"],
    ["one behind a condition", ["sh", "-c", "if [ -x /bin/curl ]; then curl x; fi"], "+sh -curl"],
    ["a program that was not followed", ["sh", "-c", "redis-cli ping | grep PONG"], "+sh -grep"],
  ])("it does, or may: %s", (_, command, names) => {
    expect(exec(command, names).status).toBe("pass");
  });

  test.each<[string, readonly string[], string, RegExp]>([
    ["no curl", ["curl", "-f", "http://localhost:3000"], "-curl", /does not hold curl/],
    [
      "no shell",
      ["/bin/sh", "-c", "curl -f http://localhost || exit 1"],
      "-/bin/sh -curl",
      /holds no shell \(\/bin\/sh\)/,
    ],
    [
      "a shell, no curl",
      ["sh", "-c", "curl -f http://localhost || exit 1"],
      "+sh -curl",
      /does not hold curl/,
    ],
    ["a wrapper, no curl", ["timeout", "5", "curl"], "+timeout -curl", /does not hold curl/],
    ["a wrapper in a shell", ["sh", "-c", "timeout 5 curl x"], "+sh +timeout -curl", /does not hold curl/],
  ])("it does not: %s", (_, command, names, message) => {
    expect(exec(command, names)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: message }, remedy: { en: /httpGet/ }, at: { path: `${AT}.exec.command` } }],
    });
  });

  test("variables of the manifest are replaced in it", () => {
    const command = ["curl", "$(URL)"];
    const image = lookedFor(["curl", "http://x"], "-curl");
    const container = { env: [{ name: "URL", value: "http://x" }] };
    expect(check({ exec: { command } }, container, image).status).toBe("fail");
  });

  test("unproven: the image was not read, not with this manifest, or not wholly", () => {
    const command = ["curl"];
    const { image: _image, ...unread } = containerEvidence({ readinessProbe: { exec: { command } } });
    expect(checkRule(probeTargets, unread)).toMatchObject({
      status: "unproven",
      reason: { en: /image was not read/ },
    });
    expect(check({ exec: { command } })).toMatchObject({
      status: "unproven",
      reason: { en: /without this manifest/ },
    });
    const foreign = lookedFor(command, "-curl", { layers: [{ unread: { fr: "étrangère", en: "foreign" } }] });
    expect(check({ exec: { command } }, {}, foreign)).toMatchObject({
      status: "unproven",
      reason: { en: /foreign/ },
    });
  });
});

/** Evidence in which the probe's command was followed, and the container has a writable /tmp. */
function probed(command: readonly string[], container: ContainerFacts = {}, sketch: ImageSketch = {}) {
  const image = lookedFor(command, "+sh +curl", sketch);
  const mounted = { volumeMounts: [{ name: "tmp", mountPath: "/tmp" }], ...container };
  return containerEvidence({ ports: PORTS, readinessProbe: { exec: { command } }, ...mounted }, image, {
    volumes: [{ name: "tmp", sources: ["emptyDir"] }],
  });
}

const ROOT: ContainerFacts = { securityContext: { readOnlyRootFilesystem: true } };

describe("a probe whose result does not depend on the application", () => {
  const hooks = (...texts: readonly string[]): LifecycleFacts => {
    const [postStart = "", preStop = ""] = texts;
    const hook = (text: string) => ({ exec: { command: ["sh", "-c", text] } });
    return { postStart: hook(postStart), preStop: hook(preStop) };
  };

  test.each<[readonly string[], RegExp]>([
    [["true"], /always the same.*succeeds every time/],
    [["/bin/echo", "ok"], /succeeds every time/],
    [["sh", "-c", ""], /succeeds every time/],
    [["sh", "-c", "date; exit 0"], /succeeds every time/],
    [["sh", "-c", "curl localhost || true"], /succeeds every time/],
    [["sh", "-c", "curl localhost; exit 1"], /fails every time/],
    [["sh", "-c", '[ -n "$HOME" ]'], /always the same, whatever the application's state$/],
    [["cat", "/etc/passwd"], /only looks at \/etc\/passwd, which the application cannot change/],
    [["ls", "/"], /only looks at \/,/],
    [["test", "-d", "/tmp"], /only looks at \/tmp,/],
  ])("the answer is always the same: %j", (command, message) => {
    expect(checkRule(probeTargets, probed(command))).toMatchObject({
      status: "fail",
      findings: [{ message: { en: message }, remedy: { en: /httpGet/ } }],
    });
  });

  test.each<[string, ContainerFacts, string]>([
    ["/app/run", ROOT, "fail"],
    ["run", ROOT, "fail"],
    ["/app/*.pid", ROOT, "fail"],
    ["/etc/app/settings.yaml", { ...ROOT, volumeMounts: [{ name: "c", mountPath: "/etc/app" }, {}] }, "fail"],
    ["/app/run", {}, "unproven"],
    ["/tmp/ready", ROOT, "unproven"],
    ["/tmp/*.pid", ROOT, "unproven"],
    ["../tmp/ready", { ...ROOT, workingDir: "/app" }, "unproven"],
    ["/dev/shm/ready", ROOT, "unproven"],
  ])("a file that nobody can change: %s with %j → %s", (path, container, status) => {
    expect(checkRule(probeTargets, probed(["cat", path], container)).status).toBe(status);
  });

  test.each<[readonly string[], LifecycleFacts]>([
    [["cat", "/tmp/ready"], hooks("touch /tmp/ready")],
    [["sh", "-c", "test -f /tmp/ready"], hooks("", "rm -f /tmp/ready; sleep 10")],
    [["sh", "-c", "[ ! -f /tmp/stop ]"], hooks("", "touch /tmp/stop && sleep 5")],
    [["sh", "-c", "cat /tmp/ready && exit 0"], hooks("echo ok > /tmp/ready")],
  ])("it looks at a file of the hooks: %j", (command, lifecycle) => {
    const trial = writing("/tmp/ready");
    expect(checkRule(probeTargets, { ...probed(command, { lifecycle }), trial })).toMatchObject({
      status: "fail",
      findings: [{ message: { en: /only the container's hooks write or remove/ } }],
    });
  });

  test("a file that the application writes is a good probe once a trial has seen it", () => {
    const lifecycle = { preStop: { sleep: { seconds: 5 } } };
    const evidence = probed(["cat", "/tmp/healthy"], { lifecycle });
    expect(checkRule(probeTargets, evidence)).toMatchObject({
      status: "unproven",
      reason: { en: /only a trial shows whether the application writes this file/ },
      settle: { en: /douane trial/ },
    });
    expect(checkRule(probeTargets, { ...evidence, trial: writing("/tmp/other") })).toMatchObject({
      status: "unproven",
      reason: { en: /did not write during the trial/ },
    });
    expect(checkRule(probeTargets, { ...evidence, trial: writing("/tmp/healthy", "deleted") }).status).toBe(
      "unproven",
    );
    expect(checkRule(probeTargets, { ...evidence, trial: writing("/tmp/healthy") }).status).toBe("pass");
    const folder = probed(["sh", "-c", "ls /tmp/up/*.pid"]);
    expect(checkRule(probeTargets, { ...folder, trial: writing("/tmp/up/7.pid") }).status).toBe("pass");
    const below = probed(["ls", "/tmp/up"]);
    expect(checkRule(probeTargets, { ...below, trial: writing("/tmp/up/7.pid") }).status).toBe("pass");
  });

  test("a container without volumes has files of the image alone", () => {
    const image = lookedFor(["cat", "/app/run"], "+cat");
    expect(check({ exec: { command: ["cat", "/app/run"] } }, ROOT, image).status).toBe("fail");
  });

  test("a file and the application", () => {
    const command = ["sh", "-c", "test ! -f /tmp/stop && node probe.js"];
    const evidence = probed(command, { lifecycle: hooks("", "touch /tmp/stop") });
    expect(checkRule(probeTargets, evidence).status).toBe("pass");
  });

  test("another host is not the container", () => {
    expect(checkRule(probeTargets, probed(["curl", "https://www.example.org/"]))).toMatchObject({
      status: "unproven",
      reason: { en: /asks www\.example\.org, not the container itself/ },
      settle: { en: /localhost/ },
    });
  });

  test("a script of the image is read", () => {
    const facts = (script: string) => ({
      overridden: [
        {
          argv: ["/app/health"],
          path: PATH,
          workingDir: "/app",
          steps: [{ name: "/app/health", file: "/app/health", script }],
        },
      ],
    });
    const of = (script: string) =>
      checkRule(
        probeTargets,
        containerEvidence(
          { readinessProbe: { exec: { command: ["/app/health"] } } },
          imageFacts({ facts: facts(script) }),
        ),
      ).status;
    expect(of("#!/bin/sh\ncurl localhost\nexit 0\n")).toBe("fail");
    expect(of("#!/bin/sh\ncurl localhost\n")).toBe("pass");
    expect(of("#!/usr/bin/env node\nexit 0\n")).toBe("pass");
  });
});

describe("a check for a process", () => {
  const started = (argv: readonly string[], steps: readonly ProgramStep[]): ImageSketch => ({
    config: { entrypoint: argv, cmd: [] },
    steps,
  });
  test.each<[string, readonly string[], readonly ProgramStep[], string]>([
    ["process 1", ["/usr/sbin/httpd", "-f"], [], "fail"],
    ["process 1 behind an init", ["tini", "--", "httpd"], [], "fail"],
    ["what a text executes", ["sh", "-c", "exec httpd -f"], [], "fail"],
    [
      "what a script executes",
      ["/app/run", "httpd"],
      [{ name: "/app/run", script: '#!/bin/sh\nexec "$@"\n' }],
      "fail",
    ],
    [
      "what a script waits for",
      ["/app/run"],
      [{ name: "/app/run", script: "#!/bin/sh\nhttpd &\nwait\n" }, { name: "httpd" }],
      "unproven",
    ],
    ["one of a supervisor's", ["supervisord"], [], "pass"],
  ])("%s: %j → %s", (_, argv, steps, status) => {
    const outcome = checkRule(probeTargets, probed(["pidof", "httpd"], {}, started(argv, steps)));
    const note = {
      message: { en: expect.stringContaining("only sees that httpd exists, not that it works") },
    };
    expect(outcome).toMatchObject({ status, ...(status === "pass" ? { notes: [note] } : {}) });
  });

  test("a process without a name may be any", () => {
    expect(checkRule(probeTargets, probed(["sh", "-c", "kill -0 $(cat /tmp/pid)"]))).toMatchObject({
      status: "unproven",
      reason: { en: /only sees that a process exists/ },
    });
    const { image: _image, ...unread } = probed(["pidof", "httpd"]);
    expect(checkRule(probeTargets, unread).status).toBe("unproven");
  });
});

function writing(path: string, change: "created" | "deleted" = "created") {
  return trialFacts({ "read-only": serving({ more: [{ ...write(path), area: "/tmp", change }] }) });
}

describe("containers that are not judged", () => {
  test("those without probes", () => {
    expect(checkRule(probeTargets, containerEvidence({})).status).toBe("n/a");
  });

  test("init and ephemeral ones, and batch; sidecars are", () => {
    const readinessProbe = {};
    const statuses = (lifetime: "batch" | "long-running") => {
      const workload = workloadFacts({
        initContainers: [
          { name: "a", readinessProbe },
          { name: "b", readinessProbe, restartPolicy: "Always" },
        ],
        containers: [{ name: "c", readinessProbe }],
        ephemeralContainers: [{ name: "d", readinessProbe }],
        facts: { lifetime },
      });
      return placements(workload).map((placement) => checkRule(probeTargets, { workload, placement }).status);
    };
    expect(statuses("long-running")).toEqual(["n/a", "fail", "fail", "n/a"]);
    expect(statuses("batch")).toEqual(["n/a", "n/a", "n/a", "n/a"]);
  });
});

test("what is not valid Kubernetes leaves it open, a fault elsewhere does not", () => {
  const problem = { fr: "non valide", en: "not valid" };
  const invalid = [{ path: `${AT}.httpGet.port`, problem }];
  const of = (container: ContainerFacts) =>
    checkRule(probeTargets, containerEvidence(container, imageFacts(), { facts: { invalid } }));
  expect(of({ readinessProbe: { httpGet: {} } })).toMatchObject({ status: "unproven", reason: problem });
  expect(of({ readinessProbe: { httpGet: {} }, livenessProbe: {} }).status).toBe("fail");
});

describe("a port of another container of the pod", () => {
  const SIDE = { name: "side", ports: [{ containerPort: 8081 }] };
  const judged = (
    readinessProbe: ProbeFacts,
    ports: ContainerFacts["ports"] = PORTS,
    trial?: ReturnType<typeof trialFacts>,
  ) => {
    const workload = workloadFacts({ containers: [{ name: "web", ports, readinessProbe }, SIDE] });
    const [placement] = placements(workload);
    if (placement === undefined) throw new Error("a workload without containers");
    return checkRule(probeTargets, { workload, placement, ...(trial === undefined ? {} : { trial }) });
  };

  const SERVED = trialFacts({ facts: { openBeside: [{ container: "side", port: 8081 }] } });

  test.each<[string, ProbeFacts, ContainerFacts["ports"]]>([
    ["httpGet", { httpGet: { port: 8081, path: "/healthz" } }, PORTS],
    ["tcpSocket, of a container without ports", { tcpSocket: { port: 8081 } }, []],
    ["grpc", { grpc: { port: 8081 } }, PORTS],
  ])("%s: a note; unproven after a trial in which only that one served it", (_, probe, ports) => {
    expect(judged(probe, ports)).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringContaining("; container side declares it") } }],
    });
    expect(judged(probe, ports, SERVED)).toMatchObject({
      status: "unproven",
      reason: {
        en: "it asks port 8081, on which only container side listened during the trial: it succeeds even if this container no longer answers",
      },
    });
  });

  test.each<[string, ProbeFacts, ContainerFacts["ports"], ReturnType<typeof trialFacts> | undefined]>([
    ["its own port", { httpGet: { port: 3000 } }, PORTS, undefined],
    ["a port that nobody declares", { httpGet: { port: 9090 } }, PORTS, undefined],
    ["a port that both declare", { httpGet: { port: 8081 } }, [{ containerPort: 8081 }], undefined],
    ["another host's", { httpGet: { port: 8081, host: "web.example" } }, PORTS, undefined],
    [
      "a port on which a trial heard it",
      { httpGet: { port: 8081 } },
      PORTS,
      trialFacts({
        "read-only": serving({ more: [listener(8081)] }),
        facts: { openBeside: [{ container: "side", port: 8081 }] },
      }),
    ],
    [
      "a port that this container serves, as another trial's sibling",
      { httpGet: { port: 9000 } },
      PORTS,
      trialFacts({ facts: { openBeside: [{ container: "web", port: 9000 }] } }),
    ],
  ])("%s is no doubt", (_, probe, ports, trial) => {
    expect(judged(probe, ports, trial).status).toBe("pass");
  });
});
