import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";

const MODULE = join(import.meta.dirname, "catch-signals.ts");

/** A program that prints `begun`, does the work, prints its result, and keeps the thread busy. */
const PROGRAM = `
import { existsSync, writeSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { signalCatcher } from ${JSON.stringify(MODULE)};
const { signal, catchSignals } = signalCatcher();
const say = (text) => writeSync(1, text + "\\n");
const busyUntil = (file) => { while (!existsSync(file)); };
const works = {
  idle: () => new Promise((resolve, reject) => {
    setTimeout(1e6, undefined, { signal }).catch(() => reject(signal.reason));
  }),
  busy: async () => busyUntil("go"),
  stubborn: () => setTimeout(1e6),
  overlapping: async () => {
    await other;
    say("other ended");
    await works.idle();
  },
};
const other = process.argv[1] === "overlapping" && catchSignals(() => setTimeout(20));
await catchSignals(() => { say("begun"); return works[process.argv[1]](); }).then(
  () => say("done"),
  (error) => say(error.name + " " + error.exit),
);
for (;;);
`;

function begin(work: string): {
  readonly folder: string;
  readonly child: ChildProcess;
  says(text: string): Promise<void>;
} {
  const folder = temporaryDirectory();
  const argv = ["--no-warnings", "--input-type=module", "-e", PROGRAM, work];
  const child = spawn(process.execPath, argv, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (data) => (said += data));
  return {
    folder,
    child,
    async says(text) {
      while (!said.includes(`${text}\n`)) await once(child.stdout, "data");
    },
  };
}

test.each([
  ["SIGINT", "Interruption 130"],
  ["SIGTERM", "Interruption 143"],
] as const)("%s aborts the work; after it, the system ends the process", async (signal, says) => {
  const run = begin("idle");
  await run.says("begun");
  run.child.kill(signal);
  await run.says(says);
  run.child.kill(signal);
  expect(await once(run.child, "close")).toEqual([null, signal]);
});

test("a signal that came while the thread was busy is not lost at the end of the work", async () => {
  const run = begin("busy");
  await run.says("begun");
  run.child.kill("SIGTERM");
  writeFileSync(join(run.folder, "go"), "");
  await run.says("Interruption 143");
  run.child.kill("SIGKILL");
  expect(await once(run.child, "close")).toEqual([null, "SIGKILL"]);
});

test("work that goes on when other work has ended is still caught", async () => {
  const run = begin("overlapping");
  await run.says("other ended");
  run.child.kill("SIGTERM");
  await run.says("Interruption 143");
  run.child.kill("SIGKILL");
  expect(await once(run.child, "close")).toEqual([null, "SIGKILL"]);
});

test("a second signal ends work that does not heed the first", async () => {
  const run = begin("stubborn");
  await run.says("begun");
  run.child.kill("SIGTERM");
  run.child.kill("SIGINT");
  const again = setInterval(() => run.child.kill("SIGINT"), 20);
  expect(await once(run.child, "close")).toEqual([null, "SIGINT"]);
  clearInterval(again);
});
