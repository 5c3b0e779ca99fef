import { describe, expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { shellFormImage, startScript } from "../../test/fixtures/start-script.ts";
import { placeOfWord, runsAlways } from "./command-place.ts";
import { startedCommands } from "./started-commands.ts";

function lines(image: Parameters<typeof startedCommands>[0]): readonly string[] {
  return startedCommands(image).map(({ words }) => words.join(" "));
}

test("wrappers and the shell form are followed to the program", () => {
  const image = imageFacts({
    config: { entrypoint: ["tini", "--"], cmd: ["sh", "-ec", "A=1 exec node x.js & y"] },
  });
  expect(lines(image)).toEqual(["tini --", "sh -ec A=1 exec node x.js & y", "exec", "node", "x.js", "y"]);
});

test("a start script's commands come with file and line, and `$@` starts the arguments", () => {
  const file = "/usr/local/bin/entrypoint.sh";
  const found = startedCommands(startScript('migrate\nexec "$@"')).map(({ words, at }) => [
    words.join(" "),
    at,
  ]);
  expect(found).toEqual([
    ["entrypoint.sh node server.js", { path: "config.Entrypoint" }],
    ["migrate", { path: file, line: 2 }],
    ["exec", { path: file, line: 3 }],
    ["node", { path: "config.Cmd" }],
    ["server.js", { path: "config.Cmd" }],
  ]);
});

describe("a script is read for its arguments", () => {
  const MODES =
    'case "$1" in\n web) exec gunicorn app;;\n worker) exec celery worker;;\n *) exec "$@";;\nesac';

  test.each([
    [["web"], "gunicorn app"],
    [["worker"], "celery worker"],
    [["nodemon"], "nodemon"],
  ])("%j starts %s alone", (cmd, program) => {
    const started = lines(startScript(MODES, { cmd }));
    expect(started.filter((line) => /^(?:gunicorn|celery|nodemon)/.test(line))).toEqual([program]);
  });

  test("that set and shift change", () => {
    expect(lines(startScript('set -- node "$@"\nexec "$@"', { cmd: ["x.js"] }))).toContain("x.js");
    expect(lines(startScript('shift\nif [ "$1" = b ]; then c; fi', { cmd: ["a", "b"] }))).toContain("c");
    const guessed = startedCommands(
      startScript('if [ -n "$X" ]; then shift; fi\nif [ "$1" = b ]; then c; fi', { cmd: ["a"] }),
    );
    const known = startedCommands(startScript('set -- b\nif [ "$1" = b ]; then c; else d; fi'));
    expect(known.filter(runsAlways).map(({ words }) => words[0])).toContain("c");
    expect(known.map(({ words }) => words[0])).not.toContain("d");
    expect(guessed.filter(runsAlways).map(({ words }) => words[0])).not.toContain("c");
  });

  test("that another script or `sh -c` hands on", () => {
    const config = { entrypoint: ["sh", "-c", 'exec start.sh "$@"', "name"], cmd: ["--host=x"] };
    const steps = [{ name: "start.sh", file: "/start.sh", script: 'exec app "$1"' }];
    const image = imageFacts({ config, steps });
    expect(lines(image)).toContain("app --host=x");
    const app = startedCommands(image).find(({ words }) => words[0] === "app");
    expect(app && placeOfWord(image, app, 1)).toEqual({ path: "/start.sh", line: 1 });
    const given = imageFacts({ config: { cmd: ["sh", "start.sh", "y"] }, steps });
    expect(lines(given)).toContain("app y");
  });
});

describe("functions", () => {
  test("run where they are called, with the arguments of the call", () => {
    const script = '_main() { if [ "$1" = node ]; then a; else b; fi; exec "$@"; }\n_main "$@"';
    const image = startScript(script);
    expect(lines(image)).toEqual(expect.arrayContaining(["a", "node", "server.js"]));
    expect(lines(image)).not.toContain("b");
    expect(startedCommands(image).at(-1)?.at).toEqual({ path: "config.Cmd" });
    expect(lines(shellFormImage("f() { a; }; f x"))).toContain("a");
  });

  test("that nobody calls run nothing, and those that call themselves end", () => {
    expect(lines(startScript("f() { a; }\nb"))).not.toContain("a");
    expect(lines(startScript("f() { a; f; }\nf")).filter((line) => line === "a")).toEqual(["a"]);
  });

  test("under a condition keep it", () => {
    const commands = startedCommands(startScript('f() { a; }\nif [ -n "$X" ]; then f; fi'));
    expect(commands.filter(runsAlways).map(({ words }) => words[0])).not.toContain("a");
  });
});

describe("scripts that a script reads", () => {
  function reading(text: string, library: string, cmd?: readonly string[]) {
    const image = startScript(text, cmd === undefined ? {} : { cmd });
    const lib = { name: "./lib.sh", file: "/app/lib.sh", script: library };
    return { ...image, program: { ...image.program, steps: [...image.program.steps, lib] } };
  }

  test("stand in the place of the command that reads them", () => {
    expect(lines(reading("a\n. ./lib.sh\nb", "c\n")).slice(1)).toEqual(["a", "c", "b"]);
    expect(lines(reading("source ./lib.sh x", 'app "$1"\n'))).toContain("app x");
    expect(lines(reading(". ./lib.sh\n. ./absent.sh", ". ./lib.sh\n"))).toContain(". ./absent.sh");
  });

  test("see the arguments around them, as they are by then", () => {
    const image = reading("shift\n. ./lib.sh", 'if [ "$1" = b ]; then c; fi\n', ["a", "b"]);
    expect(lines(image)).toContain("c");
    const handed = startedCommands(reading(". ./lib.sh", 'exec "$@"\n', ["node"]));
    expect(handed.at(-1)).toMatchObject({ words: ["node"], at: { path: "config.Cmd" } });
  });

  test("give their functions to the script behind them, with their own file and lines", () => {
    const commands = startedCommands(reading(". ./lib.sh\nserve x", '\nserve() { app "$1"; }\n'));
    expect(commands.at(-1)).toMatchObject({ words: ["app", "x"], at: { path: "/app/lib.sh", line: 2 } });
  });
});

test("what is started by a command whose failure is tested is tested too", () => {
  const commands = startedCommands(shellFormImage("sh -c 'a; b' || true"));
  expect(commands.map(({ words, tested }) => [words[0], tested])).toEqual([
    ["/bin/sh", false],
    ["sh", true],
    ["a", true],
    ["b", true],
    ["true", false],
  ]);
});

describe("what grows beyond all measure is refused by the name of the bound", () => {
  test("calls that branch", () => {
    const doubling = Array.from(
      { length: 30 },
      (_, index) => `f${index}() { f${index + 1}; f${index + 1}; }`,
    );
    expect(() => lines(startScript(`${doubling.join("\n")}\nf0`))).toThrow("startedCommands");
  });

  test("calls that nest", () => {
    expect(() => lines(startScript(`${"exec ".repeat(100)}a`))).toThrow("startNesting");
  });

  test("words of argv", () => {
    const cmd = Array.from({ length: 1_001 }, () => "x");
    expect(() => startedCommands(imageFacts({ config: { cmd } }))).toThrow("argvWords");
    const long = "x".repeat(128 * 1024 + 1);
    expect(() => startedCommands(imageFacts({ config: { cmd: [long] } }))).toThrow("argvWordLength");
  });
});

test("a script that is not shell is not read as such", () => {
  const script = "#!/usr/bin/python3\nimport sudo\n";
  const image = imageFacts({
    config: { cmd: ["app", "x"] },
    steps: [{ name: "app", file: "/usr/bin/app", script }],
  });
  expect(lines(image)).toEqual(["app x"]);
});

test("a script without `$@` starts no arguments, nor one whose file is not known", () => {
  expect(lines(startScript("exec app"))).not.toContain("node");
  const image = imageFacts({ config: { cmd: ["app"] }, steps: [{ name: "app", script: "sudo x" }] });
  expect(lines(image)).toEqual(["app"]);
});

describe("a package manager's script", () => {
  const files = [
    { path: "/app/package.json", content: '{"scripts":{"start":"next start","loop":"npm run loop"}}' },
  ];

  test("is followed", () => {
    expect(lines(imageFacts({ config: { cmd: ["npm", "start"] }, files }))).toEqual([
      "npm start",
      "next start",
    ]);
    expect(lines(imageFacts({ config: { cmd: ["yarn", "--silent", "start"] }, files }))).toContain(
      "next start",
    );
    expect(lines(imageFacts({ config: { cmd: ["pnpm", "run", "start"] }, files }))).toContain("next start");
  });

  test.each([
    ["npm run absent", files],
    ["npm install", files],
    ["npm ci", files],
    ["npm prefix", files],
    ["npm", files],
    ["npm start", []],
    ["npm start", [{ path: "/app/package.json", content: "{" }]],
    ["npm start", [{ path: "/app/package.json", content: "null" }]],
    ["npm start", [{ path: "/app/package.json", content: '{"scripts":{"start":1}}' }]],
  ])("%s is left as it is when there is no script", (command, present) => {
    expect(lines(imageFacts({ config: { cmd: command.split(" ") }, files: present }))).toEqual([command]);
  });

  test("that calls itself ends", () => {
    const image = imageFacts({ config: { cmd: ["npm", "run", "loop"], workingDir: "/app" }, files });
    expect(lines(image)).toEqual(["npm run loop", "npm run loop"]);
  });
});

test("the package.json is sought in the root without a working directory", () => {
  const files = [{ path: "/package.json", content: '{"scripts":{"start":"x"}}' }];
  expect(lines(imageFacts({ config: { cmd: ["npm", "start"], workingDir: "" }, files }))).toContain("x");
});

test("a word's place is the part of the config that holds it, or its script", () => {
  const image = imageFacts({ config: { entrypoint: ["tini", "app"], cmd: ["--log=x"] } });
  const [tini, app] = startedCommands(image);
  expect(tini && placeOfWord(image, tini, 0)).toEqual({ path: "config.Entrypoint" });
  expect(app && [0, 1].map((index) => placeOfWord(image, app, index).path)).toEqual([
    "config.Entrypoint",
    "config.Cmd",
  ]);
  const scripted = startScript("app");
  expect(startedCommands(scripted).map((command) => placeOfWord(scripted, command, 0).line)).toContain(2);
});

test("an image without a command starts nothing", () => {
  expect(startedCommands(imageFacts({ config: { cmd: [] } }))).toEqual([]);
});

test("the commands inside a conditional `sh -c` keep its condition", () => {
  const commands = startedCommands(shellFormImage("[ -n \"$X\" ] && sh -c 'a; b'"));
  expect(commands.filter(runsAlways).map(({ words }) => words[0])).toEqual(["/bin/sh", "["]);
});

test("what is redirected, or put in the background, is the program behind the wrappers", () => {
  const commands = startedCommands(startScript("nice app > /log &\nb"));
  expect(
    commands.slice(1).map(({ words, operator, redirections }) => [words[0], operator, redirections]),
  ).toEqual([
    ["nice", "", []],
    ["app", "&", [{ operator: ">", target: "/log" }]],
    ["b", expect.anything(), []],
  ]);
});

test("of a program that is one of several, none runs for certain", () => {
  const script = 'if [ -n "$X" ]; then APP=a; else APP=b; fi\n$APP run';
  const commands = startedCommands(startScript(script)).filter(({ words }) => words[1] === "run");
  expect(commands.map(({ words }) => words[0])).toEqual(["a", "b"]);
  expect(commands.filter(runsAlways)).toEqual([]);
});

test("`eval` runs its text, and is itself where there is none", () => {
  expect(lines(startScript("eval 'exec app x'"))).toContain("app x");
  expect(lines(startScript("eval ' '")).slice(1)).toEqual(["eval  "]);
  expect(lines(startScript("eval set -- x")).slice(1)).toEqual(["eval set -- x"]);
});
