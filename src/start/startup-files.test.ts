import { describe, expect, test } from "vitest";
import { containerEvidence } from "../../test/fixtures/container-evidence.ts";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { startScript } from "../../test/fixtures/start-script.ts";
import { startedImage } from "./started-image.ts";
import { startupCommands } from "./startup-files.ts";

const FILES = [
  { path: "/etc/profile.d/z.sh", content: "export Z=1\n" },
  { path: "/etc/profile.d/app.sh", content: "# settings\nexport A=1\nf() { export F=1; }\n" },
  { path: "/etc/profile.d/app.csh", content: "setenv A 1\n" },
  { path: "/etc/profile", content: "PATH=/bin\n" },
  { path: "/app/etc/profile", content: "B=1\n" },
];

function ofCommand(...cmd: readonly string[]) {
  return startupCommands(imageFacts({ config: { cmd }, files: FILES })).commands;
}

test("a login shell reads /etc/profile, then the scripts of profile.d by name", () => {
  const commands = ofCommand("bash", "-lc", "app");
  expect(commands.map(({ words, assignments, at }) => [words, assignments, at])).toEqual([
    [[], ["PATH=/bin"], { path: "/etc/profile", line: 1 }],
    [["export", "A=1"], [], { path: "/etc/profile.d/app.sh", line: 2 }],
    [["export", "Z=1"], [], { path: "/etc/profile.d/z.sh", line: 1 }],
  ]);
});

test.each([
  ["/bin/sh", "-l", "-c", "app"],
  ["bash", "--login", "-c", "app"],
  ["bash", "-elc", "app"],
  ["bash", "-o", "pipefail", "-lc", "app"],
  ["tini", "--", "bash", "-l", "start.sh"],
  ["bash", "-l"],
  ["sh", "-c", "exec bash -lc app"],
])("%s, and others, are login shells", (...cmd) => {
  expect(ofCommand(...cmd)).toHaveLength(3);
});

test.each([["bash", "-c", "app -l"], ["sh", "start.sh", "-l"], ["ls", "-l"], ["bash", "--long"], ["app"]])(
  "%s, and others, are none",
  (...cmd) => {
    expect(ofCommand(...cmd)).toEqual([]);
  },
);

test("a script may ask for one in its first line", () => {
  const ofScript = (line: string) => {
    const image = startScript("app", { files: FILES });
    const [step, ...others] = image.program.steps;
    return imageFacts({
      config: image.config,
      files: FILES,
      steps: [{ ...step, name: "entrypoint.sh", script: `${line}\napp\n` }, ...others],
    });
  };
  expect(startupCommands(ofScript("#!/bin/bash -l")).commands).toHaveLength(3);
  expect(startupCommands(ofScript("#!/usr/bin/env -S bash --login")).commands).toHaveLength(3);
  expect(startupCommands(ofScript("#!/bin/bash")).commands).toEqual([]);
});

test("a file without a text says nothing", () => {
  const files = [{ path: "/etc/profile.d/app.sh" }];
  const image = imageFacts({ config: { cmd: ["bash", "-lc", "app"] }, files });
  expect(startupCommands(image)).toEqual({ commands: [], unread: [] });
});

test("nothing where the image has no such file", () => {
  const image = imageFacts({ config: { cmd: ["bash", "-lc", "app"] } });
  expect(startupCommands(image)).toEqual({ commands: [], unread: [] });
});

test("a file that was cut is named", () => {
  const files = [{ path: "/etc/profile.d/app.sh", content: "export A=1\n", truncated: true as const }];
  const image = imageFacts({ config: { cmd: ["bash", "-lc", "app"] }, files });
  expect(startupCommands(image)).toEqual({ commands: [], unread: ["/etc/profile.d/app.sh"] });
});

const PASSWD = {
  path: "/etc/passwd",
  content: "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home/app/:/bin/sh\nnone:x:7:7:::/bin/sh\n",
};

/** Paths of the start-up files that the command reads, each file with one assignment. */
function filesRead(
  cmd: readonly string[],
  paths: readonly string[],
  config: { readonly user?: string; readonly env?: readonly string[] } = {},
): readonly string[] {
  const files = [PASSWD, ...paths.map((path) => ({ path, content: "A=1\n" }))];
  const { commands } = startupCommands(imageFacts({ config: { cmd, user: "", ...config }, files }));
  return commands.map(({ at }) => at.path);
}

const HOMES = [
  "/root/.bash_profile",
  "/root/.profile",
  "/root/.bashrc",
  "/home/app/.profile",
  "/home/app/.bashrc",
  "/srv/.bash_login",
  "/srv/.profile",
  "/.profile",
];

