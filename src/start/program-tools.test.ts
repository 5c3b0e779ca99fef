import { describe, expect, test } from "vitest";
import { isProgramSource, mayChangeUser, toolIn } from "./program-tools.ts";

describe("a tool in a program", () => {
  test.each([
    ..."subprocess os.system os.popen os.execvp os.spawnl os.posix_spawn child_process execa zx shelljs".split(
      " ",
    ),
    ..."Bun.spawn Deno.Command Deno.run Open3 IO.popen Process.spawn proc_open shell_exec passthru pcntl_exec".split(
      " ",
    ),
    ..."popen system exec spawn %x `".split(" "),
  ])("that starts programs by %s", (word) => {
    expect(toolIn(`${word} (["sudo", "x"])`)).toBe("sudo");
  });

  test.each(["subprocesses", "myexec", "executor", "os.path", "Deno.open", "x"])("not by %s", (word) => {
    expect(toolIn(`${word} (["sudo", "x"])`)).toBeUndefined();
  });

  test.each(["sudo", "gosu", "su-exec", "doas", "pkexec", "runuser", "setpriv", "s6-setuidgid", "setuidgid"])(
    "%s",
    (name) => {
      expect(toolIn(`exec(["${name}", "x"])`)).toBe(name);
      expect(toolIn(`exec('/usr/bin/${name}')`)).toBe(name);
      expect(toolIn(`exec(\`${name} -u x\`)`)).toBe(name);
      expect(toolIn(`exec("${name} app")`)).toBe(name);
      expect(toolIn(`exec("${name} $X")`)).toBe(name);
      expect(toolIn(`exec("${name}  #x")`)).toBe(name);
    },
  );

  test.each([
    'exec("su -")',
    'exec("su - app")',
    'exec("su app -c x")',
    'exec(["su", "-", "app"])',
    'exec(["su", "-c"])',
    'exec(["su", "app", "-c"])',
    'exec(["su",\n  "app",\n  "-c"])',
    'exec("/bin/su -c x")',
  ])("su: %s", (text) => {
    expect(toolIn(text)).toBe("su");
  });

  test.each([
    'exec("use sudo")',
    'exec("sudoers")',
    'exec("sudo")x'.replace('"sudo"', '"sudo.conf"'),
    'exec("sudo: x")',
    'exec("mysudo x")',
    "exec(sudo)",
    'exec("bin/sudo x")',
    'exec("su app")',
    'exec(["su", "app"])',
    'exec(["sv", "su", "sw"])',
    'exec("x")\n# exec("sudo x")',
    'exec("x")\n  // exec("sudo x")',
    'exec("x")\n * exec("sudo x")',
  ])("trap: %s", (text) => {
    expect(toolIn(text)).toBeUndefined();
  });

  test("the line that names the interpreter is no comment", () => {
    expect(toolIn('#! exec("sudo x")')).toBe("sudo");
  });

  test.each([
    ["a list of commands", 'exec("cd /x && sudo y")', "sudo"],
    ["a list that is kept", 'CMD = ["gosu", "app"]\nsubprocess.run(CMD)', "gosu"],
    ["a formatted text", 'subprocess.run(f"sudo {x}", shell=True)', "sudo"],
    ["root's own change", "import os\nos.setuid(1000)", "os.setuid()"],
    ["node's", 'process.setgid("app")', "process.setgid()"],
    ["ruby's", "Process::UID.change_privilege(1000)", "Process::UID.change_privilege()"],
    ["a guard that is inverted", 'if os.getuid() != 0:\n    os.execvp("sudo", ["sudo"])', "sudo"],
    [
      "behind a guard's block",
      'if os.geteuid() == 0:\n    os.setuid(1)\nsubprocess.run(["sudo", "-n"])',
      "sudo",
    ],
    ["a guard in a text", 'X = """\nif os.getuid() == 0:\n  """; subprocess.run(["sudo", "-n"])', "sudo"],
  ])("%s", (_, text, tool) => {
    expect(toolIn(text)).toBe(tool);
  });

  test.each([
    ["a help text", 'subprocess.run(["x"])\np.add_argument("-s", help="sudo -E is not needed")'],
    ["a message", 'subprocess.run(["x"])\nprint("sudo -E x")'],
    ["a message in JavaScript", 'exec("x");\nconsole.error("sudo -E x")'],
    ["an error", 'subprocess.run(["x"])\nraise RuntimeError("sudo -E x")'],
    ["a log line", 'subprocess.run(["x"])\nlogger.info("sudo -E x")'],
    ["for root alone", 'if os.getuid() == 0:\n    os.execvp("gosu", ["gosu", "app"])\n\n    x()\nrun()'],
    ["for root alone, and more", "if os.geteuid() == 0 and USER:\n\tos.setuid(1)\nrun()"],
    ["another setuid", "db.setuid(1)\nexec(1)"],
  ])("trap: %s", (_, text) => {
    expect(toolIn(text)).toBeUndefined();
  });
});

test("what is not searched names none of it", () => {
  const may = (text: string) => mayChangeUser(Buffer.from(text));
  expect(may("const a = 1;")).toBe(false);
  for (const text of ['exec("su -")', "os.setuid(1)", "x.setregid(1)", "sudo"]) expect(may(text)).toBe(true);
});

test("sources by their names", () => {
  expect(["/a.py", "/a.mjs", "/a.ts", "/a.rb"].map(isProgramSource)).toEqual([true, true, true, true]);
  expect(["/a.sh", "/a.pyc", "/a", "/a.json"].map(isProgramSource)).toEqual([false, false, false, false]);
});
