import { describe, expect, test } from "vitest";
import type { ContainerFacts } from "../contract/pod-facts.ts";
import {
  containerOverride,
  containerStart,
  hookOverride,
  probeOverride,
  startDirectory,
  startOverrides,
} from "./entrypoint-and-command.ts";

const CONFIG = {
  entrypoint: ["docker-entrypoint.sh"],
  cmd: ["node", "server.js"],
  env: ["PATH=/usr/bin", "PATH=/app/bin", "PORT=1"],
  workingDir: "/app",
};

function start(spec: ContainerFacts, config: Partial<typeof CONFIG> = {}) {
  return containerStart({ ...CONFIG, ...config }, containerOverride(spec));
}

describe("command and args take the place of ENTRYPOINT and CMD", () => {
  test.each<[string, ContainerFacts, readonly string[], readonly string[]]>([
    ["neither", {}, CONFIG.entrypoint, CONFIG.cmd],
    ["empty ones are none", { command: [], args: [] }, CONFIG.entrypoint, CONFIG.cmd],
    ["command alone: CMD is gone", { command: ["app"] }, ["app"], []],
    ["args alone", { args: ["--x"] }, CONFIG.entrypoint, ["--x"]],
    ["both", { command: ["app"], args: ["--x"] }, ["app"], ["--x"]],
  ])("%s", (_, spec, entrypoint, cmd) => {
    expect(start(spec)).toEqual({ entrypoint, cmd, workingDir: "/app", path: "/app/bin" });
  });

  test("with variables of the manifest, not of the image", () => {
    const env = [
      { name: "PORT", value: "8080" },
      { name: "ADDRESS", value: "0.0.0.0:$(PORT)" },
      { name: "LATER", value: "$(AFTER)" },
      { name: "AFTER", value: "x" },
      { name: "KEY", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
      { value: "without a name" },
    ];
    const args = ["$(ADDRESS)", "$(LATER)", "$(KEY)", "$(PATH)", "$$(PORT)", "$(PORT)"];
    expect(start({ env, args }).cmd).toEqual([
      "0.0.0.0:8080",
      "$(AFTER)",
      "$(KEY)",
      "$(PATH)",
      "$(PORT)",
      "8080",
    ]);
  });
});

test("workingDir and PATH of the manifest go before the image's; containerd's PATH comes last", () => {
  expect(start({ workingDir: "/srv", env: [{ name: "PATH", value: "/opt/bin" }] })).toMatchObject({
    workingDir: "/srv",
    path: "/opt/bin",
  });
  expect(start({ workingDir: "", env: [{ name: "PATH" }] })).toMatchObject({ workingDir: "/app", path: "" });
  expect(start({}, { env: [] }).path).toBe("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
});

describe("every command line of a container", () => {
  test("is its own, where the manifest sets one, those of its probes and of its hooks", () => {
    const env = [{ name: "PORT", value: "8080" }];
    const exec = (...command: readonly string[]) => ({ exec: { command } });
    const spec: ContainerFacts = {
      env,
      workingDir: "/app",
      args: ["$(PORT)"],
      startupProbe: exec("started", "$(PORT)"),
      readinessProbe: exec("ready"),
      livenessProbe: { httpGet: { port: 8080 } },
      lifecycle: { postStart: exec(), preStop: exec("stop", "$(PORT)") },
    };
    expect(startOverrides(spec)).toEqual([
      { args: ["8080"], workingDir: "/app" },
      { command: ["started", "8080"], workingDir: "/app" },
      { command: ["ready"], workingDir: "/app" },
      { command: ["stop", "$(PORT)"], workingDir: "/app" },
    ]);
  });

  test("of a probe has values as the manifest writes them: nothing in them is replaced, valueFrom is nothing", () => {
    const env = [
      { name: "HOST", value: "db" },
      { name: "URL", value: "tcp://$(HOST)" },
      { name: "KEY", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
    ];
    const words = ["$(URL)", "[$(KEY)]", "$$(HOST)", "$(NONE)"];
    expect(probeOverride({ env }, words).command).toEqual(["tcp://$(HOST)", "[]", "$(HOST)", "$(NONE)"]);
    expect(containerOverride({ env, args: words }).args).toEqual([
      "tcp://db",
      "[$(KEY)]",
      "$(HOST)",
      "$(NONE)",
    ]);
    expect(hookOverride({ env }, words).command).toEqual(words);
    expect(probeOverride({}, words).command).toEqual(["$(URL)", "[$(KEY)]", "$(HOST)", "$(NONE)"]);
  });

  test("is nothing where the manifest leaves all to the image", () => {
    expect(startOverrides({ env: [{ name: "A", value: "b" }] })).toEqual([]);
  });

  test("sees the container's PATH", () => {
    const spec = { env: [{ name: "PATH", value: "/bin" }] };
    expect(probeOverride(spec, ["x"])).toEqual({ command: ["x"], path: "/bin" });
    expect(hookOverride(spec, ["x"])).toEqual({ command: ["x"], path: "/bin" });
  });
});

test.each([
  ["", "/"],
  ["/", "/"],
  ["///", "/"],
  ["/app/", "/app"],
  ["/app//", "/app"],
  ["/app", "/app"],
  ["app", "app"],
])("the directory %j is %s", (written, directory) => {
  expect(startDirectory(written)).toBe(directory);
});
