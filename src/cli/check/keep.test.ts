import {
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import type { Lang } from "../../contract/text.ts";
import type { Kept, KeptEvent, KeptFile } from "../../trial/plan/kept.ts";
import { keepIn } from "./keep.ts";

const FACTS = trialFacts();
const NAME = "Deployment_web_web";

async function kept(
  folder: string,
  name = "Deployment/web web",
  what: readonly KeptEvent[] = [],
  lang: Lang = "en",
): Promise<string> {
  const phase = { phase: "read-only", root: "read-only" } as const;
  const all = what.map((one): Kept => ({ ...phase, ...one }));
  await keepIn("kept", folder, lang)(name, FACTS, all);
  return join(folder, "kept");
}

function file(path: string, text: string, cut = 0): KeptFile {
  return { kind: "file", path, bytes: 5, content: { text, cut } };
}

/** Every file below a folder with its content. */
function contents(folder: string): Readonly<Record<string, string>> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = all
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((path) => [relative(folder, path), readFileSync(path, "utf8")]));
}

test("each trial has a new folder", async () => {
  const cwd = temporaryDirectory();
  const folder = await kept(cwd);
  await kept(cwd);
  await kept(cwd, "../../..");
  expect(readdirSync(folder).toSorted()).toEqual([NAME, `${NAME}-2`, "trial"]);
  expect(JSON.parse(readFileSync(join(folder, NAME, "trial.json"), "utf8"))).toEqual(FACTS);
  expect(readdirSync(join(folder, `${NAME}-2`))).toEqual(readdirSync(join(folder, NAME)));
});

describe("links that somebody planted", () => {
  test("in the place of a trial's folder lead nowhere", async () => {
    const [cwd, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    mkdirSync(join(cwd, "kept"));
    symlinkSync(elsewhere, join(cwd, "kept", NAME));
    await kept(cwd);
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(readdirSync(join(cwd, "kept", `${NAME}-2`))).toContain("trial.json");
  });

  test("in the place of its files lead nowhere", async () => {
    const [cwd, target] = [temporaryDirectory(), join(temporaryDirectory(), "precious")];
    writeFileSync(target, "precious");
    mkdirSync(join(cwd, "kept", NAME), { recursive: true });
    for (const file of ["trial.json", "changes.txt"]) symlinkSync(target, join(cwd, "kept", NAME, file));
    if (process.getuid?.() === 0)
      for (const path of ["kept", `kept/${NAME}`]) chownSync(join(cwd, path), 1, 1);
    await kept(cwd);
    expect(readFileSync(target, "utf8")).toBe("precious");
    expect(lstatSync(join(cwd, "kept", `${NAME}-2`, "trial.json")).isFile()).toBe(true);
  });

  test("in the place of the folder itself are refused", async () => {
    const [cwd, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    symlinkSync(elsewhere, join(cwd, "kept"));
    await expect(kept(cwd)).rejects.toMatchObject({
      code: "keep-unwritable",
      message: expect.stringContaining("A symbolic link is not followed."),
    });
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});

test("output is kept by phase and stream, with what is missing in its middle", async () => {
  const output = { kind: "output", stream: "stdout", start: "one\n", cut: 1_234, end: "two\n" } as const;
  const other = { ...output, stream: "stderr", cut: 0, end: "" } as const;
  for (const [lang, said] of [
    ["en", "[douane: 1234 bytes are not kept here]"],
    ["fr", "[douane : 1234 octets ne sont pas gardés ici]"],
  ] as const) {
    const folder = await kept(temporaryDirectory(), "web", [output, other], lang);
    expect(contents(join(folder, "web"))).toMatchObject({
      "read-only.stdout.log": `one\n${said}\ntwo\n`,
      "read-only.stderr.log": "one\n",
      "files.txt": "phase\tbytes\tkept\tfile\tpath\n",
    });
  }
});

describe("files that a container wrote", () => {
  test("are kept by their path, and listed with what became of them", async () => {
    const folder = await kept(temporaryDirectory(), "web", [
      file("/tmp/app/one.txt", "text\n"),
      file("/tmp/app/long.log", "first\n", 7),
      { kind: "file", path: "/tmp/state.db", bytes: 9, content: "binary" },
    ]);
    const { "trial.json": _, "changes.txt": __, ...others } = contents(join(folder, "web"));
    expect(others).toEqual({
      "files/read-only/tmp/app/one.txt": "text\n",
      "files/read-only/tmp/app/long.log": "first\n[douane: 7 bytes are not kept here]\n",
      "files.txt": [
        "phase\tbytes\tkept\tfile\tpath",
        'read-only\t5\twhole\tfiles/read-only/tmp/app/one.txt\t"/tmp/app/one.txt"',
        'read-only\t5\tbeginning\tfiles/read-only/tmp/app/long.log\t"/tmp/app/long.log"',
        'read-only\t9\tbinary\t-\t"/tmp/state.db"',
        "",
      ].join("\n"),
    });
  });

  test("are nobody else's to read, whatever the umask", async () => {
    const before = process.umask(0);
    try {
      const folder = await kept(temporaryDirectory(), "web", [file("/tmp/x", "")]);
      const mode = (path: string): number => statSync(join(folder, path)).mode & 0o7777;
      expect(["web", "web/files", "web/files/read-only/tmp"].map(mode)).toEqual([0o700, 0o700, 0o700]);
      expect(["web/files/read-only/tmp/x", "web/trial.json"].map(mode)).toEqual([0o600, 0o600]);
    } finally {
      process.umask(before);
    }
  });

  test("stay below their folder, whatever they are called", async () => {
    const cwd = temporaryDirectory();
    const paths = ["/../../../x", "/..", "/./y", "//", "/tmp/\n\x1b[2J\udcff", "/.git/config", "/-rf/%2F"];
    await kept(
      cwd,
      "web",
      paths.map((path) => file(path, path.toWellFormed())),
    );
    const names = Object.keys(contents(join(cwd, "kept", "web", "files", "read-only")));
    expect(names.toSorted()).toEqual(
      [
        "%2E./%2E./%2E./x",
        "%2E.~2",
        "%2E/y",
        "_",
        "tmp/%0A%1B%5B2J%FF",
        "%2Egit/config",
        "%2Drf/%252F",
      ].toSorted(),
    );
    expect(readdirSync(cwd)).toEqual(["kept"]);
  });
});
