// Remedies never break the application. Each rule's remedy is one of three: `douane fix` applies it, a
// test here applies it by hand, or it is a piece of advice that no machine can follow, with the reason.

import { describe, expect, test } from "vitest";
import { judgedDockerfile } from "../src/cli/fix/judged.ts";
import { evaluate } from "../src/contract/evaluate.ts";
import type { Finding } from "../src/contract/finding.ts";
import { placements } from "../src/contract/pod-containers.ts";
import type { RuleId } from "../src/contract/rows.ts";
import type { AnyRule } from "../src/contract/rule.ts";
import type { WorkloadFacts } from "../src/contract/workload-facts.ts";
import { fixDockerfile } from "../src/fix/dockerfile/fix-dockerfile.ts";
import { fixText } from "../src/fix/fix-text.ts";
import { FIXABLE } from "../src/fix/fixable.ts";
import { RULES } from "../src/rules/index.ts";
import { checkRule } from "./fixtures/check-rule.ts";
import { dockerfileFacts } from "./fixtures/dockerfile.ts";
import { imageFacts } from "./fixtures/image-facts.ts";
import { container, deployment, type Manifest, podSpec, yaml } from "./fixtures/manifests.ts";
import { startScript } from "./fixtures/start-script.ts";

/** Reasons why a remedy is advice: no machine can follow it. */
const REASONS = {
  code: "changes the application's own code or configuration",
  design: "moves data or processes to another service or container",
  secret: "a person has to revoke a value and store another",
  rebuild: "another base, builder or build is chosen",
  policy: "the platform or the cluster decides",
  pipeline: "a pipeline has to scan, sign and attest",
} as const;

