import { describe, expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { startScript } from "../../../test/fixtures/start-script.ts";
import { isSelected } from "../../contract/selector-index.ts";
import { startedCommands } from "../../start/started-commands.ts";
import { START_PROGRAMS, toolsInPrograms, unreadNames } from "./unread-starts.ts";

describe("scripts of other languages that are asked for", () => {
  function isAsked(path: string): boolean {
    const [file] = imageFacts({ files: [{ path }] }).files;
    return file !== undefined && isSelected(START_PROGRAMS, file);
  }

  test.each([
    ..."/start.py /app/entrypoint.rb /app/entry-point.pl /app/entry_point.php /app/entry.lua /a/b/c/d/run.js".split(
      " ",
    ),
    ..."/app/init.mjs /app/boot.cjs /app/bootstrap.ts /app/launch.js /app/launcher.js /app/main.ts /app/server.mts".split(
      " ",
    ),
    ..."/app/serve.js /app/app.py /app/index.js /app/manage.py /app/wsgi.py /app/asgi.py /app/worker.py".split(
      " ",
    ),
    ..."/app/cmd.py /app/exec.py /app/docker-start.py /app/docker_entrypoint.py /app/docker.run.py".split(
      " ",
    ),
    ..."/app/start-web.py /app/start_web.py /app/start.web.py /usr/local/bin/start.py /library/start.py".split(
      " ",
    ),
    ..."/opt/app/start.py".split(" "),
  ])("%s", (path) => {
    expect(isAsked(path)).toBe(true);
  });

  test.each([
    ..."/app/starter.py /app/mystart.py /app/start.sh /app/start /app/start.pyc /a/b/c/d/e/start.py".split(
      " ",
    ),
    ..."/app/start-.py /app/dockerstart.py /usr/lib/x/start.py /usr/local/lib/x/start.py /usr/share/start.py".split(
      " ",
    ),
    ..."/usr/include/start.py /lib/start.py /opt/conda/start.py /opt/yarn/start.js /nix/start.py".split(" "),
    ..."/app/node_modules/x/index.js /x/site-packages/main.py /x/dist-packages/main.py /x/vendor/app.php".split(
      " ",
    ),
    ..."/x/gems/run.rb /app/.next/server.js /app/.nuxt/server.js /app/test_start.py".split(" "),
  ])("%s is none", (path) => {
    expect(isAsked(path)).toBe(false);
  });
});

describe("a tool in a script of another language", () => {
  function tool(text: string, cmd: readonly string[] = ["python", "main.py"]) {
    const files = [{ path: "/app/main.py", content: text }];
    const image = imageFacts({ config: { cmd, workingDir: "/app" }, files });
    return toolsInPrograms(image, startedCommands(image))[0]?.tool;
  }

  test.each([
    ..."subprocess os.system os.popen os.execvp os.spawnl os.posix_spawn child_process execa zx shelljs".split(
      " ",
    ),
    ..."Bun.spawn Deno.Command Deno.run Open3 IO.popen Process.spawn proc_open shell_exec passthru pcntl_exec".split(
      " ",
    ),
    ..."popen system exec spawn %x `".split(" "),
  ])("that starts programs by %s", (word) => {
    expect(tool(`${word} (["sudo", "x"])`)).toBe("sudo");
  });

  test.each(["subprocesses", "myexec", "executor", "os.path", "Deno.open", "x"])("not by %s", (word) => {
    expect(tool(`${word} (["sudo", "x"])`)).toBeUndefined();
  });

  test.each(["sudo", "gosu", "su-exec", "doas", "pkexec", "runuser", "setpriv", "s6-setuidgid", "setuidgid"])(
    "%s",
    (name) => {
      expect(tool(`exec(["${name}", "x"])`)).toBe(name);
      expect(tool(`exec('/usr/bin/${name}')`)).toBe(name);
      expect(tool(`exec(\`${name} -u x\`)`)).toBe(name);
      expect(tool(`exec("${name} app")`)).toBe(name);
      expect(tool(`exec("${name} $X")`)).toBe(name);
      expect(tool(`exec("${name}  #x")`)).toBe(name);
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
    expect(tool(text)).toBe("su");
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
    expect(tool(text)).toBeUndefined();
  });

  test("the line that names the interpreter is no comment", () => {
    expect(tool('#! exec("sudo x")')).toBe("sudo");
  });

  test.each("python node ruby perl php deno bun lua tclsh".split(" "))("run by %s", (language) => {
    expect(tool('exec("sudo x")', [language, "-u", "main.py"])).toBe("sudo");
    expect(tool('exec("sudo x")', [language, "-u"])).toBeUndefined();
    expect(tool('exec("sudo x")', [language, "-m", "main.py"])).toBeUndefined();
    expect(tool('exec("sudo x")', [language, "main"])).toBeUndefined();
    expect(tool('exec("sudo x")', [language, "other.py"])).toBeUndefined();
  });

  test("not by a program that is no language, nor where it may not run", () => {
    expect(tool('exec("sudo x")', ["cat", "main.py"])).toBeUndefined();
    expect(tool('exec("sudo x")', ["/bin/sh", "-c", '[ -n "$X" ] && python main.py'])).toBeUndefined();
    expect(tool('exec("sudo x")', ["/bin/sh", "-c", "python main.py"])).toBe("sudo");
  });

  test("with the path of the script, each once; a shell's is read as one", () => {
    const steps = [
      { name: "/start", file: "/start", script: '#!/usr/bin/python3\nexec("sudo x")' },
      { name: "x", file: "/x.sh", script: '#!/bin/sh\nexec "sudo" x' },
      { name: "y", script: '#!/usr/bin/python3\nexec("sudo x")' },
    ];
    const image = imageFacts({ config: { cmd: ["/start"] }, steps });
    expect(toolsInPrograms(image, startedCommands(image))).toEqual([{ path: "/start", tool: "sudo" }]);
  });
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
