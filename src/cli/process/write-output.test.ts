import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Context, Interruption } from "./context.ts";
import { OutputFile, writeOutput } from "./write-output.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-output-"));
afterAll(() => rmSync(folder, { recursive: true }));

const RUNNING: Pick<Context, "signal" | "catchSignals" | "cwd"> = {
  cwd: folder,
  signal: new AbortController().signal,
  catchSignals: (work) => work(),
};

test("a new file is written, an old one replaced, and no draft stays behind", async () => {
  const file = join(folder, "report.json");
  await writeOutput(file, "one", RUNNING);
  await writeOutput(file, "two", RUNNING);
  expect(readFileSync(file, "utf8")).toBe("two");
  expect(readdirSync(folder)).toEqual(["report.json"]);
});

test("through a link the file it names is replaced, not the link", async () => {
  const target = join(folder, "target.json");
  const link = join(folder, "link.json");
  writeFileSync(target, '{"schema": "douane/report/v1", "old": true}');
  symlinkSync(target, link);
  await writeOutput(link, "new", RUNNING);
  expect(readFileSync(target, "utf8")).toBe("new");
});

test("through a link a file that is not douane's is not replaced, unless its text is the one to correct", async () => {
  const target = join(folder, "values.yaml");
  const link = join(folder, "link.yaml");
  writeFileSync(target, "old");
  symlinkSync(target, link);
  await expect(writeOutput(link, "new", RUNNING)).rejects.toMatchObject({
    code: "output-link",
    text: { en: expect.stringContaining("which douane did not write") },
  });
  expect(readFileSync(target, "utf8")).toBe("old");
  await writeOutput(link, "new", RUNNING, { isOwn: (text) => text === "old" });
  expect(readFileSync(target, "utf8")).toBe("new");
});

test("a link that leads out of the folder that it came with is not written through", async () => {
  const [repository, home] = [mkdtempSync(join(folder, "repo-")), mkdtempSync(join(folder, "home-"))];
  const [link, target] = [join(repository, "douane.md"), join(home, ".bashrc")];
  writeFileSync(target, "mine");
  symlinkSync(target, link);
  await expect(writeOutput(link, "new", { ...RUNNING, cwd: repository })).rejects.toMatchObject({
    code: "output-link",
    exit: 64,
    text: { en: expect.stringContaining(`is a symbolic link to "${target}"`) },
  });
  expect(readFileSync(target, "utf8")).toBe("mine");
  await writeOutput(target, "new", { ...RUNNING, cwd: repository });
  expect(readFileSync(target, "utf8")).toBe("new");
});

test("a device is written to, not replaced", async () => {
  await writeOutput("/dev/null", "gone", RUNNING);
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
});

test.each([
  ["missing/report.json", "output-folder-missing"],
  [".", "output-unwritable"],
])("%s cannot be written, and the error names it", async (name, code) => {
  await expect(writeOutput(join(folder, name), "text", RUNNING)).rejects.toMatchObject({
    code,
    exit: 69,
    text: { en: expect.stringContaining(folder) },
  });
});

test("the replaced file keeps its mode", async () => {
  const file = join(folder, "private.json");
  writeFileSync(file, "old");
  chmodSync(file, 0o600);
  await writeOutput(file, "new", RUNNING);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("once the process is asked to stop, nothing is written and no draft stays behind", async () => {
  const own = mkdtempSync(join(folder, "stopped-"));
  const controller = new AbortController();
  const stopping = {
    cwd: folder,
    signal: controller.signal,
    catchSignals: <T>(work: () => Promise<T>) => {
      const done = work();
      controller.abort(new Interruption("SIGTERM"));
      return done;
    },
  };
  await expect(writeOutput(join(own, "report.json"), "x".repeat(1024 ** 2), stopping)).rejects.toThrow(
    "SIGTERM",
  );
  expect(readdirSync(own)).toEqual([]);
});

test("a text that is not whole has no name: however the process ends, nothing stays", async () => {
  const own = mkdtempSync(join(folder, "partial-"));
  const file = join(own, "report.json");
  const output = new OutputFile(file, RUNNING);
  const piece = "é".repeat(1024 ** 2);
  for (let count = 0; count < 3; count++) await output.write(piece);
  expect(readdirSync(own)).toEqual([]);
  await output.close();
  expect(readdirSync(own)).toEqual(["report.json"]);
  expect(readFileSync(file, "utf8") === piece.repeat(3)).toBe(true);
});
