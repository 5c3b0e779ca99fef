import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { douane, type Ended } from "../../../test/fixtures/douane.ts";
import {
  type ForgeState,
  fakeGitHub,
  fakeGitLab,
  forgeState,
  gitlabEnv,
  SHA,
  TOKEN,
} from "../../../test/fixtures/fake-forge.ts";
import { type Answer, startServer } from "../../../test/fixtures/fake-registry.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";

const MARKER = "<!-- douane: douane -->";

interface Run {
  readonly report?: string;
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

async function comment(answer: Answer, kind: "gitlab" | "github", run: Run = {}): Promise<Ended> {
  const { report = "# Refused\n", argv = [], env = {} } = run;
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "douane.md"), report);
  const { host } = await startServer(answer);
  const event = join(cwd, "event.json");
  writeFileSync(event, JSON.stringify({ pull_request: { number: 7, head: { sha: SHA } } }));
  const github = {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: `http://${host}`,
    GITHUB_REPOSITORY: "team/portal",
    GITHUB_EVENT_PATH: event,
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_RUN_ID: "5",
    GITHUB_TOKEN: TOKEN,
  };
  const own = kind === "gitlab" ? gitlabEnv(host) : github;
  const ended = await douane(["comment", "douane.md", ...argv], { cwd, env: { ...own, ...env } });
  expect(ended.stdout + ended.stderr).not.toContain(TOKEN);
  return ended;
}

function others(count: number): ForgeState["comments"] {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    body: index === 0 ? `${MARKER}\nI am not it` : `comment ${index}`,
    author: "somebody",
  }));
}

describe.each([
  ["gitlab", fakeGitLab],
  ["github", fakeGitHub],
] as const)("on %s", (kind, fake) => {
  test("a report becomes a comment", async () => {
    const state = forgeState();
    const { exit, stderr } = await comment(fake(state), kind);
    expect([exit, state.strange]).toEqual([0, []]);
    expect(state.comments.map(({ body }) => body)).toEqual([`${MARKER}\n# Refused\n`]);
    expect(stderr).toMatch(/^douane: comment written on Git/);
  });

  test("the next one takes its place, on whatever page it is; nobody else's is touched", async () => {
    const state = forgeState([...others(120), { id: 500, body: `${MARKER}\nold`, author: "douane-bot" }]);
    const { exit, stderr } = await comment(fake(state), kind, { report: "# Admitted\n" });
    expect([exit, state.strange, state.comments.length]).toEqual([0, [], 121]);
    expect(state.comments.at(-1)?.body).toBe(`${MARKER}\n# Admitted\n`);
    expect(state.comments[0]?.body).toBe(`${MARKER}\nI am not it`);
    expect(stderr).toContain("comment updated");
    expect((await comment(fake(state), kind, { report: "# Admitted\n" })).stderr).toContain("unchanged");
    expect(state.comments).toHaveLength(121);
  });

  test("each job has its own", async () => {
    const state = forgeState();
    for (const name of ["image", "manifests", "image"])
      await comment(fake(state), kind, { argv: ["--name", name], report: `# ${name}\n` });
    expect(state.comments.map(({ body }) => body)).toEqual([
      "<!-- douane: image -->\n# image\n",
      "<!-- douane: manifests -->\n# manifests\n",
    ]);
  });

  test.each([
    [0, "success", "nothing stops the pipeline"],
    [1, kind === "gitlab" ? "failed" : "failure", "refused by the contract"],
    [3, kind === "gitlab" ? "failed" : "failure", "refused; something else could not be read"],
    [70, kind === "gitlab" ? "failed" : "failure", "douane failed (code 70)"],
  ])("the exit code %i becomes a status of the commit", async (exit, status, description) => {
    const state = forgeState();
    const ended = await comment(fake(state), kind, { argv: ["--exit", String(exit)] });
    expect([ended.exit, state.strange]).toEqual([0, []]);
    const [found] = state.statuses;
    expect([found?.sha, found?.body["state"], found?.body["description"]]).toEqual([
      SHA,
      status,
      description,
    ]);
    expect(found?.body["target_url"]).toMatch(/^https:\/\/git(?:lab|hub)\.example\//);
  });

  test("a token that may not is said, and never shown; what it may is done", async () => {
    const state = forgeState();
    const env = kind === "gitlab" ? { DOUANE_GITLAB_TOKEN: "other" } : { GITHUB_TOKEN: "other" };
    const { exit, stderr } = await comment(fake(state), kind, { env, argv: ["--exit", "0"] });
    expect([exit, state.comments, stderr.match(/refuses the token \(401\)/g)?.length]).toEqual([69, [], 2]);
  });

  test("without a token it says so, and does not fail", async () => {
    const state = forgeState();
    const env = kind === "gitlab" ? { DOUANE_GITLAB_TOKEN: "" } : { GITHUB_TOKEN: "" };
    const { exit, stderr } = await comment(fake(state), kind, { env });
    expect([exit, state.comments]).toEqual([0, []]);
    expect(stderr).toContain("no comment: a token is missing");
    expect((await comment(fake(state), kind, { env, argv: ["--quiet"] })).stderr).toBe("");
  });

  test("a redirect is not followed: the token stays with its host", async () => {
    const asked: string[] = [];
    const elsewhere = await startServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("{}");
    });
    const { exit } = await comment((_, response) => {
      response.writeHead(302, { location: `http://${elsewhere.host}/` }).end();
    }, kind);
    expect([exit, asked]).toEqual([69, []]);
  });

  test.each([
    ["a page", "<html>"],
    ["another document", '{"login":1}'],
  ])("%s in the API's place is an error", async (_, body) => {
    const { exit } = await comment((_request, response) => void response.end(body), kind);
    expect([65, 69]).toContain(exit);
  });

  test("a server that fails is asked again, except to add something", async () => {
    const state = forgeState();
    let failures = 1;
    let added = 0;
    const real = fake(state);
    const { exit } = await comment((request, response) => {
      if (request.method === "POST") added += 1;
      if (request.method === "POST" || failures-- > 0) return response.writeHead(503).end() && true;
      return real(request, response);
    }, kind);
    expect([exit, added]).toEqual([69, 1]);
  });
});

