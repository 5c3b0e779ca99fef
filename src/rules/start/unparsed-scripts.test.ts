import { describe, expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { startScript } from "../../../test/fixtures/start-script.ts";
import { startedCommands } from "../../start/started-commands.ts";
import { toolsInPrograms, unreadNames, unreadTasks } from "./unparsed-scripts.ts";

describe("programs of other languages that the start leads to", () => {
  function found(cmd: readonly string[]) {
    const calls = [{ name: "portal.py", file: "/app/portal.py", tool: "sudo" }];
    const program = { argv: cmd, path: "/bin", steps: [], calls };
    const image = imageFacts({ config: { cmd, workingDir: "/app" }, facts: { program } });
    return toolsInPrograms(image, startedCommands(image));
  }

  test.each([
    [["python3", "portal.py"]],
    [["tini", "--", "python", "-u", "portal.py"]],
    [["/bin/sh", "-c", "exec python3 portal.py"]],
    [["/bin/sh", "-c", '[ -n "$X" ] && python portal.py']],
  ])("%j", (cmd) => {
    expect(found(cmd)).toEqual([{ path: "/app/portal.py", tool: "sudo" }]);
  });

  test.each([
    [["python3", "other.py"]],
    [["cat", "portal.py"]],
    [["/bin/sh", "-c", "echo python3 portal.py"]],
    [["/bin/sh", "-c", '[ "$(id -u)" = 0 ] && python portal.py']],
  ])("not by %j", (cmd) => {
    expect(found(cmd)).toEqual([]);
  });

  test("code in an argument", () => {
    expect(found(["python3", "-c", 'import os; os.system("sudo x")'])).toEqual([
      { path: "config.Cmd", tool: "sudo" },
    ]);
    expect(found(["node", "-e", "console.log(1)"])).toEqual([]);
  });

  test("scripts by their first line, a shell's is read as one", () => {
    const steps = [
      { name: "/start", file: "/start", script: '#!/usr/bin/python3\nexec("sudo x")' },
      { name: "x", file: "/x.sh", script: '#!/bin/sh\nexec "sudo" x' },
      { name: "y", script: '#!/usr/bin/python3\nexec("sudo x")' },
    ];
    const image = imageFacts({ config: { cmd: ["/start"] }, steps });
    expect(toolsInPrograms(image, startedCommands(image))).toEqual([{ path: "/start", tool: "sudo" }]);
  });
});

test("a runner whose tasks are not told", () => {
  const files = [{ path: "/app/Makefile", content: "run:\n\tnode x\n" }];
  const unread = (...cmd: readonly string[]) => {
    const image = imageFacts({ config: { cmd, workingDir: "/app" }, files });
    return unreadTasks(image, startedCommands(image));
  };
  expect(unread("make", "run")).toEqual([]);
  expect(unread("make", "other")).toEqual(["make other"]);
  expect(unread("honcho", "start")).toEqual(["honcho start"]);
  expect(unread("npm", "start")).toEqual([]);
});

describe("what certainly starts and cannot be read", () => {
  const names = (text: string) => unreadNames(startedCommands(startScript(text)));

  test.each([
    ["exec $(cat /cmd)", ["$(cat"]],
    ["exec `cat /cmd`", ["`cat"]],
    ['exec "$(cat /cmd)"', ["$(cat"]],
    ["`cat /cmd`", ["`cat"]],
    ['eval "$(cat /start)"', ["$(cat"]],
    ['D=$(pwd)\n. "$D/x.sh"', ["$(pwd)/x.sh"].map((file) => `. ${file}`)],
    ['D=$(pwd)\nsource "$D/x"', []],
    ["X=$(get)\nsource $X", ["source $(get)"]],
    ["$(get) || exit 1", ["$(get)"]],
    ["/opt/$(get)", ["/opt/$(get)"]],
    ["$(pwd)/", ["$(pwd)/"]],
    ...["sh", "bash", "py", "rb", "pl", "php", "js", "cjs", "mjs"].map((ending): [string, string[]] => [
      `$(pwd)/start.${ending}`,
      [`$(pwd)/start.${ending}`],
    ]),
    ["$(pwd)/start", []],
    ["$(pwd)/start.shx", []],
    ["$(pwd)/startsh", []],
    ["exec node $(find /app -name x.js)", []],
    ["$(get) && node x", []],
    ['[ -n "$X" ] && $(get)', []],
    ["if $(get); then node x; fi", []],
    ["eval", []],
    ["eval x", []],
    [". ./x.sh", []],
  ] as [string, string[]][])("%j: %j", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test.each(
    "ssh-agent dircolors conda mamba micromamba pyenv rbenv nodenv direnv opam brew gpg-agent dbus-launch lesspipe".split(
      " ",
    ),
  )("%s prints variables", (printer) => {
    expect(names(`$(${printer} -s)`)).toEqual([]);
    expect(names(`\`${printer} -s\``)).toEqual([]);
    expect(names(`$(my${printer})`)).toHaveLength(1);
    expect(names(`$(${printer}x)`)).toHaveLength(1);
  });
});
