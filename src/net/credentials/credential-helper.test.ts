import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { DEADLINE_MS } from "../../../test/fixtures/deadline.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { runCredentialHelper } from "./credential-helper.ts";
import { runHelper } from "./helper-process.ts";

const ANSWER = `printf '{"Username":"me","Secret":"secret"}'`;
const PASSWORD = { kind: "password", username: "me", password: "secret" };

/** A helper, which writes its process id to a file first. */
function helper(script: string) {
  const folder = temporaryDirectory();
  const path = join(folder, "docker-credential-test");
  writeFileSync(path, `#!/bin/sh\necho $$ >${folder}/pid\n${script}\n`);
  chmodSync(path, 0o755);
  const env = { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder };
  return { folder, path, env, pid: () => pidIn(join(folder, "pid")) };
}

/** Process id from a file, once it is written. */
async function pidIn(file: string): Promise<number> {
  for (;;) {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (text.endsWith("\n")) return Number(text);
    await sleep(20);
  }
}

/** Waits until no process has this folder in its environment: neither a helper nor what it started. */
async function gone(folder: string): Promise<void> {
  const isOfFolder = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "latin1").includes(folder);
    } catch {
      return false;
    }
  };
  while (
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .some(isOfFolder)
  )
    await sleep(20);
}

const LATE = "did not answer in 0.3 s (credentialHelperMs) and was stopped";

describe("a helper is stopped at the limit, with all its processes", () => {
  test.each([
    ["waits", "exec sleep 600"],
    ["ignores SIGTERM", `trap "" TERM; while :; do sleep 600; done`],
    ["answers and stays", `${ANSWER}; exec sleep 600`],
    ["closes its output and stays", `${ANSWER}; exec >&-; exec sleep 600`],
  ])("one that %s", { timeout: DEADLINE_MS }, async (_, script) => {
    const { env, folder } = helper(script);
    const { problem } = await runCredentialHelper("test", "registry.test", { env, timeout: 300 });
    expect(problem?.en).toBe(`the credential helper "docker-credential-test" ${LATE}`);
    expect(problem?.fr).toContain("n'a pas répondu en 0.3 s (credentialHelperMs)");
    await gone(folder);
  });

  test("one whose child ignores SIGTERM", { timeout: DEADLINE_MS }, async () => {
    const { env, folder } = helper(`(trap "" TERM; sh -c 'sleep 600; sleep 600') & wait`);
    const { problem } = await runCredentialHelper("test", "registry.test", { env, timeout: 300 });
    expect(problem?.en).toContain(LATE);
    await gone(folder);
  });

  test("one that writes without end", { timeout: DEADLINE_MS }, async () => {
    const { env, folder } = helper(`trap "" TERM; yes`);
    const { problem } = await runCredentialHelper("test", "registry.test", { env });
    expect(problem?.en).toMatch(/wrote more bytes than the limit of \d+ \(settingsBytes\) and was stopped$/);
    expect(problem?.fr).toMatch(/plus d'octets que la limite de \d+ \(settingsBytes\)/);
    await gone(folder);
  });
});

test("one that leaves a process behind, with its output, is judged by its answer", async () => {
  const { env, folder } = helper(`sh -c 'echo $$ >$FOLDER/child; exec sleep 600' & ${ANSWER}`);
  const answer = await runCredentialHelper("test", "registry.test", { env });
  expect(answer).toEqual({ credentials: PASSWORD });
  const child = await pidIn(join(folder, "child"));
  // Processes that a helper starts on purpose, such as an agent, stay.
  process.kill(child, "SIGTERM");
  await gone(folder);
});

test("one that reads nothing is judged by its answer", async () => {
  const { env } = helper(`exec <&-; ${ANSWER}`);
  expect(await runCredentialHelper("test", "registry.test", { env })).toEqual({ credentials: PASSWORD });
});

describe("an abort", () => {
  test("ends the helper", { timeout: DEADLINE_MS }, async () => {
    const { env, folder, pid } = helper(`trap "" TERM; sleep 600; sleep 600`);
    const controller = new AbortController();
    const reason = new Error("Ctrl-C");
    const run = runCredentialHelper("test", "registry.test", { env, signal: controller.signal });
    await pid();
    controller.abort(reason);
    await expect(run).rejects.toBe(reason);
    await gone(folder);
  });

  test("before it starts none", async () => {
    const { env, folder } = helper(ANSWER);
    const options = { env, signal: AbortSignal.abort(new Error("Ctrl-C")) };
    await expect(runCredentialHelper("test", "registry.test", options)).rejects.toThrow("Ctrl-C");
    expect(existsSync(join(folder, "pid"))).toBe(false);
  });
});

test.each(["SIGINT", "SIGKILL"] as const)(
  "a helper does not outlive a process that %s ends",
  { timeout: DEADLINE_MS },
  async (signal) => {
    const { env, folder, pid } = helper(`trap "" INT TERM HUP; sleep 600; sleep 600`);
    const module = pathToFileURL(join(import.meta.dirname, "credential-helper.ts")).href;
    const script = `import { runCredentialHelper } from ${JSON.stringify(module)};
      await runCredentialHelper("test", "registry.test", { env: process.env });`;
    const running = spawn(process.execPath, ["--input-type=module", "-e", script], { env, stdio: "ignore" });
    onTestFinished(() => void running.kill("SIGKILL"));
    await pid();
    running.kill(signal);
    expect(await once(running, "exit")).toEqual([null, signal]);
    await gone(folder);
  },
);

describe("without a shell", () => {
  const options = { signal: undefined, most: 1_000, shell: "/nowhere/sh" };

  test("a helper runs alone", async () => {
    const { env } = helper(ANSWER);
    const run = await runHelper("docker-credential-test", "registry.test", {
      ...options,
      env,
      timeout: DEADLINE_MS,
    });
    expect(run).toEqual({ output: '{"Username":"me","Secret":"secret"}', end: 0 });
  });

  test("it is killed at the limit", async () => {
    const { env, folder } = helper("trap '' TERM; while :; do :; done");
    const run = await runHelper("docker-credential-test", "registry.test", { ...options, env, timeout: 300 });
    expect(run).toEqual({ output: "", end: "late" });
    await gone(folder);
  });

  test("a missing one is not found", async () => {
    const env = { PATH: temporaryDirectory() };
    const run = await runHelper("docker-credential-test", "registry.test", {
      ...options,
      env,
      timeout: DEADLINE_MS,
    });
    expect(run).toEqual({ output: "", end: "ENOENT" });
  });
});
