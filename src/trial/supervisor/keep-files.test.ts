import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { WriteEvent } from "../../contract/trial-events.ts";
import type { KeptFile } from "../plan/kept.ts";
import type { SupervisorMessage } from "../plan/plan.ts";
import { EventLog } from "./event-log.ts";
import { keepFiles } from "./keep-files.ts";
import type { PodContainer } from "./pod.ts";

function written(path: string, changes: Partial<WriteEvent> = {}): WriteEvent {
  return {
    kind: "write",
    area: "/data",
    path,
    type: "file",
    change: "created",
    bytes: 4,
    grew: 4,
    ...changes,
  };
}

interface Asked {
  readonly keep?: boolean;
  readonly silent?: boolean;
}

/** Files reported for a folder with these writes, after its phase has begun. */
function said(directory: string, writes: readonly WriteEvent[], { keep = true, silent = false }: Asked = {}) {
  const all: SupervisorMessage[] = [];
  const log = new EventLog(0, 3, (one) => all.push(one));
  log.begin({ name: "restart", root: "writable" }, { silent });
  all.length = 0;
  const podContainer = { log, pod: { plan: { keep } } } as PodContainer;
  keepFiles(podContainer, { directory, area: "/data" }, writes);
  return all;
}

function contents(directory: string, writes: readonly WriteEvent[]): readonly KeptFile["content"][] {
  return said(directory, writes).flatMap((one) =>
    one.kind === "kept" && one.kept.kind === "file" ? [one.kept.content] : [],
  );
}

test("a file is said with its path, and the phase in which it was written", () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, "sub"));
  writeFileSync(join(directory, "sub", "text"), "text");
  const file = { kind: "file", path: "/data/sub/text", bytes: 4, content: { text: "text", cut: 0 } };
  const writes = [written("/data/sub/text")];
  expect(said(directory, writes)).toEqual([
    { kind: "kept", container: 3, kept: { phase: "restart", root: "writable", ...file } },
  ]);
  expect(said(directory, writes, { keep: false })).toEqual([]);
  expect(said(directory, writes, { silent: true })).toEqual([]);
});

test.each<[string, string | Buffer, KeptFile["content"]]>([
  ["an empty one", "", { text: "", cut: 0 }],
  ["UTF-8", "é\x1b[0m\n", { text: "é\x1b[0m\n", cut: 0 }],
  ["Latin-1", Buffer.from("été", "latin1"), { text: "été", cut: 0 }],
  ["UTF-16", Buffer.from("text", "utf16le"), "binary"],
  ["one line without an end", "x".repeat(100_000), { text: "", cut: 100_000 }],
  ["a character that the cut goes through", `one\n${"é".repeat(40_000)}`, { text: "one\n", cut: 80_000 }],
  ["text, then something else", `one\n${"x".repeat(70_000)}\0`, { text: "one\n", cut: 70_001 }],
])("of %s, what can be masked is kept", (_, content, kept) => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "file"), content);
  expect(contents(directory, [written("/data/file", { bytes: Buffer.byteLength(content) })])).toEqual([kept]);
});

test("only files are read: no link, no pipe, nothing that is gone", () => {
  const directory = temporaryDirectory();
  symlinkSync("/etc/passwd", join(directory, "link"));
  execFileSync("mkfifo", [join(directory, "pipe")]);
  writeFileSync(join(directory, "gone"), "");
  rmSync(join(directory, "gone"));
  const others = [
    written("/data/link", { type: "symlink" }),
    written("/data/pipe", { type: "other" }),
    written("/data/gone", { change: "deleted" }),
    written("/data/sub", { type: "directory" }),
  ];
  expect(said(directory, others)).toEqual([]);
  // As if another process had created them since.
  expect(contents(directory, [written("/data/link"), written("/data/gone")])).toEqual([
    "unreadable",
    "unreadable",
  ]);
  expect(contents(directory, [written("/data/pipe")])).toEqual([{ text: "", cut: 4 }]);
});

test("only so many files are kept", () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "file"), "text");
  writeFileSync(join(directory, "state"), "\0\0\0\0");
  const many = Array.from({ length: LIMITS.trialKeptFiles + 1 }, () => written("/data/file"));
  const [state, ...kept] = contents(directory, [written("/data/state"), ...many]);
  expect([state, kept.at(-2), kept.at(-1)]).toEqual(["binary", { text: "text", cut: 0 }, "bound"]);
});