test.each([
  [["bash", "-lc", "app"], { user: "0" }, ["/root/.bash_profile"]],
  [["bash", "-lc", "app"], {}, ["/root/.bash_profile"]],
  [["sh", "-lc", "app"], { user: "root:root" }, ["/root/.profile"]],
  [["busybox", "ash", "-lc", "app"], { user: "1000" }, ["/home/app/.profile"]],
  [["bash", "-lc", "app"], { user: "app" }, ["/home/app/.profile"]],
  [["bash", "-lc", "app"], { user: "app", env: ["HOME=/srv"] }, ["/srv/.bash_login"]],
  [["bash", "-lc", "app"], { user: "12345" }, ["/.profile"]],
  [["bash", "-lc", "app"], { user: "none" }, ["/.profile"]],
  [["bash", "-ic", "app"], { user: "app" }, ["/home/app/.bashrc"]],
  [["bash", "-c", "app"], { user: "app" }, []],
  [["sh", "-ic", "app"], { user: "app" }, []],
  [["su", "-", "app", "-c", "run"], { env: ["HOME=/srv"] }, ["/home/app/.profile"]],
  [["runuser", "-l", "-c", "run", "app"], {}, ["/home/app/.profile"]],
  [["/bin/su", "--login", "-c", "run"], {}, ["/root/.profile"]],
  [["su", "app", "-c", "run"], {}, []],
  [["su", "app", "-l", "-c", "run"], {}, ["/home/app/.profile"]],
])("%j with %j reads %j of the user's home", (cmd, config, expected) => {
  expect(filesRead(cmd, HOMES, config)).toEqual(expected);
});

const OF_ZSH = [
  "/etc/zsh/zshenv",
  "/root/.zshenv",
  "/root/.zprofile",
  "/root/.zshrc",
  "/etc/zlogin",
  "/etc/profile",
];

test.each([
  [
    ["zsh", "-c", "app"],
    ["/etc/zsh/zshenv", "/root/.zshenv"],
  ],
  [
    ["zsh", "-lc", "app"],
    ["/etc/zsh/zshenv", "/root/.zshenv", "/root/.zprofile", "/etc/zlogin"],
  ],
  [
    ["zsh", "-ic", "app"],
    ["/etc/zsh/zshenv", "/root/.zshenv", "/root/.zshrc"],
  ],
])("%j reads %j", (cmd, expected) => {
  expect(filesRead(cmd, OF_ZSH)).toEqual(expected);
});

test("zsh reads the files of ZDOTDIR", () => {
  expect(
    filesRead(["zsh", "-c", "app"], ["/app/zsh/.zshenv", "/root/.zshenv"], { env: ["ZDOTDIR=/app/zsh"] }),
  ).toEqual(["/app/zsh/.zshenv"]);
});

test("a start-up file that another one reads is followed, once, as far as this shell reads it", () => {
  const files = [
    PASSWD,
    {
      path: "/root/.profile",
      content:
        'if [ "$BASH" ]; then\n  . ~/.bashrc\nfi\n. ~/.bashrc\n[ -n "$X" ] && . "$HOME/.zshrc"\n. /app/env\n. /root/.none\n.\n',
    },
    { path: "/root/.bashrc", content: "A=1\ncase $- in *i*) ;; *) return ;; esac\nB=1\nsource ~/.profile\n" },
    { path: "/root/.zshrc", content: '[ -z "$PS1" ] && return\nC=1\n' },
  ];
  const of = (...cmd: readonly string[]) =>
    startupCommands(imageFacts({ config: { cmd, user: "0" }, files })).commands.flatMap(
      ({ assignments, conditions }) => assignments.map((one) => [one, conditions.length]),
    );
  expect(of("bash", "-lc", "app")).toEqual([["A=1", 0]]);
  expect(of("bash", "-lic", "app")).toEqual([
    ["A=1", 0],
    ["B=1", 0],
    ["C=1", 1],
  ]);
});

describe("the file that a variable names", () => {
  const step = { name: "/app/vars", file: "/app/vars", mode: 0o644, uid: 0, gid: 0, script: "A=1\n" };
  const of = (cmd: readonly string[], env: readonly string[], steps = [step]) => {
    const { commands, unread } = startupCommands(imageFacts({ config: { cmd, env }, steps }));
    return [...commands.map(({ at }) => at.path), ...unread];
  };

  test.each([
    [["bash", "-c", "app"], ["BASH_ENV=/app/vars"], ["/app/vars"]],
    [["bash", "-lc", "app"], ["BASH_ENV=/app/vars"], ["/app/vars"]],
    [["bash", "-ic", "app"], ["BASH_ENV=/app/vars"], []],
    [["sh", "-c", "app"], ["BASH_ENV=/app/vars"], []],
    [["sh", "-ic", "app"], ["ENV=/app/vars"], ["/app/vars"]],
    [["sh", "-c", "app"], ["ENV=/app/vars"], []],
    [["zsh", "-ic", "app"], ["ENV=/app/vars"], []],
    [["bash", "-c", "app"], ["BASH_ENV="], []],
    [["bash", "-c", "app"], ["BASH_ENV=/none"], []],
    [["bash", "-c", "app"], [], []],
  ])("%j with %j: %j", (cmd, env, expected) => {
    expect(of(cmd, env)).toEqual(expected);
  });

  test("is unknown where the manifest alone names it", () => {
    const container = { env: [{ name: "BASH_ENV", value: "/app/vars" }] };
    const image = startedImage(
      containerEvidence(container, imageFacts({ config: { cmd: ["bash", "-c", "app"] } })),
    );
    expect(startupCommands(image).unread).toEqual(["/app/vars"]);
  });
});
