import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { douane } from "../../test/fixtures/douane.ts";
import { ofWidth } from "./command-line/width.ts";
import { COMMANDS } from "./commands.ts";
import { type Context, Interruption } from "./process/context.ts";

const ENGLISH = /Usage|Commands|Global|Options:|Arguments:|(?<![\w-])(default|choices|show|display)\b/;

describe("help", () => {
  test("names every command", async () => {
    const { exit, stdout, stderr } = await douane(["--help"]);
    expect([exit, stderr]).toEqual([0, ""]);
    for (const { name, summary } of COMMANDS) expect(stdout).toContain(`${name.padEnd(16)}${summary.en}`);
  });

  test.each([[[]], [["check"]], [["explain"]], [["schema"]], [["doctor"]]])(
    "of %j is wholly French, with examples",
    async (argv) => {
      const { exit, stdout } = await douane([...argv, "--help"], { env: { LANG: "fr_FR.UTF-8" } });
      expect(exit).toBe(0);
      expect(stdout).toContain("Utilisation : douane");
      expect(stdout).toContain("Exemples :");
      expect(stdout).not.toMatch(ENGLISH);
    },
  );

  test("`help check`, `check -h` and `check --help` are one", async () => {
    const [one, two, three] = await Promise.all(
      [
        ["help", "check"],
        ["check", "-h"],
        ["check", "--help"],
      ].map((argv) => douane(argv)),
    );
    expect(one?.stdout).toContain("Usage: douane check [FOLDER|FILE|IMAGE…] [options]");
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  test("fits the terminal", async () => {
    const stdout = {
      isTTY: true,
      columns: 60,
      write: async (text: string) => void lines.push(...text.split("\n")),
    };
    const lines: string[] = [];
    await douane(["explain", "--help"], { stdout });
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test("goes to stderr when no command is named: that is a usage error", async () => {
    const { exit, stdout, stderr } = await douane([]);
    expect([exit, stdout]).toEqual([64, ""]);
    expect(stderr).toContain("Usage: douane <command> [options]");
  });
});

describe("a wrong command line ends with 64 and says what is wrong", () => {
  test.each([
    [["chek"], 'Unknown command: "chek". Did you mean check?'],
    [["frobnicate"], 'Unknown command: "frobnicate". `douane --help`'],
    [["check", "--formt", "json"], 'Unknown option: "--formt". Did you mean --format?'],
    [["--qiet", "check"], 'Unknown option: "--qiet". Did you mean --quiet?'],
    [["check", "--platform"], 'Option "--platform <OS/ARCH>" needs a value.'],
    [["doctor", "one", "two"], 'Too many arguments: "one, two".'],
    [["check", "--lang", "de"], '--lang "de": douane speaks fr and en.'],
    [["check", "--fail-on", "never", "x"], "the possible values are refused and unproven"],
    [["check", "--width", "wide", "x"], '--width "wide": write a number of columns, 40 to 400.'],
    [["check", "--width", "12", "x"], '--width "12": write a number of columns, 40 to 400.'],
    [["check"], "Nothing to judge."],
    [["check", "--\u001b[31m"], String.raw`Unknown option: "--\u001b[31m".`],
  ])("%j", async (argv, says) => {
    const { exit, stdout, stderr } = await douane(argv);
    expect([exit, stdout]).toEqual([64, ""]);
    expect(stderr).toContain(`Error: ${says}`.replace("Error: the", "the"));
  });

  test("in French, too", async () => {
    const { stderr } = await douane(["chek", "--lang", "fr"]);
    expect(stderr).toBe('Erreur : Commande inconnue : "chek". Peut-être check ?\n');
  });
});

test("common options stand before or after the command", async () => {
  const before = await douane(["--lang", "fr", "explain"]);
  expect(before.stdout).toContain("Exigences fortes");
  expect(await douane(["explain", "--lang", "fr"])).toEqual(before);
});

describe("width", () => {
  const widest = (text: string): number => Math.max(...text.split("\n").map((line) => line.length));
  const file = (columns: number) => ({ isTTY: false, columns, write: async () => {} });

  test.each([
    ["COLUMNS", ["explain", "1.1"], { env: { COLUMNS: "44" } }, 44],
    ["--width, which wins", ["explain", "1.1", "--width", "60"], { env: { COLUMNS: "44" } }, 60],
    ["a COLUMNS that is none", ["explain", "1.1"], { env: { COLUMNS: "0" } }, 80],
  ])("%s is heeded", async (_, argv, changes, columns) => {
    const { stdout } = await douane(argv, changes);
    expect(widest(stdout)).toBeLessThanOrEqual(columns);
    expect(widest(stdout)).toBeGreaterThan(columns - 8);
  });

  test.each(["fr", "en"])("an error in a terminal ends its lines between words, in %s", async (lang) => {
    let said = "";
    const stderr = { isTTY: true, columns: 50, write: async (text: string) => void (said += text) };
    await douane(["check", "--lang", lang], { stderr });
    expect(widest(stripVTControlCharacters(said))).toBeLessThanOrEqual(50);
    const { stderr: log } = await douane(["check", "--lang", lang]);
    expect(stripVTControlCharacters(said).replaceAll("\n", " ")).toBe(log.replaceAll("\n", " "));
    expect(log.trimEnd()).not.toContain("\n");
  });

  test("of streams is kept where none is asked", () => {
    expect(ofWidth({ stdout: file(70) } as unknown as Context, undefined).stdout.columns).toBe(70);
  });
});

describe("a defect of ours", () => {
  const broken = {
    isTTY: false,
    write: async () => {
      throw new TypeError("boom \u001b[31m");
    },
  };

  test("ends with 70, says so and shows no stack", async () => {
    const { exit, stderr } = await douane(["explain"], { stdout: broken });
    expect(exit).toBe(70);
    expect(stderr).toContain(String.raw`Something unexpected happened (TypeError: boom \u{1b}[31m).`);
    expect(stderr).not.toContain("run.test.ts");
  });

  test.each([
    [["explain", "--debug"], {}],
    [["explain"], { DOUANE_DEBUG: "1" }],
  ])("shows its stack to %j with %j", async (argv, env) => {
    const { stderr } = await douane(argv, { stdout: broken, env });
    expect(stderr).toContain("run.test.ts");
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("is not what %s is: it ends with %i, silently", async (name, expected) => {
    const controller = new AbortController();
    const stdout = {
      isTTY: false,
      write: async () => {
        controller.abort(new Interruption(name));
        throw controller.signal.reason;
      },
    };
    const { exit, stderr } = await douane(["explain"], { stdout, signal: controller.signal });
    expect([exit, stderr]).toEqual([expected, ""]);
  });
});
