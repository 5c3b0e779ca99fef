import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { packageStart, startScript } from "../../../test/fixtures/start-script.ts";
import { singleProcess } from "./1.4-single-process.ts";

function command(line: string) {
  return checkRule(singleProcess, { image: imageFacts({ config: { cmd: line.split(" ") } }) });
}

test.each([
  "/usr/bin/supervisord -c /etc/supervisord.conf",
  "tini -- s6-svscan /etc/s6",
  "runsvdir /etc/service",
  "monit -I",
  "circusd x.ini",
  "/sbin/init",
  "/lib/systemd/systemd",
  "pm2 start ecosystem.config.js --no-daemon",
  "npx concurrently a b",
  "npm-run-all -p web worker",
  "foreman start",
])("refused, and not only presumed: %s", (line) => {
  const outcome = command(line);
  expect(outcome.status).toBe("fail");
  expect(outcome.status === "fail" && outcome.presumed).toBeFalsy();
});

test("refused, in the script of a package", () => {
  expect(checkRule(singleProcess, { image: packageStart("concurrently a b") }).status).toBe("fail");
});

test.each([
  "cron\nexec node x",
  "php-fpm -D\nnginx -g 'daemon off;'",
  "service nginx start\nnode x",
  "nginx\nexec php-fpm",
  "redis-server --daemonize yes\nnode x",
  "nginx &\nexec node server.js",
  "php-fpm -D &\nnginx -g 'daemon off;'",
  "a &\nb &\nwait -n",
])("presumed: a second program in the background: %j", (text) => {
  expect(checkRule(singleProcess, { image: startScript(text) })).toMatchObject({
    status: "fail",
    presumed: true,
    findings: [{ at: { line: 2 } }],
  });
});

describe("fine", () => {
  test.each([
    "node server.js",
    "tini -- node x.js",
    "dumb-init node x.js",
    "init",
    "pm2 logs",
    "npm-run-all build test",
    "nginx -g x",
  ])("%s", (line) => {
    expect(command(line)).toMatchObject({ status: "pass", notes: [] });
  });

  test.each([
    "migrate\nexec node server.js",
    "nginx -t\nexec nginx -g 'daemon off;'",
    "crond -f",
    "php-fpm\nnode x",
    "service nginx stop\nexec node x",
    "cronolog x\nexec node x",
    "sleep 5 &\nexec node x",
    'node x &\nPID=$!\ntrap "kill $PID" TERM\nwait $PID',
    "exec node x &",
    '[ -n "$X" ] && nginx &\nexec node x',
    'if [ -n "$X" ]; then nginx & fi\nexec node x',
    '"$@" &\nnode x',
  ])("a script: %j", (text) => {
    expect(checkRule(singleProcess, { image: startScript(text) })).toMatchObject({
      status: "pass",
      notes: [],
    });
  });
});

test.each(["pm2-runtime app.js", "/init"])("noted only: %s", (line) => {
  expect(command(line)).toMatchObject({ status: "pass", notes: [{ at: { path: "config.Cmd" } }] });
});

describe("supervisors and their kin", () => {
  test.each([
    ..."supervisord s6-svscan runsvdir runit runit-init monit circusd systemd god bluepill openrc openrc-init".split(
      " ",
    ),
    ..."svscan concurrently foreman honcho overmind hivemind goreman run-p /lib/init".split(" "),
  ])("%s is one", (name) => {
    expect(command(`${name} x`)).toMatchObject({
      status: "fail",
      findings: [{ at: { path: "config.Cmd" } }],
    });
  });

  test.each(["npm-run-all -p a", "npm-run-all2 a --parallel b", "pm2 start x"])("%s is one", (line) => {
    expect(command(line).status).toBe("fail");
  });

  test.each([
    ..."supervisorctl mysupervisord monitor xmonit gods run-px concurrently2 xforeman init".split(" "),
    ..."npm-run-all npm-run-all3 pm2 pm2-start".split(" "),
  ])("%s is none", (name) => {
    expect(command(`${name} -px`).status).toBe("pass");
  });
});

describe("beside another program, in the background", () => {
  test.each([
    "cron",
    "crond",
    "/usr/sbin/sshd",
    "rsyslogd",
    "nginx",
    "nginx -c x",
    "php-fpm -D",
    "php-fpm8.2 --daemonize",
    "service x start",
    "redis-server --daemonize yes",
    "app &",
    "timer &",
  ])("%s", (line) => {
    expect(checkRule(singleProcess, { image: startScript(`${line}\nexec node x`) })).toMatchObject({
      status: "fail",
      presumed: true,
    });
  });

  test.each([
    "cron -f",
    "cron -L 15 -f",
    "crond -n",
    "crond -l 2 -f",
    "sshd -D",
    "sshd -e -d",
    "rsyslogd -n",
    "nginx -g 'daemon off;'",
    "nginx -s reload",
    "nginx -t",
    "nginx -T",
    "nginx -v",
    "nginx -V",
    "nginx -h",
    "php-fpm",
    "php-fpm -Dx",
    "service x stop",
    "service start",
    "redis-server",
    "redis-server --daemonize no",
    "crontab x",
    "anacron",
    "cronX",
    ..."sleep wait wait-for-it echo printf kill trap tail cat tee touch true false mkfifo read test while nc".split(
      " ",
    ),
    ..."curl wget date".split(" "),
    "[ a ] &",
    "sleep 5 &",
    "wait-for-it x &",
    "$X &",
  ])("trap: %s", (line) => {
    expect(checkRule(singleProcess, { image: startScript(`${line}\nexec node x`) })).toMatchObject({
      status: "pass",
    });
  });

  test.each(["sleeper &", "awaiter &", "mycat &", "catx &", "nginx -tx", "cron -x"])(
    "no helper: %s",
    (line) => {
      expect(checkRule(singleProcess, { image: startScript(`${line}\nexec node x`) }).status).toBe("fail");
    },
  );
});

test.each(["pm2-docker app.js", "pm2-runtime app.js"])("%s is worth a note, in both languages", (line) => {
  const name = line.split(" ")[0] ?? "";
  expect(command(line)).toMatchObject({
    status: "pass",
    notes: [{ message: { fr: expect.stringContaining(name), en: expect.stringContaining(name) } }],
  });
});