const ADVICE: Readonly<Record<string, keyof typeof REASONS>> = {
  "1.1-privilege-tools": "code",
  "1.1-file-capabilities": "rebuild",
  "1.1-volume-types": "design",
  "1.1-valid-manifest": "code",
  "1.1-admission-mutations": "policy",
  "1.1-injection": "policy",
  "1.1-pod-overlays": "policy",
  "1.1-image-marks": "policy",
  "1.1-devices": "policy",
  "1.1-device-admin-access": "design",
  "1.1-other-namespaces": "design",
  "1.1-runtime-annotations": "design",
  "1.1-network-attachments": "design",
  "1.1-node-platform": "policy",
  "1.1-other-platforms": "policy",
  "1.1-namespace-enforcement": "policy",
  "1.1-restricted-exemptions": "policy",
  "1.1-api-extensions": "design",
  "1.1-controller-snippets": "design",
  "1.1-service-account-rights": "design",
  "1.1-setuid": "rebuild",
  "1.1-manifest-privilege-tools": "code",
  "1.1-dockerfile-privilege-tools": "code",
  "1.1-trial-seccomp": "code",
  "1.2-log-destination": "code",
  "1.2-log-files": "code",
  "1.2-no-databases": "design",
  "1.2-served-file": "design",
  "1.2-manifest-log-destination": "code",
  "1.2-manifest-writable-root": "code",
  "1.2-dockerfile-log-destination": "code",
  "1.2-dockerfile-volume": "design",
  "1.2-dockerfile-databases": "design",
  "1.2-dockerfile-runtime-install": "rebuild",
  "1.2-trial-logs": "code",
  "1.2-trial-state": "design",
  "1.3-bind-address": "code",
  "1.3-nginx-listen": "code",
  "1.3-static-address": "code",
  "1.3-host-aliases": "design",
  "1.3-service-addresses": "design",
  "1.3-service-ports": "code",
  "1.3-probe-timing": "code",
  "1.3-readiness-gates": "policy",
  "1.4-scheduling-gates": "policy",
  "1.3-serves": "code",
  "1.3-probes": "code",
  "1.3-probe-targets": "code",
  "1.3-manifest-bind-address": "code",
  "1.3-dockerfile-healthcheck": "code",
  "1.3-dockerfile-ports": "code",
  "1.3-trial-listen": "code",
  "1.3-trial-health": "code",
  "1.3-trial-static-address": "code",
  "1.4-layers-read": "rebuild",
  "1.4-no-secrets": "secret",
  "1.4-no-environment-config": "design",
  "1.4-no-build-arguments": "code",
  "1.4-environment-addresses": "design",
  "1.4-start-environment": "design",
  "1.4-application-settings": "design",
  "1.4-served-environments": "design",
  "1.4-literal-secrets": "secret",
  "1.4-injected-config": "design",
  "1.4-termination": "policy",
  "1.4-disruptions": "policy",
  "1.4-restarts": "code",
  "1.4-session-affinity": "design",
  "1.4-lifecycle-hooks": "code",
  "1.4-replicas-and-claims": "design",
  "1.4-signal-forwarding": "code",
  "1.4-single-process": "design",
  "1.4-development-mode": "code",
  "1.4-resources": "policy",
  "1.4-manifest-stop-signal": "rebuild",
  "1.4-manifest-development-mode": "code",
  "1.4-dockerfile-secrets": "secret",
  "1.4-dockerfile-secret-arguments": "secret",
  "1.4-dockerfile-credential-files": "secret",
  "1.4-dockerfile-environment-config": "design",
  "1.4-dockerfile-environment-addresses": "design",
  "1.4-dockerfile-start-environment": "design",
  "1.4-dockerfile-build-arguments": "code",
  "1.4-dockerfile-signal-forwarding": "code",
  "1.4-dockerfile-single-process": "design",
  "1.4-dockerfile-development-mode": "code",
  "1.4-trial-environment": "code",
  "1.4-trial-stop": "code",
  "1.4-trial-restart": "code",
  "1.4-trial-replica": "code",
  "2.1-dockerfile-upgrade": "rebuild",
  "2.1-signed-provenance": "pipeline",
  "2.1-source": "policy",
  "2.1-injection-scan": "pipeline",
  "2.3-static-scan": "pipeline",
  "2.3-dynamic-scan": "pipeline",
  "2.3-secret-scan": "pipeline",
  "2.2-embedded-sbom": "rebuild",
  "2.2-sbom-coverage": "rebuild",
  "2.2-packages-read": "rebuild",
  "2.2-no-critical-vulnerabilities": "rebuild",
  "3.1-minimal-base": "rebuild",
  "3.1-no-build-tools": "rebuild",
  "3.1-dockerfile-base": "rebuild",
  "3.1-dockerfile-build-tools": "rebuild",
  "3.2-immutable-tag": "rebuild",
  "3.2-pull-policy": "policy",
  "3.2-dockerfile-base-tag": "rebuild",
  "3.3-builder": "rebuild",
  "3.3-dockerfile-stages": "rebuild",
  "3.3-dockerfile-syntax": "code",
};

/** Workloads that a rule refuses, for each that `douane fix` satisfies. */
const REFUSED: Readonly<Partial<Record<RuleId, Manifest>>> = {
  "1.1-run-as-non-root": { securityContext: { seccompProfile: { type: "RuntimeDefault" } } },
  "1.1-run-as-user": pod({ runAsUser: 0, runAsNonRoot: true }),
  "1.1-host-namespaces": { hostNetwork: true },
  "1.1-privileged": of({ privileged: true }),
  "1.1-host-ports": one({ ports: [{ containerPort: 3000, hostPort: 3000 }] }),
  "1.1-apparmor": of({ appArmorProfile: { type: "Unconfined" } }),
  "1.1-selinux": of({ seLinuxOptions: { type: "spc_t" } }),
  "1.1-proc-mount": of({ procMount: "Unmasked" }),
  "1.1-sysctls": pod({ runAsNonRoot: true, sysctls: [{ name: "kernel.msgmax", value: "1" }] }),
  "1.1-windows-host-process": of({ windowsOptions: { hostProcess: true } }),
  "1.1-host-probes": one({ livenessProbe: { httpGet: { path: "/", port: 3000, host: "10.0.0.1" } } }),
  "1.1-privilege-escalation": of({ allowPrivilegeEscalation: true }),
  "1.1-capabilities": of({ capabilities: { add: ["SYS_ADMIN"] } }),
  "1.1-seccomp": { securityContext: { runAsNonRoot: true } },
  "1.2-read-only-root-filesystem": of({ readOnlyRootFilesystem: false }),
};