describe("where there is no merge request", () => {
  test("a status is written all the same", async () => {
    const state = forgeState();
    const env = { CI_MERGE_REQUEST_IID: "" };
    const { exit, stderr } = await comment(fakeGitLab(state), "gitlab", { env, argv: ["--exit", "0"] });
    expect([exit, state.comments, state.statuses.length]).toEqual([0, [], 1]);
    expect(stderr).toContain("no comment: this pipeline is not that of a merge request");
  });

  test.each([
    ["none", ""],
    ["one that is not there", "/nowhere.json"],
    ["a folder", "/"],
  ])("on GitHub an event that is %s is none", async (_, path) => {
    const state = forgeState();
    const env = { GITHUB_EVENT_PATH: path, GITHUB_SHA: SHA };
    const { exit, stderr } = await comment(fakeGitHub(state), "github", { env, argv: ["--exit", "1"] });
    expect([exit, state.comments, state.statuses[0]?.sha]).toEqual([0, [], SHA]);
    expect(stderr).toContain("not that of a merge request");
  });

  test("outside a pipeline it says so", async () => {
    const env = { GITLAB_CI: "" };
    const { exit, stderr } = await comment(fakeGitLab(forgeState()), "gitlab", { env });
    expect([exit, stderr]).toEqual([0, expect.stringContaining("neither a pipeline of GitLab nor")]);
  });
});

test("a token of one's own on GitHub is asked who it is", async () => {
  const state = forgeState([{ id: 1, body: `${MARKER}\nold`, author: "douane-bot" }]);
  await comment(fakeGitHub(state, "octo-bot"), "github", { report: "new" });
  expect(state.comments.map(({ body }) => body)).toEqual([`${MARKER}\nnew`]);
});

test("GitLab's own notes are no comments of ours", async () => {
  const state = forgeState([{ id: 1, body: MARKER, author: "douane-bot", system: true }]);
  await comment(fakeGitLab(state), "gitlab");
  expect(state.comments).toHaveLength(2);
});

test("of a merged result, the status is that of the branch's commit", async () => {
  const state = forgeState();
  const env = { CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: "b".repeat(40) };
  await comment(fakeGitLab(state), "gitlab", { env, argv: ["--exit", "0"] });
  expect(state.statuses.map(({ sha }) => sha)).toEqual(["b".repeat(40)]);
});

test("more than commentPages pages of comments end the search", async () => {
  let pages = 0;
  const endless: Answer = (request, response) => {
    const isUser = request.url?.endsWith("/user") === true;
    if (!isUser) pages += 1;
    response.setHeader("x-next-page", "2");
    response.end(isUser ? '{"id":1}' : "[]");
    return true;
  };
  const { exit, stderr } = await comment(endless, "gitlab");
  expect([exit, pages]).toEqual([69, 100]);
  expect(stderr).toContain("limit commentPages");
});

describe("mistakes", () => {
  const state = forgeState();
  test.each([
    ["plain HTTP elsewhere", { CI_API_V4_URL: "http://gitlab.example/api/v4" }, [], "--insecure-registry"],
    ["no address", { CI_API_V4_URL: "gitlab" }, [], "is not the address of an API"],
    ["an exit code that is none", {}, ["--exit", "red"], 'exit "red"'],
    ["two files", {}, ["other.md"], "Too many arguments"],
  ])("%s", async (_, env, argv, says) => {
    const { exit, stderr } = await comment(fakeGitLab(state), "gitlab", { env, argv });
    expect([exit, stderr]).toEqual([64, expect.stringContaining(says)]);
  });

  test("a report that is not there", async () => {
    const cwd = temporaryDirectory();
    mkdirSync(join(cwd, "douane.md"));
    expect((await douane(["comment", "douane.md"], { cwd })).exit).toBe(64);
    expect((await douane(["comment"], { cwd })).exit).toBe(64);
  });
});
