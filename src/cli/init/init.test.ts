import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadAll } from "js-yaml";
import { describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { evidenceText } from "../../../test/fixtures/evidence-text.ts";
import { digestOf, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { deployment, yaml } from "../../../test/fixtures/manifests.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { actionInputs, declaredInputs } from "../../../test/fixtures/pipelines.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { exits, http, server, type TrialSketch, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import type { ReportDocument } from "../../verdicts/report-schema.ts";
import { loadTeamSettings } from "../settings/load.ts";

const DOCKERFILE = 'FROM node:22-alpine\nEXPOSE 3000 9229/udp\nUSER 1000\nCMD ["node", "server.js"]\n';

function folder(files: Readonly<Record<string, string>>): string {
  const path = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

async function init(cwd: string, ...argv: readonly string[]) {
  return douane(["init", ...argv], { cwd });
}

function trial(sketch: TrialSketch = {}, facts = {}): string {
  const origin = { by: "own-run", douane: "0.1.0" } as const;
  const argv = ["node", "server.js"];
  const image = imageFacts({
    config: { user: "1000", cmd: argv },
    facts: { source: "oci:build/portal", imageId: digestOf(0xb), digest: digestOf(0xc), ...facts },
  });
  const reference = { given: "oci:build/portal", transport: "oci" } as const;
  return evidenceText([
    { kind: "image", alone: true, origin, reference, image: asMasked(image) },
    { kind: "trial", origin, trial: trialFacts({ ...sketch, facts: { argv, ...sketch.facts } }) },
  ]);
}

describe("what is written", () => {
  test("without a trial: what a Dockerfile says, and no probe that nobody knows", async () => {
    const cwd = folder({ Dockerfile: DOCKERFILE, "package.json": '{"name":"@ministry/Portal_Web"}' });
    const { exit, stderr, stdout } = await init(cwd);
    expect([exit, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(
      /^Found: 1 Dockerfile\ndeploy\/portal-web\.yaml: written\ndouane\.yaml: written\nNothing says which pipeline/,
    );
    expect(stderr).toContain("douane trial -f deploy/portal-web.yaml IMAGE --output trial.json");
    const text = readFileSync(join(cwd, "deploy/portal-web.yaml"), "utf8");
    expect(text).not.toMatch(/^ *readinessProbe/m);
    expect(text).toContain("image: registry.example.fr/team/portal-web:1.0.0\n");
    expect(loadAll(text)).toMatchObject([
      {
        kind: "Deployment",
        spec: { template: { spec: { containers: [{ ports: [{ containerPort: 3000 }] }] } } },
      },
      { kind: "Service", spec: { ports: [{ port: 3000 }] } },
    ]);
  });

  test("with a trial: a manifest that nothing is found in, which its evidence admits", async () => {
    const cwd = folder({ Dockerfile: DOCKERFILE, "trial.json": trial() });
    await init(cwd, "--evidence", "trial.json", "--image", "registry.example/team/portal:2.0.1");
    const text = readFileSync(join(cwd, "deploy/portal.yaml"), "utf8");
    expect(text).toContain("readinessProbe: { httpGet: { path: /healthz, port: 8080 } }");
    expect(text).toContain(digestOf(0xc));
    const { stdout } = await douane(["check", "deploy", "--no-images", "--format", "json"], { cwd });
    const rows = (JSON.parse(stdout) as ReportDocument).verdicts.flatMap((verdict) => verdict.rows);
    expect(rows.flatMap(({ findings, notes }) => [...findings, ...notes])).toEqual([]);
    const fixed = await douane(["fix", "deploy", "--evidence", "trial.json"], { cwd });
    expect([fixed.stdout, fixed.stderr]).toEqual(["", "deploy/portal.yaml: nothing to correct.\n"]);
  });

  test("a name of an image that is none adds nothing to the manifest", async () => {
    const cwd = folder({ Dockerfile: DOCKERFILE });
    const image = "registry.example/web:1\n      hostNetwork: true #";
    await init(cwd, "--image", image);
    const [file = ""] = readdirSync(join(cwd, "deploy"));
    const text = readFileSync(join(cwd, "deploy", file), "utf8");
    const [deployment] = loadAll(text) as readonly { spec: { template: { spec: object } } }[];
    expect(deployment?.spec.template.spec).not.toHaveProperty("hostNetwork");
    expect(deployment?.spec.template.spec).toMatchObject({ containers: [{ image }] });
  });

  test("the directories that helped, a port without HTTP, the name of the image in French", async () => {
    const run = [http("/x", "random", { error: "HPE_INVALID_CONSTANT" }), ...server({ without: ["http"] })];
    const tried = { mounts: ["/data/app"], places: ["/data/app"], rounds: 1 };
    const sketch = { "read-only": exits(1), writable: run, tried: run, facts: { tried } };
    const cwd = folder({ "trial.json": trial(sketch) });
    const { stderr } = await init(cwd, "--evidence", "trial.json", "--lang", "fr");
    expect(stderr).toContain("deploy/portal.yaml : écrit");
    const text = readFileSync(join(cwd, "deploy/portal.yaml"), "utf8");
    expect(text).toContain("# À FAIRE : le nom de l'image dans son registre");
    expect(text).toContain("image: registry.example.fr/equipe/portal:1.0.0");
    expect(text).toContain("- { name: data-app, mountPath: /data/app }");
    expect(text).toContain("livenessProbe: { tcpSocket: { port: 8080 } }");
  });

  test("settings that explain themselves, and are some", async () => {
    for (const lang of ["fr", "en"]) {
      const cwd = folder({ Dockerfile: DOCKERFILE });
      await init(cwd, "--lang", lang);
      const file = join(cwd, "douane.yaml");
      expect(await loadTeamSettings(file, file)).toEqual({ failOn: "unproven" });
      const all = readFileSync(file, "utf8").replaceAll(/^# (?=team|trial| )/gm, "");
      writeFileSync(file, all.replace(/^ {2}compose.*$/m, ""));
      expect(await loadTeamSettings(file, file)).toMatchObject({ trial: { dependencies: [{ name: "db" }] } });
    }
  });
});

interface Pipeline {
  readonly include?: readonly { readonly inputs: object }[];
  readonly jobs?: { readonly douane: { readonly steps: readonly { readonly with?: object }[] } };
}

describe("the pipeline", () => {
  const GITHUB = '[remote "origin"]\n\turl = git@github.com:ministry/portal.git\n';
  test.each<[string, Readonly<Record<string, string>>, readonly string[], string | undefined]>([
    ["GitLab, asked for", {}, ["--ci", "gitlab"], ".gitlab-ci.yml"],
    [
      "GitLab, by git",
      { ".git/config": "url = https://gitlab.ministry.example/a.git" },
      [],
      ".gitlab-ci.yml",
    ],
    ["GitHub, by git", { ".git/config": GITHUB }, [], ".github/workflows/douane.yml"],
    [
      "GitHub, by its workflows",
      { ".github/workflows/test.yml": "name: test" },
      [],
      ".github/workflows/douane.yml",
    ],
    ["none, asked for", { ".git/config": GITHUB }, ["--ci", "none"], undefined],
    ["nothing shows which", {}, [], undefined],
  ])("%s", async (_, files, argv, written) => {
    const cwd = folder({ Dockerfile: DOCKERFILE, ...files });
    await init(cwd, ...argv);
    const made = [".gitlab-ci.yml", ".github/workflows/douane.yml"].filter((file) =>
      existsSync(join(cwd, file)),
    );
    expect(made).toEqual(written === undefined ? [] : [written]);
    for (const file of made) {
      const text = readFileSync(join(cwd, file), "utf8");
      expect(JSON.stringify(loadAll(text))).toMatch(
        /platform\/douane(?:\/douane)?@\d.*"manifests":"deploy\/"/,
      );
    }
  });

  test("gives the component and the action only what they take", async () => {
    const cwd = folder({ Dockerfile: DOCKERFILE });
    await init(cwd, "--ci", "gitlab");
    await init(cwd, "--ci", "github");
    const [gitlab] = loadAll(readFileSync(join(cwd, ".gitlab-ci.yml"), "utf8")) as [Pipeline];
    expect(declaredInputs()).toEqual(expect.arrayContaining(Object.keys(gitlab.include?.[0]?.inputs ?? {})));
    const [github] = loadAll(readFileSync(join(cwd, ".github/workflows/douane.yml"), "utf8")) as [Pipeline];
    const asked = Object.keys(github.jobs?.douane.steps.at(-1)?.with ?? {});
    expect(asked).toHaveLength(2);
    expect(actionInputs()).toEqual(expect.arrayContaining(asked));
  });

  test("of a chart is rendered first; no manifest is written beside one", async () => {
    const cwd = folder({
      Dockerfile: DOCKERFILE,
      "chart/Chart.yaml": "name: a\n",
      "chart/templates/a.yaml": "{{ x }}",
    });
    const { stderr } = await init(cwd, "--ci", "gitlab");
    expect(existsSync(join(cwd, "deploy"))).toBe(false);
    expect(stderr).toContain("Found: 1 Dockerfile, chart");
    expect(readFileSync(join(cwd, ".gitlab-ci.yml"), "utf8")).toMatch(
      / # helm template chart --output-dir rendered\/\n +manifests: rendered\/\n/,
    );
  });
});

describe("what stands there", () => {
  test("stays, and the lines of a pipeline are printed for whoever adds them", async () => {
    const files = {
      Dockerfile: DOCKERFILE,
      "douane.yaml": "lang: fr\n",
      ".gitlab-ci.yml": "build: { script: [make] }\n",
      "k8s/web.yaml": yaml(deployment({})),
    };
    const cwd = folder(files);
    const { stderr, stdout } = await init(cwd);
    expect(stderr).toContain(".gitlab-ci.yml: stands there, stays as it is; add these lines to it\n");
    expect(stdout).toMatch(/^# .*\ninclude:\n/);
    for (const [name, text] of Object.entries(files))
      expect(readFileSync(join(cwd, name), "utf8")).toBe(text);
    expect(readdirSync(cwd).toSorted()).toEqual([".gitlab-ci.yml", "Dockerfile", "douane.yaml", "k8s"]);
    writeFileSync(join(cwd, ".gitlab-ci.yml"), stdout);
    expect((await init(cwd)).stdout).toBe("");
  });

  test("as a link that leads elsewhere is not followed", async () => {
    const [cwd, outside] = [folder({ Dockerfile: DOCKERFILE }), temporaryDirectory()];
    symlinkSync(outside, join(cwd, "deploy"));
    expect(await init(cwd)).toMatchObject({
      exit: 69,
      stderr: expect.stringContaining("could not be written"),
    });
    symlinkSync(join(outside, "settings"), join(cwd, "douane.yaml"));
    expect(readdirSync(outside)).toEqual([]);
  });

  test("with --dry-run nothing is written, and all is shown", async () => {
    const cwd = folder({ Dockerfile: DOCKERFILE });
    const { stdout } = await init(cwd, "--dry-run", "--ci", "github");
    expect(stdout.match(/^# ==> .*$/gm)?.map((line) => line.replace(/\/[^/]*\.yaml$/, "/*.yaml"))).toEqual([
      "# ==> deploy/*.yaml",
      "# ==> douane.yaml",
      "# ==> .github/workflows/douane.yml",
    ]);
    expect(readdirSync(cwd)).toEqual(["Dockerfile"]);
  });
});

test.each([
  [["a", "b"], '"b": init takes one existing folder'],
  [["nowhere"], '"nowhere": init takes one existing folder'],
  [["--ci", "jenkins"], "the possible values are gitlab, github and none"],
])("%j is a mistake", async (argv, said) => {
  expect(await init(folder({}), ...argv)).toMatchObject({ exit: 64, stderr: expect.stringContaining(said) });
});

test("where nothing says how the application is built, no manifest is made up; --quiet says nothing", async () => {
  const cwd = folder({});
  expect(await init(cwd, "--quiet")).toEqual({ exit: 0, stdout: "", stderr: "" });
  expect(readdirSync(cwd)).toEqual(["douane.yaml"]);
});
