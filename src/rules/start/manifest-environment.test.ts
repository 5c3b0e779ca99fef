import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { at, collected, ofCommand, ofEnv, PATH } from "../../../test/fixtures/manifest-start.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ConfigObjectFacts } from "../../contract/config-object-facts.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { home } from "./1.2-home.ts";
import { logDestination } from "./1.2-log-destination.ts";
import { neededMounts } from "./1.2-needed-mounts.ts";
import { writableRoot } from "./1.2-writable-root.ts";
import { bindAddress } from "./1.3-bind-address.ts";
import { defaultBind } from "./1.3-default-bind.ts";
import { nextHostname } from "./1.3-next-hostname.ts";
import { staticAddress } from "./1.3-static-address.ts";
import { developmentMode } from "./1.4-development-mode.ts";

// The rules about a start see the variables and the volumes that the manifest gives.

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

  describe("those of a ConfigMap of the manifests, too", () => {
    const development = { NODE_ENV: "development", HOST: "127.0.0.1", "no name": "x" };
    const map = {
      kind: "ConfigMap",
      name: "c",
      at: { in: "file", file: "c.yaml", document: 0, line: 1 },
      injected: true,
      secrets: [],
    } as const;
    const given = (spec: ContainerFacts, ...objects: readonly ConfigObjectFacts[]) => {
      const evidence = containerEvidence(spec, imageFacts({ config: { env: ["NODE_ENV=production"] } }));
      return { ...evidence, workload: workloadFacts({ containers: [spec], facts: { objects } }) };
    };
    const envFrom = [{ configMapRef: { name: "c" } }];

    test("by envFrom", () => {
      const known = given({ name: "web", envFrom }, { ...map, variables: development });
      expect(checkRule(developmentMode, known)).toMatchObject({
        status: "fail",
        findings: [{ at: at("envFrom") }],
      });
      expect(checkRule(bindAddress, known).status).toBe("fail");
    });

    test("by configMapKeyRef", () => {
      const env = ["NODE_ENV", "none"].map((key) => ({
        name: key,
        valueFrom: { configMapKeyRef: { name: "c", key } },
      }));
      const outcome = checkRule(
        developmentMode,
        given({ name: "web", env }, { ...map, variables: development }),
      );
      expect(outcome).toMatchObject({ status: "fail", findings: [{ at: at("env[0].value") }] });
    });

    test("what is not known for certain is a note", () => {
      const known = { ...map, variables: { NODE_ENV: "production" } };
      const note = { status: "pass", notes: [{ at: at("envFrom") }] };
      expect(checkRule(developmentMode, given({ name: "web", envFrom }))).toMatchObject(note);
      const other = { ...known, variables: { NODE_ENV: "staging" } };
      expect(checkRule(developmentMode, given({ name: "web", envFrom }, known, other))).toMatchObject(note);
      const secretRef = [...envFrom, { secretRef: { name: "s" } }];
      expect(checkRule(developmentMode, given({ name: "web", envFrom: secretRef }, known))).toMatchObject(
        note,
      );
      expect(checkRule(developmentMode, given({ name: "web", envFrom }, known))).toMatchObject({ notes: [] });
    });
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

  test("a read-only mount is named, and no emptyDir is asked for over its files", () => {
    expect(outcome("/var/lib/app/x", mount("/var/lib/app", true))).toMatchObject({
      findings: [
        {
          message: { en: expect.stringContaining("/var/lib/app/x into the volume mounted at /var/lib/app") },
          remedy: { en: expect.stringContaining("Copy the files of /var/lib/app into an emptyDir") },
        },
      ],
    });
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
