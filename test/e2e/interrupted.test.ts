import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { portalFixedImage } from "../../examples/portal-fixed/image.ts";
import { type Started, start, until } from "../fixtures/bundled.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { temporaryDirectory } from "../fixtures/temporary-directory.ts";

const ONE = `---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: registry.example/web:1.0.0}
`;
/** Several seconds of work to read, to judge and to fix. */
const MANY = ONE.repeat(20_000);

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

interface SelfSignal {
  readonly signal: NodeJS.Signals;
  readonly to?: "parent";
  /** Processor time after which the signal is sent. */
  readonly seconds?: number;
  /** File that is written before the signal is sent. */
  readonly written?: string;
}

/** Variables that make a program signal itself in the middle of its work, however busy the machine is. */
function signalling(asked: SelfSignal): Readonly<Record<string, string>> {
  const preload = join(import.meta.dirname, "..", "fixtures", "self-signal.cjs");
  return { NODE_OPTIONS: `--require=${preload}`, DOUANE_TEST_SIGNAL: JSON.stringify(asked) };
}

describe("work that keeps the processor busy", () => {
  test.each(SIGNALS)("check ends by %s, and leaves no report", async (signal) => {
    const cwd = folderOf({ "web.yaml": MANY });
    const argv = ["check", "web.yaml", "--no-images", "--format", "json=report.json"];
    const run = start(argv, cwd, { env: signalling({ signal, seconds: 1 }) });
    expect(await run.ended).toEqual([null, signal]);
    expect(run.said()).toBe("");
    expect(readdirSync(cwd)).toEqual(["web.yaml"]);
  });

  test.each(SIGNALS)("fix --write ends by %s, and has written nothing", async (signal) => {
    const cwd = folderOf({ "web.yaml": MANY });
    const run = start(["fix", "--write", "web.yaml"], cwd, { env: signalling({ signal, seconds: 1 }) });
    expect(await run.ended).toEqual([null, signal]);
    expect(readdirSync(cwd)).toEqual(["web.yaml"]);
    expect(readFileSync(join(cwd, "web.yaml"), "utf8") === MANY).toBe(true);
  });
});

describe("fix --write of many files", () => {
  const names = Array.from({ length: 30 }, (_, index) => `${index}.yaml`);
  const texts = Object.fromEntries(names.map((name) => [name, ONE]));

  test.each(SIGNALS)("has said which are written when %s ends it at a large one", async (signal) => {
    const cwd = folderOf({ ...texts, "z.yaml": MANY });
    const written = join(cwd, "9.yaml");
    const run = start(["fix", "--write", "."], cwd, { env: signalling({ signal, written }) });
    // Ended by the handler, if the last line was read before the handler was removed.
    const [code, endedBy] = await run.ended;
    expect([signal, 130, 143]).toContain(endedBy ?? code);
    expect(writtenBy(run)).toEqual(changedIn(cwd));
    expect(readFileSync(join(cwd, "z.yaml"), "utf8") === MANY).toBe(true);
  });

  test.each([1, 2, 5, 9])("has said which are written when SIGINT comes after %i of them", async (count) => {
    const cwd = folderOf(texts);
    const run = start(["fix", "--write", "."], cwd);
    await until(run, () => writtenBy(run).length >= count);
    run.child.kill("SIGINT");
    const [code, signal] = await run.ended;
    // Ended by the handler while a file is being written, by the system between two files, or finished before
    // the signal.
    expect([130, "SIGINT", 0]).toContain(signal ?? code);
    expect(writtenBy(run)).toEqual(changedIn(cwd));
    expect(readdirSync(cwd)).toHaveLength(names.length);
  });

  function changedIn(cwd: string): readonly string[] {
    return names.filter((name) => readFileSync(join(cwd, name), "utf8") !== ONE).toSorted();
  }
});

/** PID 1 of a container: the system lets signals pass that it has no handler for. */
const INIT = ["unshare", "--map-root-user", "--pid", "--fork", "--kill-child", process.execPath] as const;

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("as PID 1 it ends by %s with %i, too", async (signal, exit) => {
  const asked = Promise.withResolvers<void>();
  const registry = createServer(() => asked.resolve()).listen(0, "127.0.0.1");
  onTestFinished(() => void registry.close());
  await once(registry, "listening");
  const { port } = registry.address() as AddressInfo;
  const run = start(["check", `127.0.0.1:${port}/app:1.0.0`], temporaryDirectory(), { command: INIT });
  await asked.promise;
  process.kill(childOf(run.child.pid), signal);
  expect(await run.ended).toEqual([exit, null]);
  expect(run.said()).toBe("");
});

test("as PID 1 it ends by SIGTERM while work keeps the processor busy", async () => {
  const cwd = folderOf({ "web.yaml": MANY });
  const env = signalling({ signal: "SIGTERM", seconds: 1, to: "parent" });
  const run = start(["check", "web.yaml", "--no-images"], cwd, { command: INIT, env });
  expect(await run.ended).toEqual([143, null]);
  expect(run.said()).toBe("");
});

/** A process's only child, 0 while it has none. */
function childOf(pid = 0): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ")[0]);
}

test("a trial ends by SIGINT with 130, and what it unpacked is gone", async () => {
  const [image, folder] = [temporaryDirectory(), temporaryDirectory()];
  writeLayout(portalFixedImage(), image, { ref: "1.4.2" });
  const run = start(["trial", `oci:${image}`, "--no-cache"], folder, { env: { TMPDIR: folder } });
  await until(run, () => readdirSync(folder, { recursive: true }).length > 5);
  run.child.kill("SIGINT");
  expect(await run.ended).toEqual([130, null]);
  expect(readdirSync(folder)).toEqual([]);
});

test("manifests that are read for a trial are cut off by SIGINT, too", async () => {
  const cwd = folderOf({ "web.yaml": MANY });
  const argv = ["check", "web.yaml", "--trial", "--format", "json=report.json"];
  const run = start(argv, cwd, { env: signalling({ signal: "SIGINT", seconds: 1 }) });
  expect(await run.ended).toEqual([130, null]);
  expect(readdirSync(cwd)).toEqual(["web.yaml"]);
});

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Names of the files that the program said it wrote. */
function writtenBy({ said }: Started): readonly string[] {
  return [...said().matchAll(/^(\S+): written$/gm)].map(([, name = ""]) => name).toSorted();
}
