import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fakeGitHub, fakeGitLab, forgeState, gitlabEnv, SHA, TOKEN } from "../fixtures/fake-forge.ts";
import { type Answer, serveImage, startServer } from "../fixtures/fake-registry.ts";
import { ROOT } from "../fixtures/imports.ts";
import { container, deployment, podSpec, yaml } from "../fixtures/manifests.ts";
import {
  actionSteps,
  declaredInputs,
  douaneOnPath,
  gitlabJob,
  runLines,
  type Variables,
} from "../fixtures/pipelines.ts";
import { smallImage } from "../fixtures/small-image.ts";
import { temporaryDirectory } from "../fixtures/temporary-directory.ts";
import { trialImage } from "../fixtures/trial-images.ts";

// The lines that templates/douane, action.yml and .pre-commit-hooks.yaml have their systems run, with
// registries and APIs on this machine: GitLab and GitHub themselves cannot run here.

const STRICT = "failOn: unproven\n";
const LAX = "failOn: refused\n";
const ACCOUNT = { user: "gitlab-ci-token", password: "job-token-0123456789" };

/** A clone whose branch has a laxer policy than the target branch. */
function repository(folder: string, image: string): string {
  const [origin, clone] = [join(folder, "origin"), join(folder, "clone")];
  const git = (cwd: string, ...argv: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...argv], {
      cwd,
      stdio: "pipe",
    });
  mkdirSync(join(origin, "deploy"), { recursive: true });
  git(origin, "init", "--quiet", "--initial-branch=main");
  const pod = podSpec({ containers: [container({ image })] });
  writeFileSync(join(origin, "deploy/web.yaml"), yaml(deployment({ name: "web", pod })));
  writeFileSync(join(origin, "policy.yaml"), STRICT);
  git(origin, "add", ".");
  git(origin, "commit", "--quiet", "-m", "first");
  git(folder, "clone", "--quiet", origin, clone);
  git(clone, "checkout", "--quiet", "-b", "change");
  writeFileSync(join(clone, "policy.yaml"), LAX);
  writeFileSync(join(clone, "douane.md"), "# Admitted, says the branch\n");
  git(clone, "add", ".");
  git(clone, "commit", "--quiet", "-m", "laxer");
  return clone;
}

/** A registry that only the account of the job may read. */
function withAccount(): Answer {
  const expected = `Basic ${Buffer.from(`${ACCOUNT.user}:${ACCOUNT.password}`).toString("base64")}`;
  return (request, response) => {
    if (request.headers.authorization === expected) return false;
    response.writeHead(401, { "www-authenticate": 'Basic realm="registry"' }).end();
    return true;
  };
}

interface Desk {
  readonly clone: string;
  readonly image: string;
  readonly env: Variables;
}

async function desk(config: Readonly<Record<string, unknown>>): Promise<Desk> {
  const folder = temporaryDirectory();
  const registry = await serveImage(smallImage(config), withAccount());
  const image = `${registry.host}/team/portal:1.4.2`;
  return {
    clone: repository(folder, image),
    image,
    env: {
      PATH: `${douaneOnPath(folder)}:${process.env["PATH"] ?? ""}`,
      HOME: folder,
      CI_REGISTRY: registry.host,
      CI_REGISTRY_USER: ACCOUNT.user,
      CI_REGISTRY_PASSWORD: ACCOUNT.password,
    },
  };
}

