import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { packageStart, shellFormImage, startScript } from "../../../test/fixtures/start-script.ts";
import { logDestination } from "./1.2-log-destination.ts";

function command(line: string, files: Parameters<typeof imageFacts>[0] = {}) {
  return checkRule(logDestination, { image: imageFacts({ ...files, config: { cmd: line.split(" ") } }) });
}

function variable(entry: string) {
  return checkRule(logDestination, { image: imageFacts({ config: { env: [entry] } }) });
}

describe("presumed: logs go into a file", () => {
  test.each([
    "myapp --log-file=/var/log/myapp.log",
    "myapp --log-file app.log",
    "myapp --log-dir /app/logs",
    "gunicorn --access-logfile /var/log/access.log app",
    "gunicorn --error-logfile=logs/error.log app",
    "mongod --logpath /data/mongod.log",
    "java -Dlogging.file.name=/app/app.log -jar x.jar",
    "java -jar x.jar --logging.file.path=/var/log",
    "uwsgi --logto /tmp/uwsgi.log",
    "mysqld --log-error=/var/log/mysql/error.log",
    "pm2 start app.js --no-daemon",
  ])("%s", (line) => {
    expect(command(line)).toMatchObject({ status: "fail", presumed: true });
  });

  test.each([
    "LOG_FILE=/app/app.log",
    "LOG_PATH=/var/log/app",
    "APP_LOG_DIR=/app/logs",
    "LOGGING_FILE_NAME=app.log",
    "LOGGING_FILE_PATH=/var/log",
    "CATALINA_OUT=/usr/local/tomcat/logs/catalina.out",
    "LOGFILE=/tmp/app.log",
  ])("ENV %s", (entry) => {
    expect(variable(entry)).toMatchObject({
      status: "fail",
      presumed: true,
      findings: [{ at: { path: expect.stringContaining("config.Env[") } }],
    });
  });

  test.each(["node x >> /var/log/app.log 2>&1", "node x | tee -a app.log", "node x &> /app/logs/out"])(
    "%s",
    (script) => {
      expect(checkRule(logDestination, { image: shellFormImage(script) }).status).toBe("fail");
      expect(checkRule(logDestination, { image: startScript(script) })).toMatchObject({
        findings: [{ at: { line: 2 } }],
      });
    },
  );

  test("in the script of a package", () => {
    const image = packageStart("node server.js >> /var/log/app.log");
    expect(checkRule(logDestination, { image }).status).toBe("fail");
  });

  test.each([
    ["LOG_DIR=/app/logs", false],
    ["LOG_PATH=/var/log/app/", false],
    ["LOG_PATH=/var/log/app", false],
    ["LOG_PATH=/var/log/app.log", true],
    ["LOG_FILE=/var/log/app", true],
  ])("and the remedy fits what the variable is: %s", (entry, isFile) => {
    const outcome = variable(entry);
    const [finding] = outcome.status === "fail" ? outcome.findings : [];
    expect(finding?.remedy?.en.includes("=/dev/stdout`")).toBe(isFile);
    expect(finding?.remedy?.en.includes("a directory cannot be /dev/stdout")).toBe(!isFile);
  });

  test("and the remedy is the line to write", () => {
    expect(command("myapp --log-file=/var/log/a.log")).toMatchObject({
      findings: [
        {
          remedy: { en: "Remove --log-file, or write `--log-file=/dev/stdout`." },
          at: { path: "config.Cmd" },
        },
      ],
    });
    expect(checkRule(logDestination, { image: startScript("x --log-file=/a.log") })).toMatchObject({
      findings: [{ at: { path: "/usr/local/bin/entrypoint.sh", line: 2 } }],
    });
  });
});

