import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { douane, type Ended } from "../../../test/fixtures/douane.ts";
import { gitopsRepository } from "../../../test/fixtures/gitops-repository.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { container, cronJob, deployment, list, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import type { Context } from "../process/context.ts";

const root = mkdtempSync(join(tmpdir(), "douane-manifests-"));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;

/** A folder with these files. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  folders += 1;
  const folder = join(root, String(folders));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function* stream(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

interface JsonVerdict {
  readonly subject: { readonly name: string; readonly workload?: object; readonly images: readonly object[] };
  readonly admitted: string;
  readonly rows: readonly {
    readonly id: string;
    readonly answer: string;
    readonly findings: readonly {
      readonly rule: string;
      readonly container?: string;
      readonly at?: object;
    }[];
    readonly missing: readonly object[];
  }[];
}

async function json(
  argv: readonly string[],
  changes: Partial<Context> = {},
): Promise<Ended & { verdicts: readonly JsonVerdict[]; errors: readonly object[] }> {
  const ended = await douane(["check", "--no-images", "--format", "json", ...argv], changes);
  return { ...ended, ...JSON.parse(ended.stdout) };
}

function names(verdicts: readonly JsonVerdict[]): readonly string[] {
  return verdicts.map(({ subject }) => subject.name);
}

const WEB = yaml(deployment({ name: "web" }));
const LIFTED = yaml({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "aides", labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
});
const ADMINISTRATOR = yaml({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  metadata: { name: "everybody" },
  subjects: [{ kind: "Group", name: "system:serviceaccounts", apiGroup: "rbac.authorization.k8s.io" }],
  roleRef: { kind: "ClusterRole", name: "cluster-admin", apiGroup: "rbac.authorization.k8s.io" },
});
const WEBHOOK = yaml({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "MutatingWebhookConfiguration",
  metadata: { name: "sidecars" },
  webhooks: [
    {
      name: "sidecars.example.com",
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
      clientConfig: { url: "https://sidecars.example.com" },
      rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
    },
  ],
});
const PRIVILEGED = yaml(
  deployment({
    name: "bad",
    pod: podSpec({
      containers: [container(), container({ name: "side", securityContext: { privileged: true } })],
    }),
  }),
);

describe("manifests are found", () => {
  test("in a folder, in a file, with -f, on standard input", async () => {
    const cwd = folderOf({ "deploy/web.yaml": WEB, "deploy/notes.txt": WEB });
    for (const argv of [
      ["deploy"],
      ["."],
      ["deploy/web.yaml"],
      ["-f", "deploy"],
      ["--filename", "deploy/web.yaml"],
    ]) {
      expect([argv, names((await json(argv, { cwd })).verdicts)]).toEqual([argv, ["Deployment/web"]]);
    }
    for (const argv of [["-"], ["-f", "-"], ["-f-"], ["-f", "-", "-"]]) {
      const { verdicts } = await json(argv, { cwd, stdin: stream(WEB) });
      expect([argv, names(verdicts)]).toEqual([argv, ["Deployment/web"]]);
    }
  });

  test("with -f whatever the file is called", async () => {
    const cwd = folderOf({ "rendered.txt": WEB, rendered: yaml(cronJob({ name: "job" })) });
    const { verdicts } = await json(["-f", "rendered.txt", "-f", "rendered"], { cwd });
    expect(names(verdicts)).toEqual(["Deployment/web", "CronJob/job"]);
  });

  test("with their environment, namespace, file and line", async () => {
    const cwd = folderOf({ "deployment-targets/prod/web.yaml": `# rendered\n${WEB}` });
    const { verdicts } = await json(["."], { cwd });
    expect(verdicts[0]?.subject).toMatchObject({
      name: "Deployment/web",
      workload: {
        file: "deployment-targets/prod/web.yaml",
        line: 3,
        kind: "Deployment",
        namespace: "aides",
        name: "web",
      },
      images: [{ container: "web", reference: "registry.example/aides/web:1.14.2" }],
    });
  });

  test("beside Dockerfiles, each judged by itself, and images", async () => {
    const cwd = folderOf({
      "k8s/web.yaml": WEB,
      Dockerfile: "FROM alpine\nUSER 1001\n",
      "api/Containerfile": "FROM a\n",
    });
    writeLayout(smallImage(), join(cwd, "image"), { ref: "1.4.2" });
    const { verdicts } = await json([".", "Dockerfile", `oci:${join(cwd, "image")}`], { cwd });
    expect(names(verdicts)).toEqual([
      "Deployment/web",
      `oci:${join(cwd, "image")}`,
      "Dockerfile",
      "api/Containerfile",
    ]);
  });

  test("an application without manifests is judged by its Dockerfile", async () => {
    const cwd = folderOf({ Dockerfile: "FROM alpine\n", "package.json": "{}" });
    const { exit, verdicts, stderr } = await json(["."], { cwd });
    expect([names(verdicts), stderr]).toEqual([["Dockerfile"], ""]);
    expect([1, 2]).toContain(exit);
  });
});

test.each(["fr", "en"])("the help shows how (%s)", async (lang) => {
  const { exit, stdout } = await douane(["check", "--help", "--lang", lang]);
  expect(exit).toBe(0);
  for (const shown of ["-f, --filename", "--no-images", "--kubernetes", "1.29", "douane check ."]) {
    expect(stdout).toContain(shown);
  }
  expect(stdout).toContain("helm template ./chart | douane check -f - --no-images --kubernetes 1.29");
});

describe("findings", () => {
  test("name their container, file, line and column", async () => {
    const cwd = folderOf({ "all.yaml": `${WEB}${PRIVILEGED}` });
    const { exit, verdicts } = await json(["all.yaml"], { cwd });
    expect(exit).toBe(1);
    const found = verdicts[1]?.rows.flatMap(({ findings }) => findings) ?? [];
    const privileged = found.find(({ rule }) => rule === "1.1-privileged");
    const line = `${WEB}${PRIVILEGED}`.split("\n").findIndex((text) => text.includes("privileged: true")) + 1;
    expect(privileged).toMatchObject({
      container: "side",
      at: {
        file: "all.yaml",
        line,
        column: 13,
        path: "spec.template.spec.containers[1].securityContext.privileged",
      },
    });
  });

  test("in a List are found in its items", async () => {
    const text = `${JSON.stringify(list(deployment(), deployment({ pod: podSpec({ hostNetwork: true }) })), null, 1)}\n`;
    const { verdicts } = await json(["-"], { stdin: stream(text) });
    const found = verdicts[1]?.rows.flatMap(({ findings }) => findings) ?? [];
    const line = text.split("\n").findIndex((one) => one.includes("hostNetwork")) + 1;
    expect(found.find(({ rule }) => rule === "1.1-host-namespaces")?.at).toMatchObject({ file: "-", line });
  });

  test("the reference in the manifest is judged without the image, which is said to be missing", async () => {
    const latest = deployment({
      pod: podSpec({ containers: [container({ image: "registry.example/web" })] }),
    });
    const { verdicts } = await json(["-"], { stdin: stream(yaml(latest)) });
    const answer = (id: string) => verdicts[0]?.rows.find((row) => row.id === id);
    expect(answer("immutable-tag")).toMatchObject({ answer: "no" });
    expect(answer("non-root")).toMatchObject({ answer: "unproven", missing: [{ evidence: "image" }] });
  });

  test("follow the version of the cluster: --kubernetes, else douane.yaml", async () => {
    const sysctls = [{ name: "net.ipv4.tcp_rmem", value: "4096" }];
    const text = yaml(deployment({ pod: podSpec({ securityContext: { sysctls } }) }));
    const cwd = folderOf({ "web.yaml": text });
    const told = folderOf({ "web.yaml": text, "douane.yaml": "kubernetes: '1.31'\n" });
    const refused = async (where: string, ...argv: readonly string[]) => {
      const { verdicts } = await json(["web.yaml", ...argv], { cwd: where });
      return verdicts[0]?.rows.some(({ findings }) => findings.some(({ rule }) => rule === "1.1-sysctls"));
    };
    expect(await refused(cwd)).toBe(false);
    expect(await refused(cwd, "--kubernetes", "1.31")).toBe(true);
    expect(await refused(told)).toBe(true);
    expect(await refused(told, "--kubernetes", "1.32")).toBe(false);
  });

  test("a version of Kubernetes that is none is a usage error", async () => {
    for (const version of ["newest", "1.3", "29"]) {
      const { exit, stderr } = await douane(["check", "-", "--kubernetes", version], { stdin: stream(WEB) });
      expect([version, exit]).toEqual([version, 64]);
      expect(stderr).toContain(`--kubernetes "${version}"`);
    }
  });
});

describe("evidence of manifests", () => {
  test.each([
    ["workloads alone", [WEB, PRIVILEGED]],
    ["a Namespace that lifts Restricted", [WEB, LIFTED]],
    ["rights and a webhook beside the workload", [WEB, ADMINISTRATOR, WEBHOOK]],
  ])(
    "is kept, and judged again without them and in another folder with the same verdict: %s",
    async (_, all) => {
      const cwd = folderOf({
        "all.yaml": all.map((one) => (one.endsWith("\n") ? one : `${one}\n`)).join(""),
      });
      const first = await json(["all.yaml", "--save-evidence", "e.json"], { cwd });
      const elsewhere = folderOf({ "e.json": readFileSync(join(cwd, "e.json"), "utf8") });
      const again = await json(["--evidence", "e.json"], { cwd: elsewhere });
      const answers = ({ verdicts }: typeof first) =>
        verdicts.map(({ subject, rows }) => [
          subject,
          rows.map((row) => [
            row.id,
            row.answer,
            row.findings.map(({ rule, container: name }) => [rule, name]),
          ]),
        ]);
      expect(answers(again)).toEqual(answers(first));
      expect(again.exit).toBe(first.exit);
      expect(again.stdout).toContain('"line"');
      expect(answers(first)).not.toEqual(answers(await json(["-"], { stdin: stream(WEB) })));
    },
  );

  test("is ignored where manifests are given, and that is said", async () => {
    const cwd = folderOf({ "all.yaml": WEB });
    await json(["all.yaml", "--save-evidence", "e.json"], { cwd });
    const { verdicts, stderr } = await json(["all.yaml", "--evidence", "e.json"], { cwd });
    expect(verdicts).toHaveLength(1);
    expect(stderr).toContain("evidence ignored: its 1 workloads");
  });

  test("does not hold Dockerfiles, which is said", async () => {
    const cwd = folderOf({ Dockerfile: "FROM alpine\n" });
    const { stderr } = await json(["Dockerfile", "--save-evidence", "e.json"], { cwd });
    expect(stderr).toContain("not of Dockerfiles");
    expect((await json(["Dockerfile", "--save-evidence", "e.json", "--quiet"], { cwd })).stderr).toBe("");
  });

  test("holds no secret of the manifests", async () => {
    const secret = ["ghp", "_", "16C7e42F292c6912E7710c838347Ae178B4a"].join("");
    const env = [{ name: "GITHUB_TOKEN", value: secret }];
    const cwd = folderOf({
      "web.yaml": yaml(deployment({ pod: podSpec({ containers: [container({ env })] }) })),
    });
    const { stdout } = await json(["web.yaml", "--save-evidence", "e.json"], { cwd });
    expect(stdout).not.toContain(secret);
    expect(readFileSync(join(cwd, "e.json"), "utf8")).not.toContain(secret);
  });
});

describe("what cannot be judged", () => {
  test.each([
    ["a folder that is empty", {}, ["."], 65, "no Kubernetes workload here"],
    [
      "a file that holds no workload",
      { "a.yaml": "kind: Service\n" },
      ["a.yaml"],
      65,
      "a.yaml: no Kubernetes workload",
    ],
    ["a file that is not there", {}, ["-f", "none.yaml"], 64, 'No file or folder "none.yaml"'],
    ["a manifest that is not there", {}, ["none.yaml"], 64, 'No file or folder "none.yaml"'],
    ["standard input without anything", {}, ["-f", "-"], 65, "-: no Kubernetes workload"],
    [
      "a chart",
      { "Chart.yaml": "name: a\n", "templates/a.yaml": "{{ x }}" },
      ["."],
      2,
      "Nothing was judged: no workload is ready to be.\n  .: Helm chart",
    ],
  ] as const)("%s", async (_, files, argv, exit, says) => {
    const ended = await douane(["check", ...argv], { cwd: folderOf(files) });
    expect([ended.exit, ended.stdout]).toEqual([exit, ""]);
    expect(ended.stderr).toContain(says);
  });

  test("what is only to be built first ends in 2, and every report that was asked for is written", async () => {
    const cwd = folderOf({ "k/kustomization.yaml": "resources: [a.yaml]\n", "k/a.yaml": WEB });
    const formats = ["json", "sarif", "junit", "html", "markdown"];
    const asked = formats.flatMap((format) => ["--format", `${format}=out.${format}`]);
    for (const failOn of ["refused", "unproven"]) {
      const { exit, stderr } = await douane(["check", "k", "--fail-on", failOn, ...asked], { cwd });
      expect([failOn, exit]).toEqual([failOn, 2]);
      expect(stderr).toContain("kubectl kustomize k | douane check -f -");
    }
    for (const format of formats) {
      expect(readFileSync(join(cwd, `out.${format}`), "utf8")).toContain("kubectl kustomize k");
    }
    const { exit, verdicts } = await json(["k"], { cwd });
    expect([exit, verdicts]).toEqual([2, []]);
  });

  test("a folder that hides the image of its name says how to judge the image", async () => {
    const cwd = folderOf({ "nginx/index.html": "" });
    const { exit, stderr } = await douane(["check", "nginx"], { cwd });
    expect(exit).toBe(65);
    expect(stderr).toContain("douane check docker://nginx");
    expect((await douane(["check", "./nginx"], { cwd })).stderr).not.toContain("docker://");
  });

  test("a chart beside manifests is named, and stops a pipeline whatever shall stop it", async () => {
    const cwd = folderOf({ "web.yaml": WEB, "chart/Chart.yaml": "name: a\n" });
    const { exit, errors, stderr } = await json(["."], { cwd });
    const last = "douane: 1 unproven; 1 source left out → exit code 2\n";
    expect([exit, errors, stderr]).toEqual([2, [], last]);
    expect((await json([".", "--fail-on", "refused"], { cwd })).exit).toBe(2);
    const { stdout } = await douane(["check", ".", "--no-images"], { cwd });
    expect(stdout.replace(/\s+/g, " ")).toContain("helm template chart | douane check -f -");
  });

  test("an image that is no reference is an error, and the rest is judged", async () => {
    const containers = [
      container({ image: "" }),
      container({ name: "b", image: "Not An Image" }),
      container(),
    ];
    const { exit, verdicts, errors, stderr } = await json(["-"], {
      stdin: stream(yaml(deployment({ pod: podSpec({ containers }) }))),
    });
    expect([exit, verdicts.length, errors.length]).toEqual([65, 1, 2]);
    expect(stderr).toContain('-: line 2: container "web" names no image.');
    expect(stderr).toContain('container "b" names the image "Not An Image", which is not a valid reference.');
  });

  test("an image that cannot be read is an error, and its containers are judged without it", async () => {
    const pod = (image: string) => podSpec({ containers: [container({ image })] });
    const text = yaml(
      deployment({ name: "a", pod: pod("127.0.0.1:1/app:1.0.0") }),
      deployment({ name: "b", pod: pod("127.0.0.1:1/app:1.0.0") }),
    );
    const { exit, stdout, stderr } = await douane(["check", "-f", "-", "--format", "json"], {
      stdin: stream(text),
    });
    const { verdicts, errors } = JSON.parse(stdout);
    expect([exit, verdicts.length]).toEqual([69, 2]);
    expect(errors).toMatchObject([{ image: "127.0.0.1:1/app:1.0.0" }]);
    expect(stderr).toContain("The image is named by -:2 (Deployment/a) and 1 more.");
  });

  test("a manifest never leads to a local file, folder or engine", async () => {
    const cwd = folderOf({});
    writeLayout(smallImage({ User: "0" }), join(cwd, "image"));
    const images = [
      join(cwd, "image"),
      "./image",
      `oci:${join(cwd, "image")}`,
      "docker-archive:/etc/passwd",
      "docker://a",
    ];
    const containers = images.map((image, index) => container({ name: `c${index}`, image }));
    const { exit, stdout } = await douane(["check", "-", "--format", "json"], {
      cwd,
      stdin: stream(yaml(deployment({ pod: podSpec({ containers }) }))),
    });
    expect(exit).toBe(65);
    expect(JSON.parse(stdout).errors).toHaveLength(images.length);
    expect(stdout).not.toContain("imageId");
  });

  test("many errors are said in short on stderr, and all in the report", async () => {
    const { stderr, errors } = await json(["-"], { stdin: stream(`---\napiVersion: [\n`.repeat(50)) });
    expect(errors).toHaveLength(50);
    expect(stderr.trim().split("\n")).toHaveLength(21);
    expect(stderr).toContain("Warning: and 30 more errors, in the report.");
  });

  test("many images that cannot be read are said in short, too, unless nothing else says them", async () => {
    const containers = Array.from({ length: 9 }, (_, at) =>
      container({ name: `c${at}`, image: `127.0.0.1:1/a${at}:1.0.0` }),
    );
    const manifests = yaml(deployment({ pod: podSpec({ containers }) }));
    const short = await douane(["check", "-"], { stdin: stream(manifests) });
    expect(short.exit).toBe(69);
    expect(short.stdout).toContain("Sources that could not be read");
    expect(short.stderr.match(/^Error: /gm)).toHaveLength(5);
    expect(short.stderr).toContain("Warning: and 4 more images that could not be read, in the report.");
    const quiet = await douane(["check", "-", "--quiet"], { stdin: stream(manifests) });
    expect(quiet.stderr.match(/^Error: /gm)).toHaveLength(9);
  });

  test("a platform that is none is said once, not for every image", async () => {
    const { exit, stderr } = await douane(["check", "-", "--platform", "vax"], { stdin: stream(WEB) });
    expect([exit, stderr.trim().split("\n").length]).toEqual([64, 1]);
  });
});

describe("a mistake in one document hides no other", () => {
  const alias = Array.from(
    { length: 30 },
    (_, level) => `a${level}: &a${level} [${`*a${level - 1},`.repeat(level === 0 ? 0 : 9)}]`,
  );
  const env = Array.from({ length: 110_000 }, (_, index) => ({ name: `N${index}`, value: "x".repeat(60) }));
  test.each([
    ["a bomb of aliases", `apiVersion: v1\n${alias.join("\n")}\n`, "yamlAliasSize"],
    ["a key that stands twice", "apiVersion: v1\nkind: Pod\nkind: Job\n", "kind"],
    [
      "a tab as indentation",
      "apiVersion: v1\nkind: Pod\nspec:\n\tcontainers: []\n",
      "tab characters must not be used in indentation",
    ],
    ["nesting without an end", `apiVersion: v1\na: ${"[".repeat(10_000)}\n`, "yamlDepth"],
    ["an unfinished bracket", "apiVersion: [\n", "is not closed"],
  ])("%s", async (_, text, says) => {
    const { exit, verdicts, stderr } = await json(["-"], { stdin: stream(`${WEB}---\n${text}${WEB}`) });
    expect([exit, names(verdicts)]).toEqual([65, ["Deployment/web", "Deployment/web"]]);
    expect(stderr).toContain(says);
  });

  test.each([
    ["a byte order mark", `\ufeff${WEB}`],
    ["line ends of Windows", WEB.replaceAll("\n", "\r\n")],
    ["10 MB", yaml(deployment({ name: "web", pod: podSpec({ containers: [container({ env })] }) }))],
  ])("%s is none", async (_, text) => {
    const { exit, verdicts, errors } = await json(["-"], { stdin: stream(text) });
    expect([exit === 65, names(verdicts), errors]).toEqual([false, ["Deployment/web"], []]);
  });

  test.each([
    ["NUL", Buffer.from(WEB.replace("name: web", "name: w\0b")), "null byte"],
    ["UTF-16", Buffer.from(`\ufeff${WEB}`, "utf16le"), "UTF-8"],
  ])("%s in one file leaves the other", async (_, bytes, says) => {
    const cwd = folderOf({ "a.yaml": bytes, "b.yaml": WEB });
    const { exit, verdicts, stderr } = await json(["."], { cwd });
    expect([exit, names(verdicts)]).toEqual([65, ["Deployment/web"]]);
    expect(stderr).toContain("a.yaml: ");
    expect(stderr).toContain(says);
  });
});

test("Istio's placeholder for its proxy is not asked for at a registry", async () => {
  const gateway = {
    ...podSpec({ containers: [container({ name: "istio-proxy", image: "auto" })] }),
  };
  const template = { metadata: { annotations: { "inject.istio.io/templates": "gateway" } }, spec: gateway };
  const object = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "gw" }, spec: { template } };
  const cwd = folderOf({ "gw.yaml": yaml(object) });
  const { exit, stderr } = await douane(["check", "."], { cwd });
  expect(stderr).not.toContain("library/auto");
  expect(exit).not.toBe(69);
});

describe("a repository of 300 workloads", () => {
  const cwd = folderOf(Object.fromEntries(gitopsRepository()));

  async function told(...argv: readonly string[]): Promise<string> {
    return (await douane(["check", ".", "--no-images", ...argv], { cwd })).stdout;
  }

  test.each([
    ["fr", "80"],
    ["fr", "120"],
    ["en", "80"],
    ["en", "120"],
  ])("is told on two screens, in %s on %s columns", async (lang, width) => {
    const lines = (await told("--lang", lang, "--width", width)).split("\n");
    expect(lines.length).toBeLessThanOrEqual(120);
    expect(lines).toContain("        → douane fix .");
    expect(lines.filter((line) => line.length > Number(width))).toEqual([]);
  });

  test("can be filtered, sorted, grouped and cut", async () => {
    const grouped = await told("--group-by", "environment", "--only", "refused", "--sort", "name");
    expect(grouped).toMatch(/\nboutique-prod · \d+ applications: \d+ refused\n/);
    expect(grouped).not.toContain("? unproven");
    expect((await told("--limit", "5")).match(/^✗ refused/gm)).toHaveLength(5);
    expect((await told("--limit", "0")).match(/^[✗?✓] /gm)).toHaveLength(300);
  });

  test("tells of each with -v", async () => {
    expect((await told("-v")).split("\n").length).toBeGreaterThan(3_000);
  });

  test.each([
    ["--only", "refusd", '--only "refusd": unknown value. Did you mean refused?'],
    ["--sort", "size", '--sort "size": unknown value.'],
    ["--group-by", "teams", "Did you mean team?"],
    ["--limit", "many", '--limit "many": write a number of lines, 0 for all.'],
  ])("%s %s is refused", async (option, value, says) => {
    const { exit, stderr } = await douane(["check", ".", option, value], { cwd });
    expect([exit, stderr]).toEqual([64, expect.stringContaining(says)]);
  });
});

test.each([
  ["compose.yaml", "a Compose file is no Kubernetes manifest"],
  ["docker-compose.prod.yml", "a Compose file is no Kubernetes manifest"],
  ["image/index.json", "Name the image's folder: douane check oci:image"],
])("%s is told as what it is", async (file, says) => {
  const cwd = folderOf({ [file]: '{"services":{}}' });
  expect((await json([file], { cwd })).stderr).toContain(says);
});
