import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { type FileSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { packageStart, shellFormImage } from "../../../test/fixtures/start-script.ts";
import { defaultBind } from "./1.3-default-bind.ts";

function check(line: string, env: readonly string[] = [], files: readonly FileSketch[] = []) {
  return checkRule(defaultBind, { image: imageFacts({ config: { cmd: line.split(" "), env }, files }) });
}

describe("presumed: a server is left to its default, localhost", () => {
  test("in the script of a package", () => {
    expect(checkRule(defaultBind, { image: packageStart("vite preview") }).status).toBe("fail");
  });

  test.each([
    "flask run",
    "flask --app x run --port 80",
    "python -m flask run",
    "quart run",
    "uvicorn app:app --port 80",
    "python -m uvicorn app:app",
    "hypercorn app:app",
    "gunicorn app:app --workers 4",
    "daphne app.asgi:application",
    "granian --interface asgi app:app",
    "fastapi dev",
    "litestar run",
    "sanic app",
    "python manage.py runserver",
    "python manage.py runserver 8000 --noreload",
    "mkdocs serve",
    "npx vite preview",
    "node_modules/.bin/vite",
    "astro preview",
    "ng serve",
    "gatsby serve",
    "json-server db.json",
    "php artisan serve",
    "hugo server",
    "jekyll serve",
    "bundle exec rails server",
    "bin/rails s",
    "rackup",
  ])("%s", (line) => {
    expect(check(line)).toMatchObject({
      status: "fail",
      presumed: true,
      findings: [{ remedy: { en: expect.stringContaining("Write `") } }],
    });
  });
});

test.each([
  ["--workers 4 --timeout 60", "fail"],
  ["", "fail"],
  ["--workers 4 --bind=0.0.0.0:8000", "pass"],
  ["-b :8000", "pass"],
  ["--workers 4 $MORE", "pass"],
])("gunicorn, of which GUNICORN_CMD_ARGS holds %j: %s", (args, status) => {
  expect(check("gunicorn app:app", [`GUNICORN_CMD_ARGS=${args}`]).status).toBe(status);
});

describe("traps: an address is given, or the default is open", () => {
  test.each([
    ["flask run --host=0.0.0.0", []],
    ["flask run -h 0.0.0.0", []],
    ["flask db upgrade", []],
    ["flask run", ["FLASK_RUN_HOST=0.0.0.0"]],
    ["uvicorn app:app --host 0.0.0.0", []],
    ["uvicorn app:app --uds /tmp/s", []],
    ["gunicorn -b :8000 app:app", []],
    ["gunicorn app:app", ["PORT=8080"]],
    ["gunicorn -c conf.py app:app", []],
    ["gunicorn --version", []],
    ["manage.py runserver 0.0.0.0:8000", []],
    ["manage.py runserver 0:8000", []],
    ["manage.py runserver [::]:8000", []],
    ["manage.py migrate", []],
    ["vite preview --host", []],
    ["vite build", []],
    ["rails server -b 0.0.0.0", []],
    ["rails server", ["RAILS_ENV=production"]],
    ["rails db:migrate", []],
    ["rackup -E production", []],
    ["puma", []],
    ["waitress-serve app:app", []],
    ["next start", []],
    ["fastapi run", []],
    ["serve -s dist", []],
    ["http-server dist", []],
    ["node server.js", []],
    ["constructor", []],
  ])("%s %j", (line, env) => {
    expect(check(line, env).status).toBe("pass");
  });

  test("an assignment before the command, and arguments that the script hands on", () => {
    expect(checkRule(defaultBind, { image: shellFormImage("FLASK_RUN_HOST=0.0.0.0 flask run") }).status).toBe(
      "pass",
    );
    expect(
      checkRule(defaultBind, { image: shellFormImage("exec uvicorn app:app $UVICORN_ARGUMENTS") }).status,
    ).toBe("pass");
  });

  test("a configuration in the working directory that names an address", () => {
    const file = (path: string, content: string) => check("vite preview", [], [{ path, content }]).status;
    expect(file("/app/vite.config.ts", "preview: { host: true }")).toBe("pass");
    expect(file("/app/vite.config.ts", "plugins: []")).toBe("fail");
    expect(file("/other/vite.config.ts", "preview: { host: true }")).toBe("fail");
    expect(file("/app/notes.txt", "host")).toBe("fail");
    expect(
      check("gunicorn app:app", [], [{ path: "/app/gunicorn.conf.py", content: "bind = ':80'" }]).status,
    ).toBe("pass");
    expect(check("gunicorn app:app", [], [{ path: "/app/gunicorn.conf.py" }]).status).toBe("fail");
    expect(
      check("gunicorn a", [], [{ path: "/app/gunicorn.conf.py", content: "bind", hidden: true }]).status,
    ).toBe("fail");
  });
});