describe("traps: no log file", () => {
  test.each([
    "myapp --log-level=debug",
    "myapp --log-format json",
    "gunicorn --access-logfile - --error-logfile /dev/stderr --log-file=- app",
    "myapp --log-file=/dev/stdout",
    "myapp --log-file /proc/self/fd/1",
    "myapp --log-file=/proc/1/fd/2",
    "myapp --log-file=",
    "myapp --log-file none",
    "myapp --log-file=/dev/null",
    "myapp --log-file=$LOG",
    "liquibase --changelog-file=/app/db/changelog.xml",
    "uvicorn --access-log main:app",
    "uvicorn --log-config logging.ini app:app",
    "pm2-runtime start app.js",
    "pm2 logs",
    "pm2",
    "myapp --catalog-path=/srv/catalog",
    "myapp --log-url=https://logs/x.log",
  ])("%s", (line) => {
    expect(command(line)).toMatchObject({ status: "pass" });
  });

  test.each([
    "LOG_LEVEL=debug",
    "LOG_FORMAT=json/pretty",
    "LOG_FILE=/dev/stdout",
    "LOG_FILE=",
    "LOGIN_PATH=/login",
    "LOGO_FILE=/app/logo.png",
    "CHANGELOG_FILE=/app/CHANGELOG.md",
    "CATALOG_PATH=/srv/x",
    "NPM_CONFIG_LOGS_DIR=/tmp/npm",
    "KAFKA_LOG_DIRS=/var/lib/kafka",
    "LOG_OUTPUT=stdout",
  ])("trap: LOG_LEVEL is no path, nor is ENV %s a log", (entry) => {
    expect(variable(entry).status).toBe("pass");
  });

  test.each([
    "node x 2>&1",
    "node x > /dev/null",
    "echo a > /etc/motd",
    '[ -n "$X" ] && node x >> a.log',
    "cat a.log",
    "tee /etc/x",
  ])("%s", (script) => {
    expect(checkRule(logDestination, { image: shellFormImage(script) }).status).toBe("pass");
  });

  test("trap: a path that the image links to /dev/stdout, and a directory of such links", () => {
    const files = [{ path: "/var/log/nginx/access.log", type: "symlink", link: "/dev/stdout" } as const];
    expect(command("nginx --error-log=/var/log/nginx/access.log", { files }).status).toBe("pass");
    expect(command("nginx --log-dir=/var/log/nginx", { files }).status).toBe("pass");
    expect(command("nginx --log-dir=/var/log/other", { files }).status).toBe("fail");
    const elsewhere = [{ path: "/var/log/a.log", type: "symlink", link: "/data/a.log" } as const];
    expect(command("x --log-file=/var/log/a.log", { files: elsewhere }).status).toBe("fail");
  });
});

describe("each option that names a file or folder of logs", () => {
  test.each([
    ..."--log-file --logfile --log.file --log_file --logs-file --logging-file --logging.file.name --log-file-path".split(
      " ",
    ),
    ..."--log-path --logpath --log-dir --log-directory --log-error --app.log-file --my-log-dir --access-log".split(
      " ",
    ),
    ..."--access-logfile --access-log-path --error-log --error-log-file --out-log --audit-log --logto --logto2".split(
      " ",
    ),
    ..."-logfile -Dlogging.file.name -Dlog.dir --LOG-FILE".split(" "),
  ])("%s", (name) => {
    expect(command(`myapp ${name}=/srv/x.log`)).toMatchObject({ status: "fail", presumed: true });
  });

  test.each([
    ..."--log --logs --log-files --log-level --log-filter --logto3 --catalog-file --mylog-file".split(" "),
    ..."--access-logs --access-log-format --in-log log-file --blog-dir --login-path".split(" "),
  ])("%s names none", (name) => {
    expect(command(`myapp ${name}=/srv/x`)).toMatchObject({ status: "pass" });
  });
});

