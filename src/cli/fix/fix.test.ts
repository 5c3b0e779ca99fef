import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { evidenceText } from "../../../test/fixtures/evidence-text.ts";
import { digestOf, imageFacts, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { container, deployment, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { checkedToken, noise } from "../../../test/fixtures/secrets.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import {
  exits,
  http,
  server,
  type TrialSketch,
  trialFacts,
  write,
} from "../../../test/fixtures/trial-facts.ts";
import { selectorHashes } from "../../evidence/rule-selectors.ts";
import { RULES } from "../../rules/index.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples");

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web # ours
spec:
  hostNetwork: true
  containers:
    - name: web
      image: registry.example/web:1.2.3
`;

const FIXED = `apiVersion: v1
kind: Pod
metadata:
  name: web # ours
spec:
  hostNetwork: false
  containers:
    - name: web
      image: registry.example/web:1.2.3
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
      volumeMounts:
        - name: tmp
          mountPath: /tmp
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
  volumes:
    - name: tmp
      emptyDir: {}
`;

function folder(files: Readonly<Record<string, string>>): string {
  const path = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(path, name, ".."), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe("without --write", () => {
  test("a diff on stdout, what is lost and what is left on stderr, the file untouched", async () => {
    const cwd = folder({ "web.yaml": POD });
    const { exit, stdout, stderr } = await douane(["fix", "web.yaml"], { cwd });
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^--- a\/web\.yaml\n\+\+\+ b\/web\.yaml\n@@ /);
    expect(stderr).toContain("web.yaml:6: taken away: spec.hostNetwork is true");
    expect(stderr).toContain("an image without USER");
    expect(stderr).toContain("--writable CONTAINER:PATH");
    expect(readFileSync(join(cwd, "web.yaml"), "utf8")).toBe(POD);
  });

  test("git apply makes of it what --write writes, for all files of the examples", async () => {
    const [applied, written] = [temporaryDirectory(), temporaryDirectory()];
    for (const cwd of [applied, written]) cpSync(join(EXAMPLES, "gitops"), cwd, { recursive: true });
    const { stdout } = await douane(["fix", "v1", "v2"], { cwd: applied });
    execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: applied, input: stdout });
    await douane(["fix", "v1", "v2", "--write"], { cwd: written });
    execFileSync("diff", ["-r", applied, written]);
    expect(stdout).not.toBe("");
    const again = await douane(["fix", "v1", "v2"], { cwd: written });
    expect([again.exit, again.stdout]).toEqual([0, ""]);
  });

  test("a terminal gets colours and obeys nothing", async () => {
    let stdout = "";
    const cwd = folder({ "web.yaml": POD.replace("ours", "ours \u{9b}2J") });
    const output = { isTTY: true, write: async (text: string) => void (stdout += text) };
    await douane(["fix", "web.yaml"], { cwd, stdout: output });
    expect(stdout).toContain("\u{1b}[32m+      securityContext:");
    expect(stdout).not.toContain("\u{9b}");
  });

  test("a file elsewhere is named from the root", async () => {
    const path = folder({ "web.yaml": POD });
    const { stdout } = await douane(["fix", join(path, "web.yaml")]);
    expect(stdout).toContain(`--- a${path}/web.yaml\n`);
  });
});

describe("secrets", () => {
  const PASSWORD = noise(20);
  const text = POD.replace("1.2.3\n", `1.2.3\n      env: [{name: DB_PASSWORD, value: ${PASSWORD}}]\n`);

  test("are named, masked in the diff, and stay in the file", async () => {
    const cwd = folder({ "web.yaml": text });
    const shown = await douane(["fix", "web.yaml"], { cwd });
    expect(shown.stdout + shown.stderr).not.toContain(PASSWORD);
    expect(shown.stdout).toMatch(/^ {7}env: \[\{name: DB_PASSWORD, value: \S+…\(20\)\}\]$/m);
    expect(shown.stderr).toMatch(/web\.yaml:10: left to you: \[web\] .* in plain text in DB_PASSWORD/);
    expect(shown.stderr).toContain("this diff masks secrets, which the file keeps");
    const written = await douane(["fix", "web.yaml", "--write"], { cwd });
    expect(written.stdout + written.stderr).not.toContain(PASSWORD);
    expect(written.stderr).not.toContain("this diff masks");
    expect(readFileSync(join(cwd, "web.yaml"), "utf8")).toContain(PASSWORD);
  });

  test("trap: a diff that shows none is the file's own, without a word", async () => {
    const cwd = folder({ "web.yaml": `# ${checkedToken("ghp_")}\n${"#\n".repeat(20)}${POD}` });
    const { stdout, stderr } = await douane(["fix", "web.yaml"], { cwd });
    expect(stdout).not.toBe("");
    expect(stderr).not.toContain("this diff masks");
  });
});

