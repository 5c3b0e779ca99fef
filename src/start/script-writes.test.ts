import { expect, test } from "vitest";
import { shellCommands } from "../shell/parse-commands.ts";
import { scriptWrites } from "./script-writes.ts";

function writes(script: string): readonly string[] {
  return shellCommands(script)
    .flatMap(scriptWrites)
    .map(({ by, path, content }) => `${by} ${path}${content ? "" : " (as wanted)"}`);
}

test.each([
  ["echo a > /etc/app.conf", "> /etc/app.conf"],
  ["echo a >> /etc/app.conf", ">> /etc/app.conf"],
  ["a 2> /var/log/a", "2> /var/log/a"],
  ["a 2>> /var/log/a", "2>> /var/log/a"],
  ["a &> /var/log/a", "&> /var/log/a"],
  ["a &>> /var/log/a", "&>> /var/log/a"],
  ["a >| /var/log/a", ">| /var/log/a"],
  ["sed -i s/a/b/ /etc/a", "sed -i /etc/a"],
  ["sed -Ei s/a/b/ /etc/a", "sed -i /etc/a"],
  ["sed -i.bak s/a/b/ /etc/a", "sed -i /etc/a"],
  ["sed --in-place s/a/b/ /etc/a", "sed -i /etc/a"],
  ["sed -i -e s/a/b/ /etc/a", "sed -i /etc/a"],
  ["sed -i -ne s/a/b/ /etc/a", "sed -i /etc/a"],
  ["sed -i -e s/a/b/ -e s/c/d/ /etc/a", "sed -i /etc/a"],
  ["sed -i -f /x.sed /etc/a", "sed -i /etc/a"],
  ["/bin/sed -i s/a/b/ /etc/a", "sed -i /etc/a"],
  ["tee -a /etc/a", "tee /etc/a"],
  ["touch /run/a", "touch /run/a"],
  ["cp -r /src/a /etc/a", "cp /etc/a"],
  ["mv /src/a /src/b /etc", "mv /etc"],
  ["mkdir -p /run/a", "mkdir /run/a (as wanted)"],
  ["chown app /run/a", "chown /run/a (as wanted)"],
  ["chmod -R 755 /run/a", "chmod /run/a (as wanted)"],
  ["ln -sf /a /etc/b", "ln /etc/b (as wanted)"],
])("%s writes %s", (script, write) => {
  expect(writes(script)).toEqual([write]);
});

test("several operands are several paths", () => {
  expect(writes("touch /a /b")).toEqual(["touch /a", "touch /b"]);
  expect(writes("sed -i s/a/b/ /a /b")).toEqual(["sed -i /a", "sed -i /b"]);
  expect(writes("chown app /a /b > /c")).toEqual(["> /c", "chown /a (as wanted)", "chown /b (as wanted)"]);
});

test.each([
  "sed s/a/b/ /etc/a",
  "sed -n s/a/b/ /etc/i",
  "cat < /etc/a",
  "cat 0< /etc/a",
  "exec 3<> /etc/a",
  "a 2>&1",
  "cp /etc/a",
  "ln /etc/a",
  "chown app",
  "rm /etc/a",
  'touch "$FILE"',
  'touch "/run/$FILE"',
  "touch /run/`hostname`",
  "touch /run/*",
  "touch *",
  "touch /run/?",
  "touch",
])("%s writes no path that is known", (script) => {
  expect(writes(script)).toEqual([]);
});
