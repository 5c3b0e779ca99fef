import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { deployment, manyDeployments, pod, podSpec, yaml } from "../../test/fixtures/manifests.ts";
import { LIMITS } from "../contract/limits.ts";
import { declaringFile } from "../contract/object-location.ts";
import { unreadable } from "../files/unreadable.ts";
import { Exclusions } from "./left-out/left-out.ts";
import { type ReadResult, readWorkloads } from "./read-workloads.ts";
import type { ReadOptions } from "./reading.ts";

const root = mkdtempSync(join(tmpdir(), "workloads-"));
let cwd = root;
let count = 0;

beforeEach(() => {
  count += 1;
  cwd = join(root, String(count));
  mkdirSync(cwd);
});

afterAll(() => rmSync(root, { recursive: true }));

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }
}

async function read(
  inputs: readonly string[],
  stdin: readonly (string | Uint8Array)[] = [],
  more: Pick<ReadOptions, "exclusions"> = {},
): Promise<ReadResult> {
  return readWorkloads(inputs, {
    ...more,
    cwd,
    stdin: (async function* () {
      for (const chunk of stdin) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    })(),
  });
}

/** Results, one line each. */
function summary({ workloads, problems, skipped }: ReadResult): readonly string[] {
  return [
    ...workloads.map(({ facts }) => `${declaringFile(facts.at)}: ${facts.name}`),
    ...problems.map(({ file, message }) => `${file}! ${message.en}`),
    ...skipped.map(({ file, message }) => `${file}? ${message.en}`),
  ];
}

const NAMED = (name: string) => yaml(deployment({ name }));