describe("--write", () => {
  test("writes the file, keeps its mode; a second time there is nothing to do", async () => {
    const cwd = folder({ "web.yaml": POD });
    const file = join(cwd, "web.yaml");
    execFileSync("chmod", ["640", file]);
    const { exit, stdout } = await douane(["fix", "--write", "web.yaml"], { cwd });
    expect([exit, stdout, readFileSync(file, "utf8")]).toEqual([0, "", FIXED]);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    const before = statSync(file).mtimeMs;
    await douane(["fix", "--write", "web.yaml"], { cwd });
    expect(statSync(file).mtimeMs).toBe(before);
  });

  test("keeps a byte order mark and CRLF", async () => {
    const cwd = folder({ "web.yaml": `\u{FEFF}${POD.replaceAll("\n", "\r\n")}` });
    await douane(["fix", "--write", "web.yaml"], { cwd });
    expect(readFileSync(join(cwd, "web.yaml"), "utf8")).toBe(`\u{FEFF}${FIXED.replaceAll("\n", "\r\n")}`);
  });

  test.each([
    ["of one repository", { ".git": "" }, "outside the folder that was named"],
    ["without a repository", {}, "leads out of the folder that is judged"],
  ])(
    "a link inside the folder is written through; one that leads out of it is not (%s)",
    async (_, git, said) => {
      const cwd = folder({ "in/real.yaml": POD, "outside.yaml": POD, ...git });
      symlinkSync("../outside.yaml", join(cwd, "in/link.yaml"));
      const { exit, stderr } = await douane(["fix", "--write", "in"], { cwd });
      expect(exit).toBe(65);
      expect(stderr).toContain(said);
      expect(readFileSync(join(cwd, "outside.yaml"), "utf8")).toBe(POD);
      expect(readFileSync(join(cwd, "in/real.yaml"), "utf8")).toBe(FIXED);
      await douane(["fix", "--write", "in/link.yaml"], { cwd });
      expect(readFileSync(join(cwd, "outside.yaml"), "utf8")).toBe(FIXED);
    },
  );

  test("of standard input, the fixed text goes to stdout", async () => {
    const { stdout } = await douane(["fix", "-", "--write"], { stdin: bytes(POD) });
    expect(stdout).toBe(FIXED);
  });
});

