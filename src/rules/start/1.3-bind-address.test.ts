import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { packageStart, startScript } from "../../../test/fixtures/start-script.ts";
import { bindAddress } from "./1.3-bind-address.ts";

function command(line: string, env: readonly string[] = []) {
  return checkRule(bindAddress, { image: imageFacts({ config: { cmd: line.split(" "), env } }) });
}

describe("presumed: the application listens on localhost", () => {
  test.each([
    "app --host=127.0.0.1",
    "app --bind localhost:8000",
    "app --listen-address [::1]:9090",
    "gunicorn -b 127.0.0.1:8000 app:app",
    "rails server -b localhost",
    "next start -H localhost",
    "php -S localhost:8000",
    "php -S localhost:8000 -t public",
    "python manage.py runserver --noreload 127.0.0.1:8000",
    "java -Dserver.address=127.0.0.1 -jar x.jar",
    "java -jar x.jar --server.address=localhost",
    "npx vite preview --host 127.0.0.1",
    "tini -- uvicorn app:app --host 127.0.0.1",
    "mysqld --bind-address=127.0.0.1",
  ])("%s", (line) => {
    expect(command(line)).toMatchObject({
      status: "fail",
      presumed: true,
      findings: [{ at: { path: "config.Cmd" } }],
    });
  });

  test.each([
    "HOST=localhost",
    "BIND_ADDR=127.0.0.1:8080",
    "FLASK_RUN_HOST=127.0.0.1",
    "ASPNETCORE_URLS=http://localhost:5000;https://localhost:5001",
    "SERVER_ADDRESS=127.0.0.1",
    "GUNICORN_CMD_ARGS=--bind=127.0.0.1:8000 --workers=3",
    "JAVA_TOOL_OPTIONS=-Xmx1g -Dserver.address=127.0.0.1",
  ])("ENV %s", (entry) => {
    expect(command("app", [entry])).toMatchObject({ status: "fail", presumed: true });
  });

  test("in the script of a package", () => {
    const image = packageStart("next start -H localhost");
    expect(checkRule(bindAddress, { image }).status).toBe("fail");
  });

  test("in a script, with its line and the address to write", () => {
    expect(checkRule(bindAddress, { image: startScript("exec app --bind=127.0.0.1:9000") })).toMatchObject({
      findings: [{ at: { line: 2 }, remedy: { en: "Give 0.0.0.0:9000 to --bind." } }],
    });
  });
});

describe("traps: the application is open, or a client", () => {
  test.each([
    ["app --host=0.0.0.0", []],
    ["app --bind :8080", []],
    ["app --host", []],
    ["app --host $HOST", []],
    ["gunicorn -b 127.0.0.1:8000 -b 0.0.0.0:8001 app", []],
    ["python manage.py runserver", []],
    ["python manage.py runserver 8000", []],
    ["python manage.py migrate --host 127.0.0.1x", []],
    ["manage.py check", []],
    ["app -b localhost", []],
    ["app --db-host=localhost --redis-host 127.0.0.1", []],
    ["psql --host localhost", []],
    ["redis-cli -h 127.0.0.1", []],
    ["mysql --host=127.0.0.1", []],
    ["curl --interface localhost", []],
    ["app --host 0.0.0.0", ["HOST=localhost"]],
    ["app", ["ASPNETCORE_URLS=http://localhost:5000;http://*:80"]],
    ["app", ["HOST=0.0.0.0"]],
    ["app", ["HOST="]],
    ["app", ["JAVA_OPTS=-Xmx1g"]],
  ])("%s %j", (line, env) => {
    expect(command(line, env)).toMatchObject({ status: "pass" });
  });

  test.each([
    "DB_HOST=localhost",
    "PGHOST=127.0.0.1",
    "REDIS_HOST=localhost",
    "SMTP_HOST=localhost",
    "HOSTNAME=localhost",
  ])("trap: *_HOST of a client is no bind: %s", (entry) => {
    expect(command("app", [entry]).status).toBe("pass");
  });

  test("a branch that may never run", () => {
    const image = startScript('if [ -n "$DEBUG" ]; then app --host 127.0.0.1; fi\nexec app');
    expect(checkRule(bindAddress, { image }).status).toBe("pass");
  });
});