async function gitlab(
  name: string,
  { clone, env }: Desk,
  inputs: Variables,
  more: Variables & { readonly shell?: string } = {},
) {
  const state = forgeState();
  const { host } = await startServer(fakeGitLab(state));
  const { shell = "bash", ...own } = more;
  const job = gitlabJob(name, { "douane-image": "registry.example/douane:1", lang: "en", ...inputs });
  const ci = { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main", CI_DEFAULT_BRANCH: "main", ...gitlabEnv(host) };
  const ended = await runLines(job.lines, {
    cwd: clone,
    shell,
    env: { ...env, ...ci, ...job.variables, ...own },
  });
  expect(ended.said).not.toContain(TOKEN);
  expect(ended.said).not.toContain(ACCOUNT.password);
  expect(state.strange).toEqual([]);
  return { ...ended, state };
}

describe("the GitLab component", () => {
  test.each(["bash", "sh"])(
    "an image that is not refused: green, with a comment and a status (%s)",
    async (shell) => {
      const at = await desk({});
      const { exit, said, state } = await gitlab("douane-image", at, { image: at.image }, { shell });
      expect([exit, state.comments.length]).toEqual([0, 1]);
      expect(said).toContain("Unproven");
      expect(state.comments[0]?.body).toMatch(/^<!-- douane: douane-image -->\n/);
      expect(state.comments[0]?.body).not.toContain("says the branch");
      expect(state.statuses).toMatchObject([{ sha: SHA, body: { state: "success", name: "douane-image" } }]);
      expect(readFileSync(join(at.clone, "douane.xml"), "utf8")).toContain('failures="0" errors="0"');
      expect(JSON.parse(readFileSync(join(at.clone, "douane.codequality.json"), "utf8"))).toBeInstanceOf(
        Array,
      );
    },
  );

  test.each(["bash", "sh"])("an image that is refused: red, and the comment says why (%s)", async (shell) => {
    const at = await desk({ User: "0" });
    const { exit, state } = await gitlab("douane-image", at, { image: at.image }, { shell });
    expect([exit, state.statuses[0]?.body["state"]]).toEqual([1, "failed"]);
    expect(state.comments[0]?.body).toContain("USER 0");
    expect(readFileSync(join(at.clone, "douane.xml"), "utf8")).not.toContain('failures="0"');
  });

  test("manifests are judged by the policy of the target branch, whatever the branch made of it", async () => {
    const at = await desk({});
    const inputs = { manifests: "deploy", policy: "policy.yaml" };
    const { exit, said, state } = await gitlab("douane-manifests", at, inputs);
    expect([exit, state.comments.length]).toEqual([2, 1]);
    expect(said).toContain('--fail-on "refused" does not count: the policy sets failOn to "unproven"');
  });

  test("a policy that the target branch does not have fails the job", async () => {
    const at = await desk({});
    const { exit, state } = await gitlab("douane-manifests", at, {
      manifests: "deploy",
      policy: "none.yaml",
    });
    expect([exit > 0, state.comments]).toEqual([true, []]);
  });

  test("without a token the reports are artefacts, and the verdict is the same", async () => {
    const at = await desk({ User: "0" });
    const { exit, said } = await gitlab("douane-image", at, { image: at.image }, { DOUANE_GITLAB_TOKEN: "" });
    expect([exit, existsSync(join(at.clone, "douane.md"))]).toEqual([1, true]);
    expect(said).toContain("GitLab does not take CI_JOB_TOKEN for comments");
  });

  test("a run that cannot begin leaves no older comment standing", async () => {
    const at = await desk({});
    const { exit, state } = await gitlab("douane-manifests", at, { manifests: "nowhere" });
    expect([exit, state.statuses[0]?.body["state"]]).toEqual([64, "failed"]);
    expect(state.comments[0]?.body).not.toContain("says the branch");
  });

  test("DOCKER_AUTH_CONFIG is an account, too", async () => {
    const at = await desk({});
    const auth = Buffer.from(`${ACCOUNT.user}:${ACCOUNT.password}`).toString("base64");
    const config = JSON.stringify({ auths: { [at.env["CI_REGISTRY"] ?? ""]: { auth } } });
    const more = { CI_REGISTRY_PASSWORD: "wrong", DOCKER_AUTH_CONFIG: config };
    expect((await gitlab("douane-image", at, { image: at.image }, more)).exit).toBe(0);
    const wrong = { CI_REGISTRY_PASSWORD: "wrong" };
    expect((await gitlab("douane-image", at, { image: at.image }, wrong)).exit).toBe(69);
  });

  test("jobs of what is not asked for never run", () => {
    const asked = { "douane-image": "a", image: "$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA" };
    expect(gitlabJob("douane-image", asked).never).toEqual(['"$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA" == ""']);
    expect(gitlabJob("douane-manifests", asked).never).toEqual(['"" == ""']);
    expect(gitlabJob("douane-trial", asked).never).toEqual([
      '"false" != "true" || "$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA" == ""',
    ]);
  });

  test.each([
    ["conforming", 0, "success"],
    ["user-is-root", 1, "failed"],
  ] as const)("the trial of an image that is %s ends in %i", async (name, code, status) => {
    const at = await desk({});
    const { exit, said, state } = await gitlab("douane-trial", at, {
      image: trialImage(name),
      trial: "true",
    });
    expect([exit, state.statuses[0]?.body["state"]]).toEqual([code, status]);
    expect(said).toMatch(/read-only root|non-root/);
    expect(state.comments[0]?.body).toMatch(/^<!-- douane: douane-trial -->\n/);
  });
});

describe("the GitHub action", () => {
  async function action(at: Desk, given: Variables) {
    const state = forgeState();
    const { host } = await startServer(fakeGitHub(state));
    const folder = temporaryDirectory();
    mkdirSync(join(folder, "douane"));
    const event = join(folder, "event.json");
    writeFileSync(event, JSON.stringify({ pull_request: { number: 7, head: { sha: SHA } } }));
    const env = {
      ...at.env,
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: `http://${host}`,
      GITHUB_REPOSITORY: "team/portal",
      GITHUB_EVENT_PATH: event,
      GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
      RUNNER_TEMP: folder,
    };
    const known = {
      "github.token": TOKEN,
      "github.action_path": ROOT,
      "github.base_ref || github.event.repository.default_branch": "main",
    };
    const exits: Record<string, number> = {};
    let said = "";
    // The first step, the set-up of this checkout, is done already; its additions to the PATH are present.
    for (const step of actionSteps({ lang: "en", ...given }, known).slice(1)) {
      const ended = await runLines(step.lines, { cwd: at.clone, env: { ...env, ...step.env } });
      exits[step.name] = ended.exit;
      said += ended.said;
    }
    expect(said).not.toContain(TOKEN);
    expect(state.strange).toEqual([]);
    const summary = join(folder, "summary.md");
    return { exits, said, state, summary: existsSync(summary) ? readFileSync(summary, "utf8") : "" };
  }

  test("green: annotations, a summary, a comment and a status", async () => {
    const at = await desk({});
    const { exits, said, state, summary } = await action(at, { image: at.image });
    expect(exits).toEqual({ "Check the image": 0 });
    expect(said).toContain("::notice title=douane::");
    expect(state.comments[0]?.body).toContain(summary.trim().slice(0, 200));
    expect(state.statuses).toMatchObject([{ sha: SHA, body: { state: "success", context: "douane-image" } }]);
  });

  test("red: image and manifests each with their own comment, by the policy of the base branch", async () => {
    const at = await desk({ User: "0" });
    const { exits, state } = await action(at, {
      image: at.image,
      manifests: "deploy",
      policy: "policy.yaml",
    });
    expect(exits).toEqual({ "Fetch the policy": 0, "Check the image": 1, "Check the manifests": 1 });
    expect(state.comments.map(({ body }) => body.split("\n")[0])).toEqual([
      "<!-- douane: douane-image -->",
      "<!-- douane: douane-manifests -->",
    ]);
    expect(state.statuses.map(({ body }) => body["state"])).toEqual(["failure", "failure"]);
  });

  test("an unproven image is stopped by the base branch's policy, not let through by the branch's own", async () => {
    const at = await desk({});
    const { exits } = await action(at, { image: at.image, policy: "policy.yaml" });
    expect(exits).toEqual({ "Fetch the policy": 0, "Check the image": 2 });
  });

  test("its set-up makes douane a command", async () => {
    const at = await desk({});
    const folder = temporaryDirectory();
    const env = { ...at.env, RUNNER_TEMP: folder, GITHUB_PATH: join(folder, "path") };
    const [setUp] = actionSteps({}, { "github.action_path": ROOT, "github.token": "" });
    const lines = setUp?.lines.map((line) => line.replace(/^node .*setup\.mjs"$/m, "")) ?? [];
    expect((await runLines(lines, { cwd: folder, env: { ...env, ...setUp?.env } })).exit).toBe(0);
    const bin = readFileSync(env.GITHUB_PATH, "utf8").trim();
    const { exit, said } = await runLines(["douane --version"], {
      cwd: folder,
      env: { ...env, PATH: `${bin}:${process.env["PATH"] ?? ""}` },
    });
    expect([exit, said]).toEqual([0, expect.stringMatching(/\d+\.\d+\.\d+/)]);
  });
});

describe("the pre-commit hook", () => {
  const Hooks = z.array(
    z.object({
      entry: z.string(),
      args: z.array(z.string()),
      files: z.string(),
      pass_filenames: z.literal(false),
    }),
  );
  const [hook] = Hooks.parse(load(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8")));

  test.each([
    ["a manifest that is refused", 1, "hostNetwork: true"],
    ["one that is not", 0, ""],
  ])("%s: exit %i", async (_, exit, field) => {
    const { clone, env } = await desk({});
    const file = join(clone, "deploy/web.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/^(\s+)automountServiceAccountToken/m, `$1${field}\n$&`));
    const line = [hook?.entry, ...(hook?.args ?? [])].join(" ");
    expect((await runLines([line], { cwd: clone, env })).exit).toBe(exit);
  });

  test.each(["deploy/web.yaml", "Dockerfile", "api/web.Containerfile", "list.json"])(
    "%s starts it",
    (name) => {
      // pre-commit's expressions are Python's.
      const files = new RegExp((hook?.files ?? "").replace("(?i:", "(?:"), "i");
      expect(files.test(name)).toBe(true);
      expect(files.test("README.md")).toBe(false);
    },
  );
});

describe.each(["pipelines.md", "pipelines.fr.md", "../../README.md", "../../LISEZMOI.md"])("%s", (name) => {
  const text = readFileSync(join(ROOT, "docs/usage", name), "utf8");
  const blocks = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, block = ""]) => load(block));
  const Included = z.object({ include: z.tuple([z.object({ inputs: z.record(z.string(), z.string()) })]) });

  test("has an example whose inputs the component takes", () => {
    const inputs = blocks
      .map((block) => Included.safeParse(block).data?.include[0].inputs)
      .filter((given) => given !== undefined);
    expect(inputs).toHaveLength(1);
    for (const job of ["douane-image", "douane-manifests", "douane-trial"])
      expect(() => gitlabJob(job, inputs[0] ?? {})).not.toThrow();
    expect(declaredInputs()).toEqual(expect.arrayContaining(Object.keys(inputs[0] ?? {})));
  });
});