describe("each variable that names a file or folder of logs", () => {
  test.each([
    ..."LOG_FILE LOGFILE LOG_FILE_NAME LOG_FILENAME LOG_FILE_PATH LOG_PATH LOGPATH LOG_DIR LOG_DIRECTORY LOG_FOLDER".split(
      " ",
    ),
    ..."LOGS_DIR LOGGING_FILE MY_APP_LOG_FILE log_file CATALINA_OUT".split(" "),
  ])("%s", (name) => {
    expect(variable(`${name}=/srv/x.log`)).toMatchObject({ status: "fail" });
  });

  test.each([
    ..."LOG LOG_FILES LOG_FILE_X BLOG_FILE LOGIN_FILE LOG__FILE MYCATALINA_OUT CATALINA_OUT_X _LOG_FILE".split(
      " ",
    ),
    ..."NPM_LOG_DIR YARN_LOG_FILE PIP_LOG_FILE COMPOSER_LOG_DIR pip_log_file".split(" "),
  ])("%s names none", (name) => {
    expect(variable(`${name}=/srv/x.log`)).toMatchObject({ status: "pass" });
  });

  test("a tool's name within another is the application's", () => {
    expect(variable("MY_PIP_LOG_FILE=/srv/x.log").status).toBe("fail");
  });
});

describe("what is written to", () => {
  test.each([
    "node x > a.log",
    "node x >> a.log",
    "node x 1> a.log",
    "node x 2>> a.log",
    "node x &> a.log",
    "node x &>> a.log",
    "node x >| a.log",
    "node x >& a.log",
    "node x > server.out",
    "node x > server.err",
    "node x > logs/x",
    "node x > /srv/log/x",
    "node x | tee a.log",
    "node x | /usr/bin/tee -a logs/x",
  ])("%s", (text) => {
    expect(checkRule(logDestination, { image: shellFormImage(text) }).status).toBe("fail");
  });

  test.each([
    "node x < a.log",
    "node x 3> a.log",
    "node x > a.logs",
    "node x > outer",
    "node x > blogs/x",
    "node x > a.log.txt",
    "node x | tee x",
    "node x | teed a.log",
    "node x > /dev/stdout",
    "node x --log-file /dev/fd/1",
    "node x --log-file /dev/tty",
    "node x --log-file /dev/console",
    "node x --log-file /proc/self/fd/2",
    "node x --log-file '/proc/$$/fd/1'",
  ])("trap: %s", (text) => {
    expect(checkRule(logDestination, { image: shellFormImage(text) }).status).toBe("pass");
  });

  test.each(["/dev/stdouts", "/dev/fd/3", "/x/dev/stdout", "/proc/2/fd/1", "/proc/1/fd/3", "/proc/1/fd/12"])(
    "%s is no stream",
    (path) => {
      expect(command(`myapp --log-file=${path}`).status).toBe("fail");
    },
  );
});