describe("--as helm-values", () => {
  test("gives the corrections by the names of a chart", async () => {
    const root = () => ({
      securityContext: { runAsUser: 0, capabilities: { add: ["CHOWN"] } },
      volumeMounts: [],
    });
    const manifest = deployment({
      pod: podSpec({
        securityContext: { sysctls: [{ name: "vm.swappiness", value: "1" }] },
        hostPID: true,
        containers: [
          container(root()),
          container({ name: "agent" }),
          container({ ...root(), name: "proxy" }),
        ],
      }),
    });
    const { stdout } = await douane(["fix", "-", "--as", "helm-values"], { stdin: bytes(yaml(manifest)) });
    expect(stdout).toBe(`# Deployment web, container web (-:2)
podSecurityContext:
  runAsNonRoot: true
  seccompProfile:
    type: RuntimeDefault
  sysctls: null
securityContext:
  runAsUser: null
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop:
      - ALL
    add: null
volumeMounts:
  - name: tmp-web
    mountPath: /tmp
volumes:
  - name: tmp-web
    emptyDir: {}
---
# Deployment web, container proxy (-:2)
securityContext:
  runAsUser: null
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop:
      - ALL
    add: null
volumeMounts:
  - name: tmp-proxy
    mountPath: /tmp
volumes:
  - name: tmp-proxy
    emptyDir: {}
# to be changed, too, as far as the chart allows it:
#   spec.hostPID: false
`);
  });

  test("of a chart whose securityContext is the pod's gives both levels their names", async () => {
    // A chart's output with container values rendered into the pod's securityContext.
    const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
    const manifest = deployment({
      pod: podSpec({ securityContext, containers: [container({ securityContext: {} })] }),
    });
    const { stdout, stderr } = await douane(["fix", "-", "--as", "helm-values"], {
      stdin: bytes(yaml(manifest)),
    });
    expect(stdout).toBe(`# Deployment web, container web (-:2)
securityContext:
  runAsNonRoot: true
  seccompProfile:
    type: RuntimeDefault
  allowPrivilegeEscalation: null
  capabilities: null
containerSecurityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop:
      - ALL
`);
    expect(stderr).toContain("Check by rendering the chart with these values");
  });

  test.each([
    ["the container's", "podSecurityContext", "securityContext"],
    ["the pod's", "securityContext", "containerSecurityContext"],
  ])(
    "rendered with these values, a chart whose securityContext is %s comes to conform",
    async (_, ofPod, ofContainer) => {
      type Values = Record<string, unknown>;
      const isValues = (value: unknown): value is Values =>
        typeof value === "object" && value !== null && !Array.isArray(value);
      const merged = (values: Values, given: Values): Values => {
        const result = { ...values };
        for (const [key, value] of Object.entries(given)) {
          const own = result[key];
          if (value === null) delete result[key];
          else result[key] = isValues(value) && isValues(own) ? merged(own, value) : value;
        }
        return result;
      };
      const rendered = (values: Values) => {
        const { volumeMounts = [], volumes = [] } = values;
        const own = container({ securityContext: values[ofContainer] ?? {}, volumeMounts });
        return yaml(
          deployment({ pod: podSpec({ securityContext: values[ofPod] ?? {}, containers: [own], volumes }) }),
        );
      };
      let values: Values = {};
      const given: string[] = [];
      for (let round = 0; round < 3; round++) {
        const { stdout } = await douane(["fix", "-", "--as", "helm-values"], {
          stdin: bytes(rendered(values)),
        });
        given.push(stdout);
        const file = load(stdout === "" ? "{}" : stdout);
        values = merged(values, isValues(file) ? file : {});
      }
      expect(given.at(-1)).toBe("");
    },
  );

  test("a diff takes what is misplaced away", async () => {
    const securityContext = { runAsNonRoot: true, allowPrivilegeEscalation: false };
    const manifest = deployment({ pod: podSpec({ securityContext }) });
    const { stdout } = await douane(["fix", "-"], { stdin: bytes(yaml(manifest)) });
    expect(stdout).toContain("-        allowPrivilegeEscalation: false");
  });

  test("leaves what is right alone; what charts have no values for is said", async () => {
    const manifest = deployment({ pod: podSpec({ hostIPC: true }) });
    const { stdout } = await douane(["fix", "-", "--as", "helm-values", "--lang", "fr"], {
      stdin: bytes(yaml(manifest)),
    });
    expect(stdout).toBe(
      "# Deployment web (-:2)\n# à changer aussi, selon ce que le chart permet :\n#   spec.hostIPC: false\n",
    );
  });

  test("of several files makes one stream; nothing when there is nothing to correct", async () => {
    const { stdout } = await douane(["fix", "gitops/v2", "--as", "helm-values"], { cwd: EXAMPLES });
    expect(stdout.match(/^---$/gm)?.length).toBe((stdout.match(/^# \w+ .*:\d+\)$/gm)?.length ?? 0) - 1);
    const none = await douane(["fix", "-", "--as", "helm-values"], { stdin: bytes(yaml(deployment())) });
    expect([none.exit, none.stdout]).toEqual([0, ""]);
  });
});

describe("Dockerfiles", () => {
  const EXPRESS = "# ours\nFROM node:22-alpine\nWORKDIR /app\nCOPY . .\nCMD node server.js\n";

  test("get a diff on stdout, and what is left on stderr with its place in the file as it is", async () => {
    const { exit, stdout, stderr } = await douane(["fix", "portal/Dockerfile"], { cwd: EXAMPLES });
    expect(exit).toBe(0);
    expect(stdout).toContain("\n-USER portal\n+USER 1001\n");
    expect(stderr).toMatch(/^portal\/Dockerfile:2: left to you: ARG NEXT_PUBLIC_SITE_URL/);
    expect(stderr).not.toContain("USER portal");
  });

  test.each([
    ["git apply", (patch: string, cwd: string) => void execFileSync("git", ["apply", patch], { cwd })],
    ["patch -p1", (patch: string, cwd: string) => void execFileSync("patch", ["-p1", "-i", patch], { cwd })],
  ])("the diff applies with %s, and is what --write writes", async (_, apply) => {
    for (const text of [EXPRESS, EXPRESS.trimEnd(), EXPRESS.replaceAll("\n", "\r\n")]) {
      const cwd = folder({ Dockerfile: text });
      const { stdout } = await douane(["fix", "Dockerfile"], { cwd });
      writeFileSync(join(cwd, "changes.patch"), stdout);
      apply("changes.patch", cwd);
      const other = folder({ Dockerfile: text });
      await douane(["fix", "Dockerfile", "--write"], { cwd: other });
      expect(readFileSync(join(cwd, "Dockerfile"), "utf8")).toBe(
        readFileSync(join(other, "Dockerfile"), "utf8"),
      );
      const again = await douane(["fix", "Dockerfile"], { cwd });
      expect(again.stdout).toBe("");
      // Remarks of check are shown, too.
      expect(again.stderr).toMatch(/^Dockerfile: nothing that fix can correct; remarks: 1 /);
    }
  });

  test("of node as process 1 it is said what that takes", async () => {
    const cwd = folder({ Dockerfile: EXPRESS.replace("alpine", "slim") });
    expect((await douane(["fix", "Dockerfile"], { cwd })).stderr).toContain('process.on("SIGTERM"');
  });

  test("and manifests make one diff; --as helm-values leaves them alone", async () => {
    const cwd = folder({ "web.yaml": POD, Dockerfile: "FROM registry.example/base:1.2.3\nUSER root\n" });
    const { stdout } = await douane(["fix", "."], { cwd });
    expect(stdout).toContain("+++ b/web.yaml");
    expect(stdout).toContain("-USER root\n+USER 1000\n");
    const values = await douane(["fix", ".", "--as", "helm-values"], { cwd });
    expect(values.stdout).not.toContain("USER 1000");
  });

  test("without a manifest beside them, that is said", async () => {
    const { exit, stderr } = await douane(["fix", "."], { cwd: folder({ Dockerfile: EXPRESS }) });
    expect([exit, stderr]).toEqual([
      0,
      expect.stringContaining(".: no manifest here. `douane init` writes one"),
    ]);
  });

  test("show no secret, and say that the diff is none to apply", async () => {
    const token = checkedToken("ghp_");
    const cwd = folder({ Dockerfile: `FROM node:22-alpine\nRUN login ${token}\nCMD node a.js\n` });
    const { stdout, stderr } = await douane(["fix", "Dockerfile"], { cwd });
    expect(stdout + stderr).not.toContain(token);
    expect(stderr).toContain("this diff masks secrets");
  });
});

describe("what is left to the user", () => {
  const cases = [
    [
      "a floating tag",
      POD.replace("1.2.3", "latest"),
      "web.yaml:9: left to you: [web] the tag latest is mutable",
    ],
    [
      "a volume of the node's",
      `${POD}  volumes: [{name: logs, hostPath: {path: /var/log}}]\n`,
      "web.yaml:10: left to you: the volume logs",
    ],
    [
      "what is no Kubernetes",
      POD.replace("true", '"true"'),
      "web.yaml:6: left to you: not valid Kubernetes: spec.hostNetwork",
    ],
    [
      "a mount that is read-only",
      `${POD}      volumeMounts: [{name: c, mountPath: /data, readOnly: true}]\n`,
      "web.yaml:10: left to you: [web] /data is mounted read-only",
    ],
  ] as const;
  test.each(cases)("%s", async (_, text, says) => {
    const cwd = folder({ "web.yaml": text });
    expect((await douane(["fix", "web.yaml", "--writable", "web:/data"], { cwd })).stderr).toContain(says);
  });
});

test("what was fixed passes check, row by row", async () => {
  const cwd = folder({ "web.yaml": POD });
  await douane(["fix", "--write", "web.yaml"], { cwd });
  const { stdout } = await douane(["check", "web.yaml", "--no-images", "--format", "json"], { cwd });
  const report = JSON.parse(stdout) as { verdicts: { rows: { id: string; answer: string }[] }[] };
  const rows = new Map(report.verdicts[0]?.rows.map(({ id, answer }) => [id, answer]));
  for (const id of ["no-host-access", "no-escalation", "seccomp"])
    expect([id, rows.get(id)]).toEqual([id, "yes"]);
});

test("evidence gives probes, and says what no manifest can change", async () => {
  const healthcheck = ["CMD-SHELL", "curl -f http://localhost:8080/health"];
  const image = imageFacts({
    config: { healthcheck, user: "", volumes: ["/cache"] },
    facts: { source: "registry.example/web:1.2.3", asked: selectorHashes(RULES) },
  });
  const reference = referenceFacts({ given: "registry.example/web:1.2.3" });
  const origin = { by: "own-run", douane: "0.0.0" } as const;
  const cwd = folder({
    "web.yaml": POD,
    "evidence.json": evidenceText([{ kind: "image", alone: true, origin, image, reference }]),
  });
  const { stdout, stderr } = await douane(["fix", "web.yaml", "--evidence", "evidence.json"], { cwd });
  expect(stdout).toContain(
    "+      readinessProbe:\n+        httpGet:\n+          path: /health\n+          port: 8080\n",
  );
  expect(stderr).toContain("web.yaml:9: left to you: [web] the image sets no USER: it runs as root");
  expect(stderr).toContain("web.yaml:9: left to you: [web] /cache will have to be an emptyDir volume");
});

test.each([
  [
    "helped",
    {},
    2,
    "[web] an emptyDir at /run, /run/lock: tried on a read-only root, where the application works so.",
  ],
  [
    "helped, one of them with logs alone",
    {
      tried: server({
        more: [write("/run/lock/app.log", { area: "/run/lock" }), write("/run/app.pid", { area: "/run" })],
      }),
    },
    1,
    "[web] nothing is mounted at /run/lock, which took logs alone: send them to stdout or stderr.",
  ],
  [
    "did not help",
    { tried: exits(1) },
    0,
    "[web] an emptyDir at /run, /run/lock was tried without success, and is not added",
  ],
])("emptyDirs that a trial tried, and that %s", async (_, sketch, added, says) => {
  const image = imageFacts({ facts: { source: "registry.example/web:1.2.3", asked: selectorHashes(RULES) } });
  const reference = referenceFacts({ given: "registry.example/web:1.2.3" });
  const origin = { by: "own-run", douane: "0.0.0" } as const;
  const { imageId, config } = image;
  const argv = [...(config.entrypoint ?? []), ...(config.cmd ?? [])];
  const tried = { mounts: ["/run", "/run/lock"], places: [], rounds: 2 };
  const trial = trialFacts({ tried: server(), ...sketch, facts: { imageId, argv, tried } });
  const cwd = folder({
    "web.yaml": POD,
    "evidence.json": evidenceText([
      { kind: "image", alone: true, origin, image, reference },
      { kind: "trial", origin, trial },
    ]),
  });
  const { stdout, stderr } = await douane(["fix", "web.yaml", "--evidence", "evidence.json"], { cwd });
  expect(stdout.match(/^\+ +(?:- )?mountPath: \/run.*\n/gm) ?? []).toHaveLength(added);
  expect(stderr).toContain(says);
});

test("two names of one file make one diff", async () => {
  const cwd = folder({ "in/b.yaml": POD });
  symlinkSync("b.yaml", join(cwd, "in/a.yaml"));
  const { stdout } = await douane(["fix", "in"], { cwd });
  expect(stdout.match(/^--- .*/gm)).toEqual(["--- a/in/b.yaml"]);
});

describe("exit codes", () => {
  test.each([
    ["nothing named", ["fix"], 64, "Nothing to fix"],
    ["no such file", ["fix", "gone.yaml"], 64, "No file or folder"],
    ["an image", ["fix", "registry.example/web:1"], 64, "not images"],
    ["an unknown form", ["fix", "web.yaml", "--as", "patch"], 64, "diff and helm-values"],
    ["a writable path without a container", ["fix", "web.yaml", "--writable", "/x"], 64, "CONTAINER:PATH"],
    ["a relative one", ["fix", "web.yaml", "--writable", "web:x"], 64, "CONTAINER:PATH"],
    ["one that leads up", ["fix", "web.yaml", "--writable", "web:/a/../b"], 64, "CONTAINER:PATH"],
    ["the root itself", ["fix", "web.yaml", "--writable", "web://"], 64, "CONTAINER:PATH"],
    ["an unknown container", ["fix", "web.yaml", "--writable", "api:/x"], 64, 'no container "api"'],
    ["values to be written", ["fix", "web.yaml", "--write", "--as", "helm-values"], 64, "do not go together"],
    ["what is no YAML", ["fix", "broken.yaml"], 65, "broken.yaml"],
    ["a shared anchor", ["fix", "anchor.yaml"], 1, "anchor.yaml:6: not corrected: the anchor `&yes`"],
  ])("%s", async (_, argv, code, says) => {
    const anchor = POD.replace("hostNetwork: true", "hostNetwork: &yes true\n  enableServiceLinks: *yes");
    const cwd = folder({ "web.yaml": POD, "broken.yaml": "apiVersion: [", "anchor.yaml": anchor });
    const { exit, stderr } = await douane(argv, { cwd });
    expect(stderr).toContain(says);
    expect(exit).toBe(code);
  });

  test("--quiet says nothing of what is left", async () => {
    const cwd = folder({ "web.yaml": POD });
    expect((await douane(["fix", "web.yaml", "--quiet"], { cwd })).stderr).toBe("");
  });
});

test("a chart is named, with what to do instead", async () => {
  const { stderr } = await douane(["fix", "gitops/v2"], { cwd: EXAMPLES });
  expect(stderr).toContain("helm template gitops/v2/charts/annuaire");
});

test("--writable mounts an emptyDir where the application writes", async () => {
  const { stdout } = await douane(["fix", "-", "--write", "--writable", "web:/app/.next/cache"], {
    stdin: bytes(POD),
  });
  expect(stdout).toContain("- name: app-next-cache\n          mountPath: /app/.next/cache\n");
  expect(stdout).toContain("- name: app-next-cache\n      emptyDir: {}\n");
});

test("fix --help has examples and exit codes in both languages", async () => {
  const [fr, en] = [await douane(["fix", "--help", "--lang", "fr"]), await douane(["fix", "--help"])];
  expect(fr.stdout).toContain("Codes de retour :");
  expect(en.stdout).toContain("douane fix deploy/ --write");
});

describe("a trial of an image that is not pushed yet", () => {
  const argv = ["node", "server.js"];
  const origin = { by: "own-run", douane: "0.1.0" } as const;
  const image = imageFacts({
    config: { user: "1000", cmd: argv },
    facts: { source: "oci:image", imageId: digestOf(0xb) },
  });
  const reference = { given: "oci:image", transport: "oci" } as const;

  async function fixBy(sketch: TrialSketch, config = {}) {
    const evidence = evidenceText([
      { kind: "image", alone: true, origin, reference, image: asMasked({ ...image, ...config }) },
      { kind: "trial", origin, trial: trialFacts({ ...sketch, facts: { argv } }) },
    ]);
    const cwd = folder({ "web.yaml": yaml(BARE), "trial.json": evidence });
    const { stdout, stderr } = await douane(["fix", "web.yaml", "--evidence", "trial.json"], { cwd });
    return { stdout: stdout.replaceAll("\n+", "\n"), stderr };
  }

  const BARE = deployment({
    pod: podSpec({ containers: [{ name: "web", image: "registry.example/web:1.2.3" }] }),
  });

  test("gives the port that was open, and the path that answered; what it settles is no warning", async () => {
    const { stdout, stderr } = await fixBy({});
    expect(stdout).toContain("ports:\n            - containerPort: 8080\n");
    for (const probe of ["readinessProbe", "livenessProbe"]) {
      expect(stdout).toContain(
        `${probe}:\n            httpGet:\n              path: /healthz\n              port: 8080\n`,
      );
    }
    expect(stderr).toBe("");
  });

  test("of two paths readiness gets the first; a port without HTTP gets its connection", async () => {
    const random = http("/douane-x", "random", { status: 404 });
    const two = [
      random,
      http("/livez", "discovery", { status: 200 }),
      http("/readyz", "discovery", { status: 200 }),
    ];
    const run = server({ without: ["http"] });
    const { stdout } = await fixBy({
      "read-only": [...two, ...run],
      writable: [...two, ...run],
      settings: { triedPaths: ["/readyz", "/livez"] },
    });
    expect(stdout).toMatch(
      /readinessProbe:\n\s+httpGet:\n\s+path: \/readyz\n[^]*livenessProbe:\n\s+httpGet:\n\s+path: \/livez/,
    );
    const silent = [http("/douane-x", "random", { error: "HPE_INVALID_CONSTANT" }), ...run];
    const tcp = await fixBy({ "read-only": silent, writable: silent });
    expect(tcp.stdout).toContain("readinessProbe:\n            tcpSocket:\n              port: 8080\n");
  });

  test("that did not come up settles nothing", async () => {
    const { stdout, stderr } = await fixBy({ "read-only": exits(1), writable: exits(1) });
    expect(stdout).not.toContain("readinessProbe");
    expect(stderr).toContain("under a read-only root an application that writes elsewhere");
  });
});
