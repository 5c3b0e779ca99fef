import { expect, test } from "vitest";
import { privilegeTool } from "./privilege-tool.ts";

function toolOf(line: string): string | undefined {
  return privilegeTool(line.split(" "));
}

test.each(
  "sudo su doas pkexec gosu su-exec runuser chroot setuidgid s6-setuidgid s6-applyuidgid capsh".split(" "),
)("%s changes the user", (name) => {
  expect(toolOf(`${name} app x`)).toBe(name);
  expect(toolOf(`/usr/bin/${name} app x`)).toBe(name);
  expect(toolOf(`set -- ${name} app x`)).toBe(name);
  expect(toolOf(`set ${name} app x`)).toBeUndefined();
  expect(toolOf(`x -- ${name} app x`)).toBeUndefined();
  expect(toolOf(`/app/${name}.js app x`)).toBeUndefined();
  expect(toolOf(`${name}.sh app x`)).toBeUndefined();
  expect(toolOf(`my${name} app x`)).toBeUndefined();
});

test.each([
  ..."--reuid=1 --reuid --regid --groups --init-groups --clear-groups --ambient-caps=x"
    .split(" ")
    .map((one) => `setpriv ${one}`),
  "chpst -u app x",
  "chpst -U app x",
  "start-stop-daemon -c app",
  "start-stop-daemon --start --chuid app",
])("%s does by its option", (line) => {
  expect(toolOf(line)).toBe(line.split(" ")[0]);
});

test.each([
  "setpriv --no-new-privs x",
  "setpriv --reuids x",
  "setpriv x--reuid",
  "chpst -e env x",
  "chpst x-u",
  "start-stop-daemon --start",
  "start-stop-daemon x-c",
  "start-stop-daemon x--chuid",
  "constructor -u",
  "node",
  "",
])("%j does not", (line) => {
  expect(toolOf(line)).toBeUndefined();
});