describe("folders", () => {
  test("every manifest below is read, in the order of names; node_modules and .git are not", async () => {
    write({
      "k/b/z.yml": NAMED("z"),
      "k/a.yaml": NAMED("a"),
      "k/b/c.json": JSON.stringify(pod({ name: "c" })),
      "k/node_modules/x/d.yaml": NAMED("d"),
      "k/.git/e.yaml": NAMED("e"),
      "k/f.txt": NAMED("f"),
    });
    expect(summary(await read(["k"]))).toEqual(["k/a.yaml: a", "k/b/c.json: c", "k/b/z.yml: z"]);
  });

  test("what is no Kubernetes is passed over in silence, broken or not", async () => {
    write({
      "a.yaml": NAMED("a"),
      "compose.yaml": "services: {web: {image: x}}\n",
      "package.json": '{"name": "x", "version": "\\u0031"}',
      "broken.yaml": "a: [\n",
      ".gitlab-ci.yml": "job: !reference [.a, script]\n",
      "latin1.yml": Buffer.from("nom: \xe9t\xe9\n", "latin1"),
      "values.yaml": "image: {tag: '{{ x }}'}\n",
    });
    expect(summary(await read(["."]))).toEqual(["a.yaml: a"]);
  });

  test("what should be Kubernetes and cannot be read is a problem that hides nothing", async () => {
    write({
      "a.yaml": NAMED("a"),
      "b.yaml": "apiVersion: v1\nkind: Pod\nspec: [\n",
      "c.yaml": Buffer.from("apiVersion: v1 # \xe9\n", "latin1"),
      "d.yaml": Buffer.from(`\ufeff${NAMED("d")}`, "utf16le"),
      "e.yaml": NAMED("e"),
    });
    symlinkSync("nowhere.yaml", join(cwd, "f.yaml"));
    symlinkSync("g.yaml", join(cwd, "g.yaml"));
    expect(summary(await read(["."]))).toEqual([
      "a.yaml: a",
      "e.yaml: e",
      "b.yaml! line 4: not valid YAML: a bracket, brace or quote is not closed",
      "c.yaml! the file is not encoded in UTF-8; save it as UTF-8",
      "d.yaml! the file is not encoded in UTF-8; save it as UTF-8",
      "f.yaml! no such file or folder",
      "g.yaml! this symbolic link goes round in circles",
    ]);
  });

  test("what the system refuses is said in the user's words", () => {
    const refused = Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
    expect(unreadable(refused).fr).toBe("lecture refusée : vérifier les droits d'accès");
    expect(unreadable(Object.assign(new Error("x"), { code: "EIO" })).en).toBe('cannot be read ("EIO")');
  });

  test("links to folders are followed once, loops or not", async () => {
    write({ "k/a/a.yaml": NAMED("a"), "other/b.yaml": NAMED("b"), ".git": "" });
    symlinkSync("..", join(cwd, "k/a/up"));
    symlinkSync("../other", join(cwd, "k/c"));
    symlinkSync("../other", join(cwd, "k/d"));
    expect(summary(await read(["k"]))).toEqual(["k/a/a.yaml: a", "k/c/b.yaml: b"]);
  });

  test("packages of npm are named by their folder, unless they are ignored", async () => {
    write({
      "k/a.yaml": NAMED("a"),
      "k/b/node_modules/x/b.yaml": NAMED("b"),
      "k/c/node_modules/d.yaml": NAMED("d"),
    });
    write({ "k/.git/HEAD": "", "k/.gitignore": "c/node_modules\n", "k/.git/x.yaml": NAMED("x") });
    const exclusions = new Exclusions({ exclude: [], douaneignore: true, gitignore: true }, cwd);
    expect(summary(await read(["k"], [], { exclusions }))).toEqual(["k/a.yaml: a"]);
    expect(exclusions.files).toEqual([{ by: "packages", count: 1, files: ["k/b/node_modules"] }]);
  });

  test("without a repository, links to files out of the folder are problems, those to folders left out", async () => {
    write({ "k/a.yaml": NAMED("a"), "other/b.yaml": NAMED("b") });
    symlinkSync("../other", join(cwd, "k/c"));
    symlinkSync("../other/b.yaml", join(cwd, "k/d.yaml"));
    symlinkSync("/dev/zero", join(cwd, "k/zero.yaml"));
    symlinkSync("a.yaml", join(cwd, "k/inside.yaml"));
    const exclusions = new Exclusions({ exclude: [], douaneignore: true, gitignore: true }, cwd);
    const outside =
      "the path leads out of the folder that is judged, perhaps by a symbolic link: it is not followed. Put the file itself there";
    expect(summary(await read(["k"], [], { exclusions }))).toEqual([
      "k/a.yaml: a",
      "k/inside.yaml: a",
      `k/d.yaml! ${outside}`,
      `k/zero.yaml! ${outside}`,
    ]);
    expect(exclusions.files).toEqual([{ by: "outside", count: 1, files: ["k/c"] }]);
  });

  test("nothing at all is a problem", async () => {
    write({ "a.yaml": "a: 1\n", "config.yaml": "apiVersion: v1\nkind: ConfigMap\n" });
    expect(summary(await read(["."]))).toEqual([
      ".! no Kubernetes workload here (Deployment, CronJob, Pod…). Pass rendered manifests, or pipe them: helm template CHART | douane check -f -",
    ]);
  });
});

test("a pointer of Git LFS is named: what it stands for is not here", async () => {
  write({
    "lfs/web.yaml": `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 120\n`,
  });
  const { problems } = await read(["lfs"]);
  expect(problems).toMatchObject([
    { file: "lfs/web.yaml", message: { en: expect.stringContaining("pointer of Git LFS") as string } },
  ]);
});

describe("files that are named", () => {
  test("one without a workload is a problem, beside others", async () => {
    write({ "a.yaml": NAMED("a"), "b.yaml": "services: {}\n", "c.yaml": "apiVersion: [" });
    expect(summary(await read(["b.yaml", "a.yaml", "c.yaml", "no.yaml"]))).toEqual([
      "a.yaml: a",
      "b.yaml! no Kubernetes workload here (Deployment, CronJob, Pod…). Pass rendered manifests, or pipe them: helm template CHART | douane check -f -",
      expect.stringContaining("c.yaml! line 1: not valid YAML") as string,
      "no.yaml! no such file or folder",
    ]);
  });

  test("one that is named twice is read once", async () => {
    write({ "k/a.yaml": NAMED("a") });
    expect(summary(await read(["k/a.yaml", "k", "./k/a.yaml"]))).toEqual(["k/a.yaml: a"]);
  });

  test("any suffix will do, and any number of documents", async () => {
    write({ rendered: yaml(...manyDeployments(3)) });
    expect(summary(await read(["rendered"]))).toHaveLength(3);
  });

  test("an endless one is bounded", async () => {
    expect(summary(await read(["/dev/zero"]))).toEqual([
      "/dev/zero! this is not a regular file but a FIFO, a device or a socket: it is not read",
    ]);
  });
});

