import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { packageStart, shellFormImage, startScript } from "../../../test/fixtures/start-script.ts";
import { writableRoot } from "./1.2-writable-root.ts";

function command(line: string, volumes: readonly string[] = []) {
  return checkRule(writableRoot, { image: imageFacts({ config: { cmd: line.split(" "), volumes } }) });
}

function variable(entry: string) {
  return checkRule(writableRoot, { image: imageFacts({ config: { env: [entry] } }) });
}

describe("presumed: the root file system is written", () => {
  test.each([
    ["prometheus --storage.tsdb.path=/prometheus", "/prometheus"],
    ["app --data-dir=/var/lib/x", "/var/lib/x"],
    ["app --upload-dir uploads/", "/app/uploads"],
    ["app --pid-file=/run/app/x.pid", "/run/app"],
    ["app --log-file=/var/log/x/app.log", "/var/log/x"],
    ["java -Djava.io.tmpdir=/srv/t -jar x.jar", "/srv/t"],
  ])("%s needs a mount at %s", (line, mount) => {
    expect(command(line)).toMatchObject({
      status: "fail",
      presumed: true,
      findings: [{ remedy: { en: expect.stringContaining(`emptyDir volume at ${mount} in`) } }],
    });
  });

  test.each([
    "UPLOAD_DIR=/app/uploads",
    "DATA_DIR=/data/",
    "PIDFILE=/run/x.pid",
    "TMPDIR=/app/tmp",
    "DATABASE_URL=sqlite:////app/db.sqlite3",
    "DATABASE_URL=file:./dev.db?mode=rwc",
  ])("ENV %s", (entry) => {
    expect(variable(entry)).toMatchObject({ status: "fail", presumed: true });
  });

  test.each([
    ["sed -i 's/a/b/' /etc/app.conf", "/etc/app.conf"],
    ["sed -i -e s/a/b/ conf", "/app/conf"],
    ["envsubst < a.tpl > /usr/share/nginx/html/env.js", "/usr/share/nginx/html/env.js"],
    ["touch /app/ready", "/app/ready"],
    ["cp -r /a /b /etc/x/", "/etc/x"],
    ["echo x | tee -a /etc/hosts", "/etc/hosts"],
  ])("a start script: %s", (script, path) => {
    expect(checkRule(writableRoot, { image: startScript(script) })).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining(`: ${path}`) }, at: { line: 2 } }],
    });
  });

  test("the script of a package", () => {
    const image = packageStart("node server.js --data-dir=/var/lib/x");
    expect(checkRule(writableRoot, { image }).status).toBe("fail");
  });

  test("not a log path that the image links to a stream", () => {
    const config = { env: ["LOG_FILE=/var/log/app/app.log"] };
    const link = { path: "/var/log/app/app.log", type: "symlink", link: "/dev/stdout" } as const;
    const status = (files: readonly (typeof link)[]) =>
      checkRule(writableRoot, { image: imageFacts({ config, files }) }).status;
    expect([status([]), status([link])]).toEqual(["fail", "pass"]);
  });

  test("and a script's flags name the script", () => {
    expect(checkRule(writableRoot, { image: startScript("app --data-dir=/d/x") })).toMatchObject({
      findings: [{ at: { line: 2 } }],
    });
  });
});

describe("noted only", () => {
  test.each([
    "mkdir -p /app/cache",
    "chown app /app/data",
    "chmod 755 /app/x",
    "ln -s /a /app/b",
    '[ -n "$X" ] && sed -i s/a/b/ /etc/x',
    "if [ -f /y ]; then echo a > /etc/x; fi",
  ])("%s", (script) => {
    const outcome = checkRule(writableRoot, { image: shellFormImage(script) });
    expect(outcome.status).toBe("pass");
    expect(outcome.notes).toHaveLength(1);
  });

  test("a cache, which the build may have warmed", () => {
    expect(variable("CACHE_DIR=/app/cache").notes).toHaveLength(1);
  });
});

describe("traps: nothing is written to the root file system", () => {
  test.each([
    "app --data-dir=/tmp/x",
    "app --data-dir=/dev/shm/x",
    "app --data-dir=",
    "app --data-dir=$DIR",
    "app --data-path=s3://bucket/x",
    "app --database=x/y",
    "app --log-file=/tmp/a.log",
    "app --pidfile /tmp/x.pid",
  ])("%s", (line) => {
    expect(command(line)).toMatchObject({ status: "pass", notes: [] });
  });

  test.each([
    "TESSDATA_PREFIX=/usr/share/tessdata",
    "NLTK_DATA_DIR=/usr/local/share/nltk",
    "DATA_DIR=/opt/app/reference",
    "METADATA_PATH=/x/y",
    "DATABASE_URL=postgres://db/app",
    "DATA_DIR=data",
    "PATH=/usr/bin",
  ])("ENV %s", (entry) => {
    expect(variable(entry)).toMatchObject({ status: "pass", notes: [] });
  });

  test("a declared VOLUME stays writable", () => {
    expect(command("app --data-dir=/var/lib/x/y", ["/var/lib/x"]).status).toBe("pass");
  });

  test.each([
    [
      "nginx's 10-listen-on-ipv6 handles the failure",
      "touch /etc/nginx/conf.d/default.conf 2>/dev/null || { echo 'can not modify'; exit 0; }",
    ],
    ["nginx's scripts ask first", 'if [ ! -w "/etc/nginx/conf.d" ]; then exit 0; fi'],
    ["a failure that does not matter", "chown app /data || true"],
    ["sed that prints", "sed 's/a/b/' /etc/x > /tmp/x"],
    ["streams and /tmp", "echo a >&2; echo b > /dev/stderr; cp /etc/x /tmp/x; mkdir -p /tmp/a"],
    ["paths that the script computes", 'mkdir -p "$DIR"; echo x > "$FILE"; touch `x`'],
    ["reading", "cat < /etc/x; . /etc/profile"],
  ])("%s", (_, script) => {
    expect(checkRule(writableRoot, { image: startScript(script) })).toMatchObject({
      status: "pass",
      notes: [],
    });
  });

  test("nginx's sed behind the test of writability is a note at most", () => {
    const script =
      "touch /etc/nginx/conf.d/d.conf 2>/dev/null || exit 0\nsed -i -E s/a/b/ /etc/nginx/conf.d/d.conf";
    expect(checkRule(writableRoot, { image: startScript(script) }).status).toBe("pass");
  });
});