describe("a daemon's own configuration", () => {
  const NGINX =
    "user www-data;\nerror_log /var/log/nginx/error.log;\nhttp { access_log /var/log/nginx/access.log; }\n";
  const nginx = [{ path: "/etc/nginx/nginx.conf", content: NGINX }] as const;
  const main = (path: string, content: string) => [{ path, content }] as const;

  test.each([
    ["nginx -g daemon", nginx, "error_log"],
    ["nginx -c /etc/nginx/nginx.conf", nginx, "error_log"],
    ["httpd-foreground", main("/usr/local/apache2/conf/httpd.conf", "ErrorLog logs/error_log\n"), "ErrorLog"],
    [
      "apache2ctl -D FOREGROUND",
      main("/etc/apache2/apache2.conf", "ErrorLog ${APACHE_LOG_DIR}/error.log\n"),
      "ErrorLog",
    ],
    [
      "php-fpm8.4 -F",
      main("/etc/php/8.4/fpm/php-fpm.conf", "; x\nerror_log = /var/log/php8.4-fpm.log\n"),
      "error_log",
    ],
    ["php-fpm", main("/usr/local/etc/php-fpm.d/www.conf", "access.log = /var/log/www.log"), "access.log"],
    [
      "lighttpd -D -f /etc/lighttpd/lighttpd.conf",
      main("/etc/lighttpd/lighttpd.conf", 'server.errorlog = "/var/log/lighttpd/error.log"'),
      "server.errorlog",
    ],
    [
      "mosquitto -c /etc/mosquitto/mosquitto.conf",
      main("/etc/mosquitto/mosquitto.conf", "log_dest file /var/log/mosquitto/mosquitto.log"),
      "log_dest",
    ],
    [
      "redis-server /etc/redis/redis.conf",
      main("/etc/redis/redis.conf", "logfile /var/log/redis/redis-server.log"),
      "logfile",
    ],
  ])("%s: presumed to log into a file", (line, files, name) => {
    const outcome = command(line, { files });
    expect(outcome).toMatchObject({ status: "fail", presumed: true });
    const [finding] = outcome.status === "fail" ? outcome.findings : [];
    expect(finding?.message.en).toMatch(new RegExp(`^${name.replace(".", "\\.")} sends logs into a file: `));
    expect(finding?.at?.line).toBeGreaterThan(0);
    expect(finding?.remedy?.en).toMatch(/^Write `.+` in the configuration/);
  });

  test("a site that is enabled by a link", () => {
    const files = [
      { path: "/etc/apache2/sites-enabled/000.conf", type: "symlink", link: "../sites-available/000.conf" },
      { path: "/etc/apache2/sites-available/000.conf", content: 'CustomLog "/var/log/a.log" combined' },
      { path: "/etc/apache2/sites-available/other.conf", content: "CustomLog /var/log/other.log combined" },
      { path: "/etc/apache2/sites-enabled/gone.conf", type: "symlink", link: "/etc/gone.conf" },
    ] as const;
    expect(command("apache2 -DFOREGROUND", { files })).toMatchObject({
      findings: [
        {
          message: { en: "CustomLog sends logs into a file: /var/log/a.log" },
          remedy: { en: expect.stringContaining("`CustomLog /dev/stdout`") },
        },
      ],
    });
  });

  test.each([
    [
      "streams",
      "nginx",
      main("/etc/nginx/nginx.conf", "error_log stderr;\naccess_log /dev/stdout;\naccess_log off;"),
    ],
    [
      "syslog and a program",
      "httpd",
      main("/etc/httpd/conf/httpd.conf", 'ErrorLog syslog:local1\nCustomLog "|/bin/cat" common'),
    ],
    ["a comment", "nginx", main("/etc/nginx/nginx.conf", "# error_log /var/log/nginx/error.log;")],
    [
      "links to streams",
      "nginx",
      [
        ...nginx,
        { path: "/var/log/nginx/error.log", type: "symlink", link: "/dev/stderr" },
        { path: "/var/log/nginx/access.log", type: "symlink", link: "/dev/stdout" },
      ],
    ],
    ["another configuration", "nginx -c /app/nginx.conf", nginx],
    [
      "another configuration, after =",
      "php-fpm --fpm-config=/app/f.conf",
      main("/usr/local/etc/php-fpm.conf", "error_log = /x.log"),
    ],
    ["another program", "node server.js", nginx],
    [
      "a daemon that has to be told its configuration",
      "redis-server",
      main("/etc/redis/redis.conf", "logfile /x.log"),
    ],
    [
      "a file beside a configuration that includes none",
      "redis-server /etc/redis/redis.conf",
      main("/etc/redis/other.conf", "logfile /x.log"),
    ],
    ["no file", "redis-server /etc/redis/redis.conf", main("/etc/redis/redis.conf", 'logfile ""')],
    ["a configuration that is not shown", "nginx", [{ path: "/etc/nginx/nginx.conf" }]],
  ] as const)("trap: %s", (_, line, files) => {
    expect(command(line, { files }).status).toBe("pass");
  });
});
