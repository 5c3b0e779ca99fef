import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReportDocument } from "../../src/verdicts/report-schema.ts";
import { douane, type Ended } from "../fixtures/douane.ts";
import { container, deployment, podSpec, yaml } from "../fixtures/manifests.ts";
import { programImage, type TrialImageName, trialImage } from "../fixtures/trial-images.ts";

// The command line with the real engine: images are run, as this user.

const cwd = mkdtempSync(join(tmpdir(), "douane-trial-e2e-"));
const home = mkdtempSync(join(tmpdir(), "douane-home-"));
const env = { HOME: home, PATH: process.env["PATH"] };
const IMAGE = "registry.example/portal/web:1.2.3";

beforeAll(() => {
  writeFileSync(join(cwd, "douane.yaml"), "trial: {settle: 0.6, grace: 1, readyTimeout: 5}\n");
});
afterAll(() => {
  for (const folder of [cwd, home]) rmSync(folder, { recursive: true, force: true });
});

async function run(argv: readonly string[], folder = cwd): Promise<Ended> {
  return douane(argv, { cwd: folder, env });
}

interface Judged {
  readonly ended: Ended;
  readonly answers: Readonly<Record<string, string>>;
  readonly findings: readonly string[];
}

async function judged(argv: readonly string[], folder = cwd): Promise<Judged> {
  const ended = await run([...argv, "--format", "json"], folder);
  const { verdicts } = JSON.parse(ended.stdout || '{"verdicts":[]}') as ReportDocument;
  const rows = verdicts.flatMap((verdict) => verdict.rows);
  return {
    ended,
    answers: Object.fromEntries(rows.map(({ id, answer }) => [id, answer])),
    findings: rows.flatMap((row) =>
      row.findings.map(({ message, remedy }) => `${message.en} → ${remedy.en}`),
    ),
  };
}

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(cwd, "case-"));
  for (const [name, text] of Object.entries({
    "douane.yaml": readFileSync(join(cwd, "douane.yaml"), "utf8"),
    ...files,
  })) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** A manifest that meets the contract for the test program, which listens on 8080. */
function manifest(overrides: Readonly<Record<string, unknown>> = {}): string {
  const web = container({
    image: IMAGE,
    ports: [{ name: "http", containerPort: 8080 }],
    env: [{ name: "LOG_LEVEL", value: "info" }],
    envFrom: [{ configMapRef: { name: "settings" } }, { secretRef: { name: "credentials" } }],
    readinessProbe: { httpGet: { path: "/healthz", port: "http" } },
    livenessProbe: { httpGet: { path: "/healthz", port: "http" } },
    ...overrides,
  });
  return yaml(deployment({ pod: podSpec({ containers: [web], terminationGracePeriodSeconds: 1 }) }));
}