/** Dockerfiles that a rule refuses, for each that `douane fix` satisfies. */
const BROKEN: Readonly<Partial<Record<RuleId, readonly string[]>>> = {
  "1.1-dockerfile-user": ['CMD ["node", "server.js"]'],
  "1.3-dockerfile-bind-address": ["USER 1000", 'CMD ["uvicorn", "a:b", "--host", "127.0.0.1"]'],
  "1.3-dockerfile-default-bind": ["USER 1000", 'CMD ["flask", "run"]'],
  "1.3-dockerfile-next-hostname": [
    "COPY --from=b /a/.next/standalone ./",
    "USER 1000",
    'CMD ["node", "server.js"]',
  ],
  "1.4-dockerfile-shell-form": ["USER 1000", "CMD node server.js --port 80"],
  "1.4-dockerfile-stop-signal": ["USER 1000", "STOPSIGNAL SIGKILL", 'CMD ["node", "server.js"]'],
};

/** Remedies that a test below applies by hand. */
const BY_HAND: readonly RuleId[] = [
  "1.1-image-user",
  "1.2-home",
  "1.2-needed-mounts",
  "1.2-writable-root",
  "1.2-trial-read-only-root",
  "1.3-default-bind",
  "1.3-next-hostname",
  "1.4-shell-form",
  "1.4-stop-signal",
  "1.4-leftovers",
  "1.4-dockerfile-context",
];

test("every rule's remedy is applied by a test, or is advice with a reason", () => {
  const tried = [...Object.keys(REFUSED), ...Object.keys(BROKEN), ...BY_HAND];
  const known = [...tried, ...Object.keys(ADVICE)];
  expect(known.toSorted()).toEqual(RULES.map(({ id }) => id).toSorted());
  expect(new Set(known).size).toBe(known.length);
});

test("what fix corrects in manifests is tried here, all of it", () => {
  expect(Object.keys(REFUSED).toSorted()).toEqual([...FIXABLE].toSorted());
});

describe("douane fix: the finding goes, what starts stays", () => {
  test.each(Object.entries(REFUSED))("%s", (id, spec) => {
    const { facts, after } = fixed(yaml(deployment({ pod: podSpec(spec) })));
    expect(isMet(id, facts)).toBe(false);
    expect(isMet(id, after)).toBe(true);
    expect(startsOf(after)).toEqual(startsOf(facts));
    const worse = RULES.filter(
      (rule) => findingsOf(rule.id, after).length > findingsOf(rule.id, facts).length,
    );
    expect(worse.map((rule) => rule.id)).toEqual([]);
  });

  test.each(Object.entries(BROKEN))("%s", (id, lines = []) => {
    const text = ["FROM node:22-slim", ...lines].join("\n");
    const judge = (one: string) => judgedDockerfile(dockerfileFacts(one));
    const isFound = (one: string) => judge(one).findings.some(({ rule }) => rule === id);
    const { text: after } = fixDockerfile(text, judge);
    expect(isFound(text)).toBe(true);
    expect(isFound(after)).toBe(false);
    expect(dockerfileFacts(after).final?.cmd?.words.at(-1)).toBe(wordAtEnd(text));
  });
});