describe("standard input", () => {
  test("is read as one file, also when a character is cut in two", async () => {
    const bytes = Buffer.from(yaml(deployment({ annotations: { a: "é" } })));
    const cut = bytes.indexOf(0xc3) + 1;
    const result = await read(["-"], [bytes.subarray(0, cut), bytes.subarray(cut)]);
    expect(result.workloads).toMatchObject([{ facts: { at: { file: "-" }, annotations: { a: "é" } } }]);
  });

  test("empty, it is a problem", async () => {
    expect(summary(await read(["-"]))).toEqual([
      "-! no Kubernetes workload here (Deployment, CronJob, Pod…). Pass rendered manifests, or pipe them: helm template CHART | douane check -f -",
    ]);
  });

  test("it is bounded", async () => {
    const chunk = Buffer.alloc(LIMITS.manifestFileBytes / 2 + 1, "#");
    expect(summary(await read(["-"], [chunk, chunk]))[0]).toContain("manifestFileBytes");
  });
});

describe("charts, overlays and templates", () => {
  const template = "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\n";

  test("a chart is named once, what lies beside its templates is read", async () => {
    write({
      "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
      "chart/values.yaml": "image: x\n",
      "chart/templates/a.yaml": template,
      "chart/templates/b.yaml": NAMED("b"),
      "chart/charts/sub/Chart.yaml": "apiVersion: v2\n",
      "chart/rendered/c.yaml": NAMED("c"),
    });
    expect(summary(await read(["."]))).toEqual([
      "chart/rendered/c.yaml: c",
      "chart? Helm chart: templates are not judged before they are rendered. Run: helm template chart | douane check -f -",
    ]);
  });

  test("so it is when its templates are named", async () => {
    write({
      "my chart/Chart.yaml": "apiVersion: v2\n",
      "my chart/templates/a.yaml": template,
      "my chart/templates/b.yaml": template,
    });
    expect(summary(await read(["my chart/templates/a.yaml", "my chart/templates"]))).toEqual([
      "my chart? Helm chart: templates are not judged before they are rendered. Run: helm template 'my chart' | douane check -f -",
    ]);
  });

  test("an overlay is named, its patches are not taken for workloads", async () => {
    write({
      "k/overlays/prod/kustomization.yaml": "resources: [../other]\n",
      "k/overlays/prod/patches/web.yaml": NAMED("patch"),
      "k/base/kustomization.yml": "resources: [web.yaml]\n",
      "k/base/web.yaml": NAMED("web"),
      "k/other/a.yaml": NAMED("a"),
    });
    expect(summary(await read(["k"]))).toEqual([
      "k/other/a.yaml: a",
      expect.stringMatching(/^k\/base\? .*kubectl kustomize k\/base \| douane check -f -$/) as string,
      expect.stringMatching(/^k\/overlays\/prod\? /) as string,
    ]);
  });

  test("what an overlay takes is built with it: the overlays alone are named", async () => {
    write({
      "k/base/kustomization.yaml": "resources: [web.yaml]\n",
      "k/components/tls/kustomization.yaml": "kind: Component\n",
      "k/overlays/dev/kustomization.yaml": "bases: [../../base]\n",
      "k/overlays/prod/kustomization.yaml":
        "resources: [../../base/]\ncomponents: [../../components/tls]\nhelmCharts: [{name: redis}]\n",
    });
    expect(summary(await read(["k"]))).toEqual([
      expect.stringMatching(/^k\/overlays\/dev\? .*Run: kubectl kustomize k\/overlays\/dev \|/) as string,
      expect.stringMatching(
        /^k\/overlays\/prod\? .*Run: kubectl kustomize --enable-helm k\/overlays\/prod \|/,
      ) as string,
    ]);
  });

  test("a component that nothing takes cannot be built: that is said", async () => {
    write({ "tls/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" });
    expect(summary(await read(["."]))).toEqual([expect.stringContaining("is not built by itself") as string]);
  });

  test("overlays that take each other are all named", async () => {
    write({ "a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n" });
    expect(summary(await read(["."]))).toHaveLength(2);
  });

  test("an object of Flux in a file of that name is no overlay", async () => {
    write({
      "k/kustomization.yaml":
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {path: ./apps}\n",
      "k/web.yaml": NAMED("web"),
    });
    expect(summary(await read(["k"]))).toEqual(["k/web.yaml: web"]);
  });

  test.each([
    [
      "its charts, where they are elsewhere",
      "dependencies: [{name: redis}]\n",
      [],
      "helm dependency build c && helm template c |",
    ],
    [
      "nothing where they lie in it",
      "dependencies: [{name: redis}]\n",
      ["charts/redis/Chart.yaml"],
      "Run: helm template c |",
    ],
    ["its values for production", "", ["values.prod.yaml"], "helm template c --values c/values.prod.yaml |"],
    ["nothing more for other values", "", ["values.dev.yaml"], "Run: helm template c |"],
  ])("the command for a chart asks for %s", async (_, chart, files, command) => {
    write({ "c/Chart.yaml": `apiVersion: v2\n${chart}` });
    for (const file of files) write({ [`c/${file}`]: "a: 1\n" });
    expect(summary(await read(["c"]))).toEqual([expect.stringContaining(command) as string]);
  });

  test("a folder's name runs nothing in a shell", async () => {
    write({ "$(x)'`y`/Chart.yaml": "apiVersion: v2\n" });
    expect(summary(await read(["."]))[0]).toContain("helm template '$(x)'\\''`y`' | douane");
  });

  test("a library is rendered by no one", async () => {
    write({
      "lib/Chart.yaml": "type: library\n",
      "lib/templates/_a.yaml": "{{ a }}\n",
      "a.yaml": NAMED("a"),
    });
    expect(summary(await read(["."]))).toEqual(["a.yaml: a"]);
  });

  test("a repository of kontinuous is one line, whatever lies in it, and however it is named", async () => {
    const files = Array.from({ length: 40 }, (_, index) => [
      `app/.kontinuous/env/dev/templates/${index}.yaml`,
      index % 2 === 0 ? template : NAMED("plain"),
    ]);
    write({
      ...(Object.fromEntries(files) as Readonly<Record<string, string>>),
      "app/.kontinuous/Chart.yaml": "dependencies: []\n",
      "app/.kontinuous/values.yaml": "a: 1\n",
      "app/deploy/web.yaml": NAMED("web"),
    });
    const [built] = ["(cd app && npx kontinuous build --env prod -o) | douane check -f -"];
    const line = expect.stringMatching(/^app\/\.kontinuous\S*\? kontinuous: /) as string;
    const said = summary(await read(["."]));
    expect(said).toEqual(["app/deploy/web.yaml: web", line]);
    expect(said[1]).toContain(built);
    for (const input of [
      "app/.kontinuous",
      "app/.kontinuous/env/dev",
      "app/.kontinuous/env/dev/templates/0.yaml",
    ]) {
      expect(summary(await read([input]))).toEqual([line]);
    }
    expect(summary(await read(["app/.kontinuous/values.yaml"]))).toEqual([line]);
    cwd = join(cwd, "app");
    expect(summary(await read(["."]))[1]).toContain("Run: npx kontinuous build --env prod -o | douane");
  });

  test.each([
    [
      "helmfile.yaml",
      {},
      "Helmfile: what it makes is not judged before it is built. Run: (cd d && helmfile template) |",
    ],
    ["cdk8s.yaml", {}, "(cd d && cdk8s synth --stdout) |"],
    ["kosko.toml", {}, "(cd d && kosko generate) |"],
    ["kcl.mod", {}, "(cd d && kcl run) |"],
    ["timoni.cue", {}, "(cd d && timoni build NAME .) |"],
    [
      "web.jsonnet",
      {},
      "Jsonnet: what it makes is not judged before it is built. Run: (cd d && jsonnet -y FILE) |",
    ],
  ])("what a tool makes is named by its command: %s", async (file, more, command) => {
    write({ [`d/${file}`]: "a: 1\n", ...more });
    expect(summary(await read(["d"]))).toEqual([expect.stringContaining(command) as string]);
  });

  test.each<[string, string, string]>([
    ["Kptfile", "pipeline: { mutators: [{ image: a }] }", "(cd d && kpt fn render -o unwrap) |"],
    ["fleet.yaml", "yaml: { overlays: [prod] }", "Fleet: what it changes in these manifests is not judged"],
    ["fleet.yaml", "targetCustomizations: [{ name: prod }]", "Fleet: what it changes"],
    ["fleet.yaml", "helm: { chart: x }", "Fleet: what it changes"],
    ["skaffold.yaml", "manifests: { transform: [{ name: a }] }", "(cd d && skaffold render) |"],
    ["skaffold.yaml", "manifests: { hooks: { after: [{ host: {} }] } }", "(cd d && skaffold render) |"],
  ])("what a tool changes is named beside what is judged: %s, %s", async (file, settings, command) => {
    write({ [`d/${file}`]: `${settings}\n`, "d/web.yaml": NAMED("web") });
    const told = summary(await read(["d"]));
    expect(told).toContain("d/web.yaml: web");
    expect(told).toContainEqual(expect.stringContaining(command) as string);
  });

  test.each<[string, string]>([
    ["Kptfile", "pipeline: { validators: [{ image: a }] }"],
    ["Kptfile", "info: { description: a }"],
    ["fleet.yaml", "defaultNamespace: shop"],
    ["fleet.yaml", "yaml: { overlays: [] }"],
    ["skaffold.yaml", "manifests: { rawYaml: [web.yaml] }"],
  ])("a tool that changes nothing is silent: %s, %s", async (file, settings) => {
    write({ [`d/${file}`]: `${settings}\n`, "d/web.yaml": NAMED("web") });
    expect(summary(await read(["d"]))).toEqual(["d/web.yaml: web"]);
  });

  test("a library of Jsonnet makes nothing, nor does a file whose output lies beside it", async () => {
    write({ "a/k.libsonnet": "{}", "a/web.yaml": NAMED("web") });
    write({ "b/web.jsonnet": "{}", "b/manifests/web.yaml": NAMED("other") });
    expect(summary(await read(["a", "b"]))).toEqual(["a/web.yaml: web", "b/manifests/web.yaml: other"]);
  });

  test.each<[string, string, boolean]>([
    [
      "an overlay",
      '#@ load("@ytt:overlay", "overlay")\n#@overlay/match by=overlay.all\n---\nspec: {}\n',
      true,
    ],
    ["a value", "image: #@ data.values.image\n", true],
    ["values", "#@data/values\n---\na: b\n", true],
    ["a comment", "# @param image the image\n#! ytt's own\nemail: a#@b\n#@formatter:off\n", false],
  ])("%s of ytt is named, other comments are not", async (_name, text, isNamed) => {
    write({ "d/o.yaml": text, "d/web.yaml": NAMED("web") });
    const told = summary(await read(["d"]));
    expect(told).toContain("d/web.yaml: web");
    expect(told).toHaveLength(isNamed ? 2 : 1);
  });

  test("a tool whose output lies there is not asked for", async () => {
    write({ "cdk8s.yaml": "a: 1\n", "dist/web.k8s.yaml": NAMED("web") });
    expect(summary(await read(["."]))).toEqual(["dist/web.k8s.yaml: web"]);
  });

  test.each([
    ["kustomization.yaml", "k? Kustomize"],
    ["Chart.yaml", "k? Helm chart"],
    ["helmfile.yaml", "k? Helmfile"],
  ])("a tool's own file stands for its folder when it is named: %s", async (file, said) => {
    write({ [`k/${file}`]: "apiVersion: v1\nresources: []\n" });
    expect(summary(await read([`k/${file}`]))).toEqual([expect.stringContaining(said) as string]);
  });

  test("many of one kind are one line", async () => {
    for (let index = 0; index < 73; index++) {
      write({ [`k/env/${index}/a.yaml`]: template, [`charts/c${index}/Chart.yaml`]: "apiVersion: v2\n" });
    }
    const told = summary(await read(["."]));
    expect(told).toEqual([
      expect.stringContaining(
        "charts? 73 Helm charts (charts/c0, charts/c1, charts/c10…): templates are not",
      ) as string,
      expect.stringContaining("k/env? 73 unrendered templates (k/env/0/a.yaml, k/env/1/a.yaml, ") as string,
    ]);
  });

  test("so are many objects of one file", async () => {
    const task = {
      apiVersion: "tekton.dev/v1",
      kind: "Task",
      metadata: { name: "t" },
      spec: { steps: [{ image: "a:1" }] },
    };
    write({ "tasks.yaml": yaml(...Array.from({ length: 9 }, () => task)) });
    expect(summary(await read(["tasks.yaml"]))).toEqual([
      expect.stringContaining("tasks.yaml? 9 objects whose pods are not judged (tasks.yaml): ") as string,
    ]);
  });

  test("a template outside of charts is named once per file, in French, too", async () => {
    write({ "j2/a.yaml": `${template}---\n${template}`, "a.yaml": NAMED("a") });
    const result = await read(["."]);
    expect(result.skipped).toMatchObject([{ file: "j2/a.yaml", line: 3 }]);
    expect(result.skipped[0]?.message.fr).toContain("gabarit non rendu");
    expect(result.problems).toEqual([]);
  });

  test.each([
    ["a brace on the line before", "kind: Pod\nmetadata:\n  {{- if .Values.a }}\n  name: a\n"],
    ["a comment over several lines", "kind: Pod\n{{/* a\nit's\nb: c\nd: e\n*/}}\n"],
    [
      "a call over several lines",
      "kind: Pod\nmetadata:\n  name: {{ include (dict\n    1\n    2\n    3\n  ) }}\n",
    ],
    ["a key", "kind: Pod\nmetadata:\n  {{ .Values.key }}: a\n"],
    ["Jinja", "kind: Pod\n{% if a %}\nmetadata: {}\n{% endif %}\n"],
    ["ERB", "kind: Pod\n<% if x %>\nspec: <%= a %>\n<% end %>\n"],
  ])("a template is known by %s", async (_, text) => {
    write({ "a.yaml": `apiVersion: v1\n${text}` });
    expect(await read(["a.yaml"])).toMatchObject({ problems: [], skipped: [{ reason: "template" }] });
  });

  test.each([
    ["duplicate keys", `a: 1\na: 2 # \${x}\n`, 'the key "a" is set twice'],
    ["a number that JSON has not", `a: .nan # \${x}\n`, "JSON has no such number"],
    ["nesting", `a: ${"[".repeat(200)} # \${x}\n`, "limit yamlDepth"],
    ["a mistake elsewhere", `b: [\n# \${x}\n#\n#\n`, "is not closed"],
  ])("what is wrong all the same is no template: %s", async (_, text, problem) => {
    write({ "a.yaml": `apiVersion: v1\nkind: Pod\n${text}` });
    expect(await read(["a.yaml"])).toMatchObject({
      problems: [{ message: { en: expect.stringContaining(problem) as string } }],
      skipped: [],
    });
  });

  test("a placeholder for one image hides no other container", async () => {
    const containers = (...images: readonly string[]) =>
      yaml(pod({ pod: podSpec({ containers: images.map((image) => ({ name: "a", image })) }) }));
    write({ "a.yaml": containers("a:1.2.3", "b:${TAG}"), "b.yaml": containers("a:${TAG}", "b:${TAG}") });
    const { workloads, skipped } = await read(["."]);
    expect([workloads, skipped]).toMatchObject([
      [{ facts: { at: { file: "a.yaml" } } }],
      [{ file: "b.yaml" }],
    ]);
  });
});

