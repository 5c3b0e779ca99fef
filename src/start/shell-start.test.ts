import { expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { shellStart } from "./shell-start.ts";

function start(...argv: readonly string[]) {
  const steps = [{ name: "/bin/sh", file: "/bin/busybox" }];
  return shellStart(imageFacts({ config: { entrypoint: argv, cmd: [] }, steps }));
}

test("process 1 is the shell that is given the text, by the name of its file where that is known", () => {
  expect(start("/bin/sh", "-c", "a; b")).toEqual({ script: "a; b", shell: "busybox" });
  expect(start("/bin/bash", "-c", "a")).toEqual({ script: "a", shell: "bash" });
});

test.each([
  "exec",
  "env A=1",
  "nice -n 5",
  "ionice -c 3",
  "nohup",
  "setsid",
  "stdbuf -oL",
  "setpriv --reuid 1000",
  "chroot /srv",
  "chpst -u app",
  "gosu app",
  "su-exec app",
  "setuidgid app",
  "s6-setuidgid app",
  "with-contenv",
  "env A=1 nice",
])("%s is replaced by the shell", (wrapper) => {
  expect(start(...wrapper.split(" "), "/bin/sh", "-c", "a")).toEqual({ script: "a", shell: "busybox" });
});

test.each([
  ["another program", ["node", "-c", "a"]],
  ["an init that stays", ["tini", "--", "/bin/sh", "-c", "a"]],
  ["a wrapper of another name", ["env-run", "/bin/sh", "-c", "a"]],
  ["a name that ends like one", ["my-nice", "/bin/sh", "-c", "a"]],
  ["a wrapper alone", ["exec"]],
  ["a script", ["/bin/sh", "/start.sh"]],
  ["nothing", []],
])("%s is no text for a shell", (_, argv) => {
  expect(start(...argv)).toBeUndefined();
});