describe("by hand: what the remedy prints, followed to the letter", () => {
  test('1.4-shell-form: `CMD ["node","server.js"]`', () => {
    const cmd = ["/bin/sh", "-c", "node server.js"];
    const steps = [{ name: "/bin/sh", file: "/usr/bin/dash", mode: 0o755, uid: 0, gid: 0 }];
    const rule = ruleOf("1.4-shell-form");
    const [finding] = failsOf(rule, imageFacts({ config: { cmd }, steps }));
    const written = /`CMD (\[.*\])`/.exec(finding?.remedy?.en ?? "")?.[1] ?? "";
    const followed: unknown = JSON.parse(written);
    expect(followed).toEqual(["node", "server.js"]);
    expect(checkRule(rule, { image: imageFacts({ config: { cmd: followed as string[] } }) }).status).toBe(
      "pass",
    );
  });

  test.each([
    ["node migrate.js && node server.js", true],
    ["cd /app; node server.js", true],
    // exec before these would leave the program behind the shell, or run nothing in its place.
    ["node worker.js; echo done", false],
    ["node worker.js; rm -f /tmp/x.pid", false],
    ["node worker.js | cat", false],
    ["while true; do node worker.js; done", false],
  ])("1.4-shell-form: exec before the last command of %s: %s", (script, isProposed) => {
    const steps = [{ name: "/bin/sh", file: "/usr/bin/dash", mode: 0o755, uid: 0, gid: 0 }];
    const image = imageFacts({ config: { cmd: ["/bin/sh", "-c", script] }, steps });
    const [finding] = failsOf(ruleOf("1.4-shell-form"), image);
    expect(finding?.remedy?.en.includes("Put exec before the last command")).toBe(isProposed);
  });

  test.each([
    ["1.1-image-user", { user: "" }, { user: "1000" }],
    ["1.4-stop-signal", { stopSignal: "SIGKILL" }, { stopSignal: "SIGTERM" }],
    [
      "1.3-default-bind",
      { cmd: ["flask", "run"] },
      { cmd: ["flask", "run"], env: ["FLASK_RUN_HOST=0.0.0.0"] },
    ],
  ] as const)("%s", (id, before, after) => {
    const rule = ruleOf(id);
    expect(checkRule(rule, { image: imageFacts({ config: before }) }).status).toBe("fail");
    expect(checkRule(rule, { image: imageFacts({ config: after }) }).status).not.toBe("fail");
  });

  test("1.2-home: `ENV HOME=/tmp`", () => {
    const rule = ruleOf("1.2-home");
    const notesOf = (env: readonly string[]) =>
      checkRule(rule, { image: imageFacts({ config: { user: "1000", env } }) }).notes ?? [];
    const written = lineOf(rule.remedy.en);
    expect(written).toBe("HOME=/tmp");
    expect([notesOf([]).length, notesOf([written]).length]).toEqual([1, 0]);
  });

  test("1.3-next-hostname: `ENV HOSTNAME=0.0.0.0`, or the same in the manifest", () => {
    const rule = ruleOf("1.3-next-hostname");
    const server = { path: "/app/server.js", content: "require('next'); process.env.HOSTNAME" };
    const judged = (given: readonly string[], env?: readonly Manifest[]) => {
      const image = imageFacts({ config: { cmd: ["node", "server.js"], env: given }, files: [server] });
      if (env === undefined) return checkRule(rule, { image });
      const [placement] = placements(facts(env));
      return checkRule(rule, { image, workload: facts(env), ...(placement && { placement }) });
    };
    const facts = (env: readonly Manifest[]) =>
      fixed(yaml(deployment({ pod: podSpec({ containers: [container({ env, envFrom: [] })] }) }))).facts;
    expect(judged([]).status).toBe("fail");
    expect(judged([lineOf(rule.remedy.en)]).status).toBe("pass");
    const refused = judged([], []);
    const { en = "" } = (refused.status === "fail" && refused.findings[0]?.remedy) || {};
    const [, name, value] = /Add (\w+) with the value (\S+) to env in the manifest/.exec(en) ?? [];
    expect(judged([], [{ name, value }]).status).toBe("pass");
    expect(judged([lineOf(en)], []).status).toBe("pass");
  });

  test.each([
    // The program is not in this directory: the volume can be mounted there.
    ["touch /var/lib/app/ready", "/var/lib/app/ready", undefined],
    ["touch /data/x.db", "/data", undefined],
    // A volume there would hide the program.
    ["touch /app/x.db", undefined, "hide the application"],
    ["cp a.json /app/b.json", undefined, "hide the application"],
    ["tee /etc/app.conf", undefined, "hide the application"],
  ])("1.2-writable-root: %s", (command, mount, warning) => {
    const image = startScript(`${command}\nexec "$@"`);
    const [finding] = failsOf(ruleOf("1.2-writable-root"), image);
    const remedy = finding?.remedy?.en ?? "";
    expect(/mount an emptyDir volume at (\S+) in/.exec(remedy)?.[1]).toBe(mount);
    expect(remedy).toContain(warning ?? "Write to /tmp");
  });

  test("1.2-needed-mounts: no volume where the application lies", () => {
    const remedies = (volumes: readonly string[]) => {
      const outcome = checkRule(ruleOf("1.2-needed-mounts"), {
        image: imageFacts({ config: { volumes, cmd: ["node", "server.js"], workingDir: "/app" } }),
      });
      return (outcome.notes ?? []).map(({ remedy }) => remedy?.en ?? "");
    };
    expect(remedies(["/app"])[0]).toContain("Remove this VOLUME");
    expect(remedies(["/app/uploads"])[0]).toContain("Mount an emptyDir volume at /app/uploads");
  });

  test("1.4-leftovers: a lock file stays in the build's context", () => {
    const remedyOf = (path: string, type: "file" | "directory") => {
      const outcome = checkRule(ruleOf("1.4-leftovers"), { image: imageFacts({ files: [{ path, type }] }) });
      return outcome.notes?.[0]?.remedy?.en ?? "";
    };
    expect(remedyOf("/app/package-lock.json", "file")).toContain("keep it out of .dockerignore");
    expect(remedyOf("/app/.git", "directory")).toContain("add it to .dockerignore");
  });

  test("1.4-dockerfile-context: .dockerignore names what was found, and nothing that the build copies", () => {
    const context = { ignored: false, holds: [".env", ".git"] };
    const facts = dockerfileFacts("FROM node:22-slim\nCOPY . .\nUSER 1000\n", { context });
    const outcome = checkRule(ruleOf("1.4-dockerfile-context"), { dockerfile: facts });
    expect(outcome).toMatchObject({
      status: "fail",
      findings: [{ remedy: { en: /these lines .*: \.env, \.git\./ } }],
    });
    const ignored = dockerfileFacts("FROM node:22-slim\nCOPY . .\nUSER 1000\n", {
      context: { ignored: true, holds: [".env"] },
    });
    expect(checkRule(ruleOf("1.4-dockerfile-context"), { dockerfile: ignored }).status).toBe("pass");
  });
});

