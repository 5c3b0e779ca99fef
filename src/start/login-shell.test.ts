import { expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { startScript } from "../../test/fixtures/start-script.ts";
import { loginCommands } from "./login-shell.ts";

const FILES = [
  { path: "/etc/profile.d/z.sh", content: "export Z=1\n" },
  { path: "/etc/profile.d/app.sh", content: "# settings\nexport A=1\nf() { export F=1; }\n" },
  { path: "/etc/profile.d/app.csh", content: "setenv A 1\n" },
  { path: "/etc/profile", content: "PATH=/bin\n" },
  { path: "/app/etc/profile", content: "B=1\n" },
];

function ofCommand(...cmd: readonly string[]) {
  return loginCommands(imageFacts({ config: { cmd }, files: FILES }));
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
  expect(loginCommands(ofScript("#!/bin/bash -l"))).toHaveLength(3);
  expect(loginCommands(ofScript("#!/usr/bin/env -S bash --login"))).toHaveLength(3);
  expect(loginCommands(ofScript("#!/bin/bash"))).toEqual([]);
});

test("a file without a text is left out", () => {
  const files = [{ path: "/etc/profile.d/app.sh" }];
  expect(loginCommands(imageFacts({ config: { cmd: ["bash", "-lc", "app"] }, files }))).toEqual([]);
});

test("nothing where the image has no such file", () => {
  expect(loginCommands(imageFacts({ config: { cmd: ["bash", "-lc", "app"] } }))).toEqual([]);
});
