import { describe, expect, test } from "vitest";
import { type FileSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { isSelected } from "../../contract/selector-index.ts";
import { startedCommands } from "../../start/started-commands.ts";
import { SERVICE_FILES, serviceUsers } from "./service-users.ts";

const PASSWD = { path: "/etc/passwd", content: "root:x:0:0::/:/bin/sh\napp:x:1000:1000::/:/bin/sh\n" };

function users(cmd: readonly string[], ...files: readonly FileSketch[]) {
  const image = imageFacts({ config: { cmd, user: "1000" }, files: [PASSWD, ...files] });
  const found = serviceUsers(image, startedCommands(image));
  return found === "unread" ? found : found.map(({ by, path, line }) => `${by} ${path}:${line}`);
}

function isAsked(path: string): boolean {
  const [file] = imageFacts({ files: [{ path }] }).files;
  return file !== undefined && SERVICE_FILES.some((selector) => isSelected(selector, file));
}

describe("files that are asked for", () => {
  test.each([
    "/etc/supervisord.conf",
    "/etc/supervisor.ini",
    "/app/supervisor-web.conf",
    "/etc/supervisor/web.conf",
    "/etc/supervisor/conf.d/web.ini",
    "/etc/supervisor.d/web.conf",
    "/etc/services.d/web/run",
    "/etc/service/web/run",
    "/etc/sv/web/finish",
    "/etc/s6-overlay/s6-rc.d/web/up",
    "/etc/s6/web/run",
    "/etc/runit/1",
    "/etc/runit/3",
    "/etc/cont-init.d/10-user",
    "/etc/cont-init.d/01-a.sh",
    "/service/web/run",
    "/run/service/web/run",
    "/var/service/web/run",
  ])("%s", (path) => {
    expect(isAsked(path)).toBe(true);
  });

  test.each([
    "/etc/supervisord.conf.bak",
    "/etc/supervisord.txt",
    "/etc/mysupervisord.conf",
    "/etc/supervisor/a/b/web.conf",
    "/etc/supervisor/web.txt",
    "/etc/services.d/web/data",
    "/etc/services.d/web/log",
    "/opt/etc/services.d/web/run",
    "/etc/services/web/run",
    "/etc/runit/4",
    "/etc/cont-init.d/user",
    "/my/service/web/run",
    "/etc/runsv/run",
  ])("%s is none", (path) => {
    expect(isAsked(path)).toBe(false);
  });
});

describe("supervisord", () => {
  const conf = (content: string, path = "/etc/supervisord.conf") => ({ path, content });

  test.each([
    "/etc/supervisord.conf",
    "/etc/supervisor/supervisord.conf",
    "/etc/supervisord/supervisord.conf",
  ])("reads %s", (path) => {
    expect(users(["supervisord"], conf("user=root", path))).toEqual([`user=root ${path}:1`]);
  });

  test.each(["-c", "--configuration"])("reads the file behind %s", (flag) => {
    const file = conf("x\nuser=root", "/app/x.conf");
    expect(users(["supervisord", flag, "/app/x.conf"], file)).toEqual(["user=root /app/x.conf:2"]);
    expect(users(["supervisord", flag, "x.conf"], file)).toEqual(["user=root /app/x.conf:2"]);
    expect(users(["supervisord", flag, "/app/y.conf"], file)).toBe("unread");
    expect(users(["supervisord", "-x", "/app/x.conf"], file)).toBe("unread");
  });

  test("that is cut, or empty of content, was not read", () => {
    expect(users(["supervisord"], { ...conf("user=root"), truncated: true })).toBe("unread");
    expect(users(["supervisord"], { path: "/etc/supervisord.conf" })).toBe("unread");
    expect(users(["supervisord"])).toBe("unread");
  });

  test.each([
    ["user=root", ["user=root"]],
    ["  user = www-data ; why", ["user=www-data"]],
    ["user=0\r", ["user=0"]],
    ["command=gosu app node x", ["gosu"]],
    ["command = sudo -u app node", ["sudo"]],
    ["command=node x", []],
    ["command=node x;gosu app y", []],
    ["user=app", []],
    ["user=1000", []],
    ["user=4711", ["user=4711"]],
    ["users=root", []],
    ["suser=root", []],
    ["xcommand=gosu app x", []],
    [";user=root", []],
    ["# user=root", []],
    ["user:root", []],
  ])("%j", (line, found) => {
    expect(users(["supervisord"], conf(line))).toEqual(found.map((by) => `${by} /etc/supervisord.conf:1`));
  });

  test("keeps the user that it has, never uid 0 under another name", () => {
    const of = (user: string, content: string) => {
      const image = imageFacts({ config: { cmd: ["supervisord"], user }, files: [PASSWD, conf(content)] });
      const found = serviceUsers(image, startedCommands(image));
      return found === "unread" ? 0 : found.length;
    };
    expect(of("app", "user=1000")).toBe(0);
    expect(of("1000:1000", "user=app")).toBe(0);
    expect(of("4711:5\nx", "user=4711")).toBe(0);
    expect(of("0", "user=root")).toBe(1);
    expect(of("root", "user=root")).toBe(0);
    expect(of("nobody", "user=someone")).toBe(1);
    expect(of("x1000", "user=1000")).toBe(1);
    expect(of("app", "user=x1000")).toBe(1);
  });

  test.each([
    ["files = /etc/supervisor/conf.d/*.conf", true],
    ["  files=/a/*.conf /etc/supervisor/conf.d/*.conf", true],
    ["files = supervisor/conf.d/*.conf", true],
    ["files = %(here)s/supervisor/conf.d/*.conf ; x", true],
    ["files = /etc/other/*.conf ; /etc/supervisor/conf.d/x", false],
    ["files = /supervisor/conf.d/*.conf", false],
    ["xfiles = /etc/supervisor/conf.d/*.conf", false],
    ["a\nfiles = /etc/supervisor/conf.d/*.conf", true],
  ])("includes what %j names", (line, is) => {
    const web = conf("user=root", "/etc/supervisor/conf.d/web.conf");
    const found = is ? ["user=root /etc/supervisor/conf.d/web.conf:1"] : [];
    expect(users(["supervisord"], conf(line), web)).toEqual(found);
  });

  test("includes nothing twice, and nothing that a later layer hid", () => {
    const main = conf("files = /etc/supervisor/*.conf\nuser=root", "/etc/supervisor/supervisord.conf");
    expect(users(["supervisord"], main)).toHaveLength(1);
    const hidden = { ...conf("user=root", "/etc/supervisor/x.conf"), hidden: true as const };
    expect(users(["supervisord"], main, hidden)).toHaveLength(1);
  });
});

describe("supervisors of folders", () => {
  const RUN = { path: "/etc/services.d/web/run", content: "#!/bin/sh\nexec gosu app node x" };
  const FOUND = ["gosu /etc/services.d/web/run:2"];

  test.each([
    ..."s6-svscan s6-overlay runsvdir runsvdir-start runit runit-init svscan my_init".split(" "),
    ..."/init /etc/s6-init/init /sbin/boot /usr/bin/s6-svscan".split(" "),
  ])("%s", (name) => {
    expect(users([name], RUN)).toEqual(FOUND);
    expect(users([name])).toBe("unread");
  });

  test.each("init boot /x/init /sbin/boots /init/boot runits xrunit s6-svscanctl my_init2 node".split(" "))(
    "%s is none",
    (name) => {
      expect(users([name], RUN)).toEqual([]);
    },
  );

  test.each([
    "/etc/services.d/web/run",
    "/etc/service/web/run",
    "/etc/sv/web/run",
    "/etc/s6-overlay/web/run",
    "/etc/s6/web/run",
    "/etc/runit/1",
    "/etc/cont-init.d/10-x",
    "/service/web/run",
    "/run/service/web/run",
    "/var/service/web/run",
  ])("read %s", (path) => {
    expect(users(["/init"], { ...RUN, path })).toEqual([`gosu ${path}:2`]);
  });

  test.each(["/opt/etc/services.d/run", "/etc/servicesXd/run", "/my/service/run", "/etc/other/run"])(
    "do not read %s",
    (path) => {
      expect(users(["/init"], { ...RUN, path })).toBe("unread");
    },
  );

  test.each([
    ["#!/bin/sh\ngosu app x", ["gosu"]],
    ["#!/bin/sh\nexec su-exec app x", ["su-exec"]],
    ['#!/bin/sh\nif [ -n "$X" ]; then gosu app x; fi', []],
    ['#!/bin/sh\n[ "$(id -u)" = 0 ] && gosu app x', []],
    ["#!/bin/sh\nexec node x", []],
    ["#!/command/execlineb -P\ns6-setuidgid app", ["s6-setuidgid"]],
    ["#!/command/execlineb -P\nfoo s6-applyuidgid -u 1 x", ["s6-applyuidgid"]],
    ["#!/command/execlineb -P\n  setuidgid app x", ["setuidgid"]],
    ["#!/command/execlineb -P\nsudo x", ["sudo"]],
    ["#!/command/execlineb -P\nsetpriv x", ["setpriv"]],
    ["#!/command/execlineb -P\n  # gosu app", []],
    ["#!/command/execlineb -P\nmygosu app", []],
    ["#!/command/execlineb -P\ngosux app", []],
    ["#!/command/execlineb -P\ngosu", []],
  ])("%j", (content, found) => {
    const path = "/etc/services.d/web/run";
    expect(users(["/init"], { path, content })).toEqual(found.map((by) => `${by} ${path}:2`));
  });
});

test("a supervisor that only may start says nothing", () => {
  const cmd = ["/bin/sh", "-c", '[ -n "$X" ] && supervisord'];
  expect(users(cmd, { path: "/etc/supervisord.conf", content: "user=root" })).toEqual([]);
});