const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {LEVEL: info}
---
apiVersion: v1
kind: Secret
metadata: {name: credentials}
stringData: {DB_PASSWORD: hunter2-hunter2}
`;

const SHARED = { volumeMounts: [{ name: "shared", mountPath: "/shared" }] };
const ALWAYS = { restartPolicy: "Always" };

const BEHAVIOUR = ["read-only-root", "stdout-logs", "bind-all", "health", "env-config", "stateless"];

describe("an application and its manifest", () => {
  test("that conform are admitted, and their evidence judges them again without running anything", async () => {
    const folder = folderOf({ "deploy.yaml": manifest(), "config.yaml": CONFIG });
    const image = trialImage("conforming");
    const { answers, ended } = await judged(
      ["trial", "-f", "deploy.yaml", image, "--output", "trial.json", "--keep", "kept"],
      folder,
    );
    expect(answers).toMatchObject(Object.fromEntries(BEHAVIOUR.map((id) => [id, "yes"])));
    expect(ended.exit).toBe(0);
    expect(ended.stderr).toMatch(/^Deployment\/web \(aides\) web\n {2}\S/);
    expect(ended.stderr).toMatch(
      /read-only root +\d\.\d s {2}ready after .* · 0\.0\.0\.0:8080 · GET \/healthz 200, GET \/ 200 · killed/,
    );

    const stored = readFileSync(join(folder, "trial.json"), "utf8");
    expect(stored).toContain('"DB_PASSWORD"');
    expect(stored + ended.stdout + ended.stderr).not.toContain("hunter2");
    const [kept = ""] = readdirSync(join(folder, "kept"));
    expect(readdirSync(join(folder, "kept", kept))).toEqual(
      expect.arrayContaining(["changes.txt", "files.txt", "read-only.stdout.log", "trial.json"]),
    );

    // Without a PATH no runtime is found: nothing could run.
    const again = await douane(["check", "--evidence", "trial.json", "--format", "json"], {
      cwd: folder,
      env: {},
    });
    expect([again.exit, again.stderr]).toEqual([0, ""]);
    const rows = (JSON.parse(again.stdout) as ReportDocument).verdicts[0]?.rows ?? [];
    expect(Object.fromEntries(rows.map(({ id, answer }) => [id, answer]))).toEqual(answers);
  });

  test("a Secret is nowhere to be read, whatever the application does with it", async () => {
    const env = [
      { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "credentials", key: "DB_PASSWORD" } } },
    ];
    const args = [
      "--must-write=/tmp/$(PASSWORD)",
      "--listen=any4:env",
      "--depend-on=$(PASSWORD).example:5432",
    ];
    const folder = folderOf({ "deploy.yaml": manifest({ env, args }), "config.yaml": CONFIG });
    const argv = [
      "trial",
      "-f",
      "deploy.yaml",
      trialImage("conforming"),
      "--output",
      "t.json",
      "--keep",
      "kept",
    ];
    const { stdout, stderr } = await run([...argv, "--format", "html"], folder);
    expect(stderr).toContain("writes /tmp/…(15)");
    const written = execFileSync("cat", ["t.json"], { cwd: folder, encoding: "utf8" });
    const kept = execFileSync("grep", ["-r", "", "kept"], { cwd: folder, encoding: "utf8" });
    expect(stdout + stderr + written + kept).not.toContain("hunter2");
    expect(kept).toMatch(/^kept\/[^/]+\/files\/read-only\/tmp\/…\(15\):/m);
  });

  test("nor in what another container of the pod does with it", async () => {
    const mounted = { volumeMounts: [{ name: "shared", mountPath: "/shared" }], ports: [] };
    const PASSWORD = { secretKeyRef: { name: "credentials", key: "DB_PASSWORD" } };
    const bare = (changes: Readonly<Record<string, unknown>>) => {
      const {
        readinessProbe: _,
        livenessProbe: __,
        ...own
      } = container({ image: IMAGE, ...mounted, ...changes });
      return own;
    };
    const pod = podSpec({
      initContainers: [
        bare({
          name: "init",
          env: [{ name: "PASSWORD", valueFrom: PASSWORD }],
          args: ["--append=/shared/$(PASSWORD).log", "--exit=0"],
        }),
      ],
      containers: [bare({ args: ["--append=/shared/other", "--worker"] })],
      volumes: [{ name: "shared", emptyDir: {} }],
    });
    const folder = folderOf({ "deploy.yaml": yaml(deployment({ pod })), "config.yaml": CONFIG });
    const argv = [
      "trial",
      "-f",
      "deploy.yaml",
      trialImage("conforming"),
      "--output",
      "t.json",
      "--format",
      "html",
    ];
    const { stdout, stderr } = await run(argv, folder);
    const written = readFileSync(join(folder, "t.json"), "utf8");
    expect(written).toContain("/shared/other");
    expect(stdout + stderr + written).not.toContain("hunter2");
  });

  test("a trial of another command is ignored, and said to be", async () => {
    const image = trialImage("conforming");
    const folder = folderOf({});
    await run(["trial", image, "--output", "trial.json"], folder);
    const own = await judged(["check", image, "--evidence", "trial.json"], folder);
    expect(own.answers).toMatchObject({ "bind-all": "yes", stateless: "yes" });
    writeFileSync(join(folder, "douane.yaml"), "trial: {args: [--worker]}\n");
    const { answers, ended } = await judged(["check", image, "--evidence", "trial.json"], folder);
    expect(answers).toMatchObject({ "bind-all": "unproven", stateless: "unproven" });
    expect(ended.stderr).toContain(
      "Warning: trial ignored: the trial ran `/app/program`, not `/app/program --worker`.\n",
    );
  });

  test("what the cluster has and the folder has not is said, once", async () => {
    const folder = folderOf({ "deploy.yaml": manifest() });
    const { answers, ended } = await judged(["trial", "-f", "deploy.yaml", trialImage("conforming")], folder);
    expect(answers).toMatchObject({ "bind-all": "yes" });
    expect(ended.stderr.match(/ConfigMap settings is not among the manifests/g)).toHaveLength(1);
    expect(ended.stderr.match(/Secret credentials is not among the manifests/g)).toHaveLength(1);
  });

  test("manifests may come from standard input, their ConfigMaps among them", async () => {
    // A password in a Secret that is judged is refused; a placeholder is none.
    const text = `${manifest()}---\n${CONFIG.replace("hunter2-hunter2", "changeme")}`;
    const { exit, stderr } = await douane(["trial", "-f", "-", trialImage("conforming"), "--quiet"], {
      cwd,
      env,
      stdin: (async function* () {
        yield Buffer.from(text);
      })(),
    });
    expect([exit, stderr]).toEqual([0, ""]);
  });

  test("the containers of a pod run together: init containers first, and who needs another one finds it", async () => {
    const bare = (changes: Readonly<Record<string, unknown>>) => {
      const { readinessProbe: _, livenessProbe: __, ...own } = container({ image: IMAGE, ...changes });
      return own;
    };
    const pod = podSpec({
      initContainers: [
        bare({ name: "init", args: ["--append=/shared/settings", "--exit=0"], ports: [], ...SHARED }),
        bare({ name: "proxy", args: ["--listen=any4:9000"], ports: [{ containerPort: 9000 }], ...ALWAYS }),
      ],
      containers: [
        bare({
          args: ["--depend-on=127.0.0.1:9000", "--listen=any4:8080"],
          ports: [{ containerPort: 8080 }],
        }),
      ],
      volumes: [{ name: "shared", emptyDir: {} }],
    });
    const folder = folderOf({ "deploy.yaml": yaml(deployment({ pod })) });
    const { ended, answers } = await judged(["trial", "-f", "deploy.yaml", trialImage("conforming")], folder);
    expect(ended.stderr).toMatch(/^Deployment\/web \(aides\)\n/m);
    expect(ended.stderr).toMatch(/^ {2}init {3}read-only root +\S+ s {2}.*ended by itself \(0\)/m);
    expect(ended.stderr).toMatch(/^ {2}proxy {2}read-only root +\S+ s {2}ready after .* · 0\.0\.0\.0:9000/m);
    expect(ended.stderr).toMatch(/^ {2}web {4}read-only root +\S+ s {2}ready after .* · 0\.0\.0\.0:8080/m);
    expect(answers).toMatchObject({ "bind-all": "yes", stateless: "yes" });
  });

  test("a container that cannot be had leaves the others in doubt, not in the wrong", async () => {
    const pod = podSpec({
      containers: [
        container({ image: IMAGE, args: ["--depend-on=127.0.0.1:9000"], ports: [{ containerPort: 8080 }] }),
        container({ name: "proxy", image: "127.0.0.1:1/proxy:1.0.0" }),
      ],
    });
    const folder = folderOf({ "deploy.yaml": yaml(deployment({ pod })) });
    const argv = ["trial", "-f", "deploy.yaml", trialImage("conforming"), "--container", "web"];
    const { ended, answers } = await judged(argv, folder);
    expect(ended.exit).not.toBe(0);
    expect(answers).toMatchObject({ stateless: "unproven" });
    expect(ended.stdout).toContain(
      "First resolve what the trial reports about the container proxy of the same pod",
    );
  });
});

test("a pod of a great many containers is not tried", async () => {
  const containers = Array.from({ length: 31 }, (_, index) => container({ name: `c${index}`, image: IMAGE }));
  const folder = folderOf({ "deploy.yaml": yaml(deployment({ pod: podSpec({ containers }) })) });
  const { exit, stderr } = await run(["trial", "-f", "deploy.yaml", trialImage("conforming")], folder);
  expect(exit).toBe(65);
  expect(stderr).toContain("31 containers in one pod, more than 30 (bound trialContainers)");
});

describe("an image alone", () => {
  test.each<[TrialImageName, Readonly<Record<string, string>>, RegExp]>([
    ["localhost-only", { "bind-all": "no" }, /port 8080 is open on 127\.0\.0\.1 only/],
    [
      "log-file",
      { "stdout-logs": "no", "read-only-root": "no" },
      /the log file \/var\/log\/app\/app\.log grew/,
    ],
    [
      "crashes-read-only",
      { "read-only-root": "no", stateless: "yes" },
      /only starts when the root can be written[^]*mount an emptyDir volume at \/data: tried so/,
    ],
    ["ignores-sigterm", { stateless: "no" }, /SIGTERM/],
    ["missing-name", { "bind-all": "unproven", stateless: "unproven" }, /^/],
  ])("%s", async (name, expected, says) => {
    const { answers, findings } = await judged(["trial", trialImage(name)]);
    expect(answers).toMatchObject(expected);
    expect(findings.join("\n")).toMatch(says);
  });

  test("check --trial judges the same", async () => {
    const { answers, findings } = await judged(["check", trialImage("crashes-read-only"), "--trial"]);
    expect(answers).toMatchObject({ "read-only-root": "no" });
    expect(findings.join("\n")).toContain("mount an emptyDir volume at /data: tried so");
  });

  test("the settings give it what it needs", async () => {
    const trial = "{settle: 0.6, grace: 1, dependencies: [{name: database.example, ports: [5432]}]}";
    const folder = folderOf({ "douane.yaml": `trial: ${trial}\n` });
    const { answers } = await judged(["trial", trialImage("missing-name")], folder);
    expect(answers).toMatchObject({ "bind-all": "yes" });
  });

  test("what the settings give is not to be read in what it wrote", async () => {
    const file = "mode: x\nserial: q7-ordinary-q8q8q8\n";
    const given = { env: { CUSTOMER: "ordinary-customer", DEBUG: "on" }, files: { "/etc/app.conf": file } };
    const settings = JSON.stringify({ trial: { settle: 0.6, grace: 1, ...given } });
    const folder = folderOf({ "douane.yaml": settings });
    const cmd = ["--cat=/etc/app.conf", "--cat=/proc/self/environ", "--listen=any4:env"];
    await run(["trial", programImage({ cmd }), "--output", "trial.json", "--keep", "kept"], folder);
    const kept = execFileSync("grep", ["-rah", "", "trial.json", "kept"], { cwd: folder, encoding: "utf8" });
    expect(kept).toContain("mode: x");
    expect(kept).toContain("CUSTOMER=ordi…(17)");
    expect(kept).not.toMatch(/ordinary|q8q8/);
  });

  test("the html report shows the course of the trial", async () => {
    const { stdout } = await run(["trial", trialImage("conforming"), "--format", "html"]);
    expect(stdout).toContain("<h3>Course of the trial</h3>");
    expect(stdout.match(/<rect class="(?:read-only|restart|writable|replica)"/g)).toHaveLength(4);
  });

  test("a user that is not in the image's passwd keeps the trial from taking place, not the rest", async () => {
    const image = programImage({ config: { User: "nobody-here" } });
    const { ended, answers } = await judged(["trial", image]);
    expect(ended.exit).toBe(3);
    expect(ended.stderr).toContain('the image\'s USER, "nobody-here", is not in its /etc/passwd');
    expect(answers).toMatchObject({ "non-root": "no", "bind-all": "unproven" });
  });

  test.each<[string, Parameters<typeof programImage>[0]]>([
    ["/proc/self/fd/8", {}],
    ["/link", { files: [{ path: "link", type: "symlink", link: "proc/self/fd/8" }] }],
  ])("the runtime is not asked to start in %s, where files of the host may be open", async (cwd, sketch) => {
    const image = programImage({ ...sketch, config: { WorkingDir: cwd } });
    const { ended, answers } = await judged(["trial", image]);
    expect(ended.exit).toBe(65);
    expect(ended.stderr).toContain(`the working directory "${cwd}" leads into /proc or /sys`);
    expect(answers).toMatchObject({ "bind-all": "unproven" });
  });
});

test("a volume below /dev, where the runtime makes devices, keeps the trial from taking place", async () => {
  const volumes = [{ name: "shared", emptyDir: {} }];
  const web = container({ image: IMAGE, volumeMounts: [{ name: "shared", mountPath: "/dev" }] });
  const folder = folderOf({
    "deploy.yaml": yaml(deployment({ pod: podSpec({ containers: [web], volumes }) })),
  });
  const { ended, answers } = await judged(["trial", "-f", "deploy.yaml", trialImage("conforming")], folder);
  expect(ended.exit).toBe(65);
  expect(ended.stderr).toContain('the volume mounted at "/dev" would take the place of devices');
  expect(answers).toMatchObject({ "bind-all": "unproven" });
});

test("an image that runs as root is refused, and not tried", async () => {
  const { ended, answers } = await judged(["trial", trialImage("user-is-root")]);
  expect(ended.exit).toBe(1);
  expect(ended.stderr).toContain("would run as root (uid 0), which the platform refuses");
  expect(answers).toMatchObject({ "non-root": "no", "bind-all": "unproven" });
});

test("fix mounts an emptyDir where a trial saw the application write", async () => {
  const folder = folderOf({ "deploy.yaml": manifest({ securityContext: {} }), "config.yaml": CONFIG });
  await run(
    ["trial", "-f", "deploy.yaml", trialImage("crashes-read-only"), "--output", "trial.json"],
    folder,
  );
  const { stdout } = await run(["fix", "deploy.yaml", "--evidence", "trial.json"], folder);
  expect(stdout).toMatch(/\+ +- name: data\n\+ +mountPath: \/data\n/);
  expect(stdout).toMatch(/\+ +- name: data\n\+ +emptyDir: \{\}\n/);
});

test("an image for which no container is named is asked about", async () => {
  const pod = podSpec({
    containers: [
      container({ image: "registry.example/a:1.0.0" }),
      container({ name: "b", image: "registry.example/b:1.0.0" }),
    ],
  });
  const folder = folderOf({ "deploy.yaml": yaml(deployment({ pod })) });
  const { exit, stderr } = await run(["trial", "-f", "deploy.yaml", trialImage("conforming")], folder);
  expect(exit).toBe(64);
  expect(stderr).toContain("Say which by --container NAME");
});

test("a trial without images is a mistake", async () => {
  const { exit, stderr } = await run(["check", ".", "--trial", "--no-images"]);
  expect([exit, stderr]).toEqual([64, expect.stringContaining("do not go together")]);
});

test("two images cannot take the place of one", async () => {
  const folder = folderOf({ "deploy.yaml": manifest() });
  const { exit, stderr } = await run(["trial", "-f", "deploy.yaml", "oci:a", "oci:b"], folder);
  expect([exit, stderr]).toEqual([64, expect.stringContaining("one IMAGE only")]);
});

test("nothing to try is a mistake", async () => {
  expect(await run(["trial"])).toMatchObject({ exit: 64, stderr: expect.stringContaining("Nothing to try") });
});

test("nothing is left of any of these", () => {
  expect(execFileSync("sh", ["-c", "mount | grep -c douane || true"], { encoding: "utf8" }).trim()).toBe("0");
});
