import { expect, test } from "vitest";
import { linkedTool, privilegeTool } from "./privilege-tool.ts";

const OWN = ["1000", "app", "2000"];

function toolOf(line: string): string | undefined {
  return privilegeTool(line.split(" "), OWN);
}

test.each(
  "sudo su doas pkexec gosu su-exec runuser chroot setuidgid s6-setuidgid s6-applyuidgid nsenter".split(" "),
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
  ..."--reuid=1 --reuid --ruid=0 --euid=0 --rgid=0 --egid=0 --regid --groups --init-groups --clear-groups"
    .split(" ")
    .map((one) => `setpriv ${one}`),
  "setpriv --reuid 0 --keep-groups /app/server",
  "setpriv --ambient-caps=+net_raw x",
  "setpriv --ambient-caps +net_raw x",
  "chpst -u app x",
  "chpst -/ /srv x",
  "start-stop-daemon -c root",
  "start-stop-daemon -croot",
  "start-stop-daemon --start --chuid other:app",
  "start-stop-daemon --start --chroot /srv",
  "capsh --user=app -- -c x",
  "capsh --uid=0 -- -c x",
  "capsh --drop=all -- -c x",
  "unshare -r x",
  "unshare --mount x",
  "login -f app",
  "/bin/login app",
  "/usr/bin/sg root -c x",
  "newgrp other",
])("%s does by its option", (line) => {
  const [program = ""] = line.split(" ");
  expect(toolOf(line)).toBe(program.slice(program.lastIndexOf("/") + 1));
});

test.each([
  "setpriv --no-new-privs x",
  "setpriv --reuids x",
  "setpriv x--reuid",
  "setpriv --reuid=1000 --regid=2000 --keep-groups x",
  "setpriv --reuid $UID x",
  "setpriv --ambient-caps=-all --inh-caps=-all x",
  "setpriv --ambient-caps -all x",
  "setpriv --no-new-privs /app/server --groups x",
  "chpst -e env x",
  "chpst -e env x -u y",
  "chpst -U app x",
  "chpst x-u",
  "start-stop-daemon --start",
  "start-stop-daemon x-c",
  "start-stop-daemon x--chuid",
  "start-stop-daemon --start -c app:2000 --exec x",
  "start-stop-daemon -S --exec x -- -c config.yml",
  "capsh --print",
  "capsh --caps= -- -c x --user=y",
  "capsh --uid=1000 -- -c x",
  "unshare x -r",
  "/app/login app",
  "sg 2000 -c x",
  "sudo --version",
  "gosu --help",
  "constructor -u",
  "node",
  "",
])("%j does not", (line) => {
  expect(toolOf(line)).toBeUndefined();
});

test("a file that a link leads to is the tool that its name says", () => {
  expect(linkedTool("/sbin/su-exec", ["app"])).toBe("su-exec");
  expect(linkedTool("/usr/bin/setpriv", ["--reuid=1000"], OWN)).toBeUndefined();
  expect(linkedTool("/bin/busybox", ["su"])).toBeUndefined();
});