describe("deployment repositories", () => {
  test("folders of environments give their names", async () => {
    write({
      "deployment-targets/prod/web.yaml": NAMED("a"),
      "deployment-targets/preprod/sub/web.yaml": NAMED("b"),
      "apps/aides-dev/all.yaml": NAMED("c"),
      "resources/d.yaml": NAMED("d"),
    });
    const { workloads } = await read(["."]);
    expect(workloads.map(({ facts }) => [facts.name, facts.environment])).toEqual([
      ["c", "aides-dev"],
      ["b", "preprod"],
      ["a", "prod"],
      ["d", undefined],
    ]);
  });

  test("an environment is known also from within", async () => {
    write({ "deployment-targets/prod/web.yaml": NAMED("a") });
    cwd = join(cwd, "deployment-targets/prod");
    const { workloads } = await read(["web.yaml"]);
    expect(workloads).toMatchObject([{ facts: { at: { file: "web.yaml" }, environment: "prod" } }]);
  });

  test("a claim that a volume of the manifests serves from a node says so, whatever leads there", async () => {
    const object = (kind: string, name: string, spec: object) =>
      yaml({
        apiVersion: "v1",
        kind,
        metadata: { name, ...(kind === "PersistentVolume" ? {} : { namespace: "aides" }) },
        spec,
      });
    const claim = (name: string, spec: object = {}) =>
      object("PersistentVolumeClaim", name, { accessModes: ["ReadWriteOnce"], ...spec });
    const volume = (name: string, spec: object) => object("PersistentVolume", name, spec);
    const NODE = { hostPath: { path: "/" } };
    const claimRef = { namespace: "aides", name: "data" };
    const cases: readonly (readonly [string, string, string | undefined])[] = [
      ["kept", claim("data") + volume("pv", { ...NODE, claimRef }), "pv (hostPath)"],
      ["asked", claim("data", { volumeName: "pv" }) + volume("pv", NODE), "pv (hostPath)"],
      [
        "class",
        claim("data", { storageClassName: "x" }) +
          volume("pv", { local: { path: "/d" }, storageClassName: "x" }),
        "pv (local)",
      ],
      [
        "other-class",
        claim("data", { storageClassName: "y" }) + volume("pv", { ...NODE, storageClassName: "x" }),
        undefined,
      ],
      [
        "other-claim",
        claim("data") + volume("pv", { ...NODE, claimRef: { namespace: "aides", name: "else" } }),
        undefined,
      ],
      [
        "other-space",
        claim("data") + volume("pv", { ...NODE, claimRef: { namespace: "else", name: "data" } }),
        undefined,
      ],
      ["remote", claim("data") + volume("pv", { nfs: { server: "n", path: "/" }, claimRef }), undefined],
      ["no-claim", volume("pv", { ...NODE, claimRef }), "pv (hostPath)"],
    ];
    const volumes = [{ name: "d", persistentVolumeClaim: { claimName: "data" } }];
    for (const [name, objects, onNode] of cases) {
      write({ [`${name}/a.yaml`]: `${yaml(deployment({ name, pod: podSpec({ volumes }) }))}${objects}` });
      const { workloads } = await read([name]);
      expect([name, workloads[0]?.facts.claims[0]?.onNode]).toEqual([name, onNode]);
    }
  });

  test("claims are joined within their folder and namespace", async () => {
    const claim = (namespace: string, mode: string) =>
      yaml({
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name: "files", namespace },
        spec: { accessModes: [mode] },
      });
    const volumes = [{ name: "files", persistentVolumeClaim: { claimName: "files" } }];
    const web = (namespace: string) => yaml(deployment({ namespace, pod: podSpec({ volumes }) }));
    write({
      "a/web.yaml": web("one") + web("two") + web("three"),
      "a/claim.yaml": claim("one", "ReadWriteOnce") + claim("two", "ReadWriteMany"),
      "b/web.yaml": web("one"),
    });
    const { workloads } = await read(["."]);
    expect(workloads.map(({ facts }) => facts.claims[0]?.accessModes?.[0])).toEqual([
      "ReadWriteOnce",
      "ReadWriteMany",
      undefined,
      undefined,
    ]);
  });
});

test.each([
  [499, 0],
  [1_200, 1],
])("of %i workloads the caller is told %i times that they are many", async (workloads, times) => {
  write({ "a.yaml": NAMED("first"), "b.yaml": yaml(...manyDeployments(workloads - 1)) });
  let told = 0;
  const onMany = () => {
    told += 1;
  };
  await readWorkloads(["a.yaml", "b.yaml"], { cwd, stdin: (async function* () {})(), onMany });
  expect(told).toBe(times);
});