/** The text that a remedy writes behind ENV. */
function lineOf(remedy: string): string {
  return /`ENV (\S+)`/.exec(remedy)?.[1] ?? "";
}

function ruleOf(id: string): AnyRule {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}

function failsOf(rule: AnyRule, image: ReturnType<typeof imageFacts>): readonly Finding[] {
  const outcome = checkRule(rule, { image });
  return outcome.status === "fail" ? outcome.findings : (outcome.notes ?? []);
}

function fixed(text: string) {
  const { workloads } = fixText("m.yaml", text, {
    cluster: { minor: 37 },
    writable: [],
    endpoints: new Map(),
  });
  const [first] = workloads;
  if (first === undefined) throw new Error("no workload");
  return { facts: first.facts, after: first.after.facts };
}

function findingsOf(id: string, workload: WorkloadFacts): readonly Finding[] {
  return placements(workload).flatMap((placement) => {
    return evaluate([ruleOf(id)], { workload, placement, cluster: { minor: 37 } }).flatMap(({ outcome }) => {
      return outcome.status === "fail" ? outcome.findings : [];
    });
  });
}

/** The row is proven, or does not apply. A writable root is no finding: it proves nothing. */
function isMet(id: string, workload: WorkloadFacts): boolean {
  return placements(workload).every((placement) => {
    return evaluate([ruleOf(id)], { workload, placement, cluster: { minor: 37 } }).every(({ outcome }) => {
      return outcome.status === "pass" || outcome.status === "n/a";
    });
  });
}

/** Starts of the containers with their inputs, which no remedy may change. */
function startsOf(workload: WorkloadFacts) {
  return placements(workload).map(({ spec: { image, command, args, env } }) => ({
    image,
    command,
    args,
    env,
  }));
}

function wordAtEnd(text: string): string {
  return (
    dockerfileFacts(text).final?.cmd?.words.at(-1)?.split(" ").at(-1)?.replace("127.0.0.1", "0.0.0.0") ?? ""
  );
}

function pod(securityContext: Manifest): Manifest {
  return { securityContext: { seccompProfile: { type: "RuntimeDefault" }, ...securityContext } };
}

function one(fields: Manifest): Manifest {
  return { containers: [container(fields)] };
}

function of(securityContext: Manifest): Manifest {
  const own = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  };
  return one({ securityContext: { ...own, ...securityContext } });
}
