import { describe, expect, test } from "vitest";
import { loopbackServer } from "./loopback-servers.ts";

/** Each server: its command line, an address that counts, one that does not, and its variables. */
const SERVERS: readonly (readonly [
  line: string,
  told: readonly string[],
  untold: readonly string[],
  variables: string,
])[] = [
  ["flask run", ["--host", "--host=x", "-h"], ["--hosts", "x--host", "-p"], "FLASK_RUN_HOST"],
  ["quart run", ["--host", "--host=x", "-h"], ["--hosts", "x--host", "-p"], ""],
  [
    "uvicorn app:app",
    ["--host", "--uds=x", "--fd=3"],
    ["--hostx", "x--host", "--port"],
    "UVICORN_HOST UVICORN_UDS UVICORN_FD",
  ],
  ["hypercorn app", ["-b", "--bind=x", "-c", "--config"], ["x-b", "--access-logfile"], ""],
  ["gunicorn app", ["-b", "--bind", "-c", "--config=x"], ["x--bind", "--workers"], "PORT GUNICORN_CMD_ARGS"],
  ["daphne app", ["-b", "--bind", "-u", "--unix-socket", "--fd", "-e", "--endpoint"], ["x-b", "-p"], ""],
  ["granian app", ["--host", "--host=x", "--uds"], ["--hosts", "x--host", "--port"], "GRANIAN_HOST"],
  ["fastapi dev", ["--host", "--host=x"], ["--hosts", "x--host"], ""],
  ["litestar run", ["--host", "--host=x", "-H", "--uds", "--fd", "-U"], ["--hosts", "x-H"], "LITESTAR_HOST"],
  ["sanic app", ["--host", "--host=x", "-H", "--unix", "-u"], ["--hosts", "x-H", "-p"], "SANIC_HOST"],
  ["python manage.py runserver", ["0.0.0.0:8000", ":80", "0"], ["8000", "x:80y", "0x", "x 0"], ""],
  ["mkdocs serve", ["-a", "--dev-addr=x", "-f", "--config-file"], ["x-a", "--livereload"], ""],
  ["vite preview", ["--host", "--host=x"], ["--hosts", "x--host"], ""],
  ["vite", ["--host", "--host=x", "build", "optimize"], ["--hosts", "builds", "x--host", "xbuild"], ""],
  ["astro preview", ["--host", "--host=x"], ["--hosts"], ""],
  ["astro dev", ["--host", "--host=x"], ["--hosts"], ""],
  ["ng serve", ["--host", "--host=x"], ["--hosts"], ""],
  ["gatsby serve", ["--host", "--host=x", "-H"], ["--hosts", "x--host", "x-H"], ""],
  ["json-server db.json", ["--host", "-H"], ["--hosts"], "HOST"],
  ["php artisan serve", ["--host"], ["--hosts"], "SERVER_HOST"],
  ["hugo server", ["--bind", "--bind=x"], ["--binds", "x--bind"], ""],
  ["jekyll serve", ["--host", "-H"], ["--hosts"], ""],
  [
    "rails server",
    ["-b", "--binding", "-e", "--environment=x"],
    ["x-b", "-p"],
    "BINDING HOST RAILS_ENV RACK_ENV",
  ],
  ["rails s", ["-b", "--binding", "-e", "--environment"], ["x-b", "-p"], "BINDING HOST RAILS_ENV RACK_ENV"],
  ["rackup", ["-o", "--host", "-E", "--env"], ["x-o", "-p"], "RACK_ENV RAILS_ENV"],
];

function serverOf(line: string) {
  const words = line.split(" ").filter((word) => word !== "python" && word !== "php");
  return loopbackServer(words);
}

describe.each(SERVERS)("%s listens on localhost", (line, told, untold, variables) => {
  test("until an argument tells it otherwise", () => {
    const server = serverOf(line);
    expect(told.filter((word) => server?.told.test(word) !== true)).toEqual([]);
    expect(untold.filter((word) => server?.told.test(word) === true)).toEqual([]);
  });

  test("or a variable does, and says what to write", () => {
    const server = serverOf(line);
    expect(server?.variables.join(" ")).toBe(variables);
    expect(server?.remedy).toMatch(/0\.0\.0\.0|^fastapi run$/);
    expect(server?.remedy.split(/[ .]/)[0]).toBe(line.replace(/^python /, "").split(/[ .]/)[0]);
  });
});

test.each([
  "flask routes",
  "flask --version",
  "flask run --help",
  "uvicorn -v",
  "uvicorn -V",
  "fastapi run",
  "manage.py migrate",
  "mkdocs build",
  "astro build",
  "ng build",
  "gatsby build",
  "artisan migrate",
  "hugo",
  "jekyll build",
  "rails console",
  "run flask",
  "node server.js",
])("%s does not", (line) => {
  expect(serverOf(line)).toBeUndefined();
});

test("`-v` within another word asks for no version", () => {
  expect(serverOf("uvicorn --verbose")).toBeDefined();
  expect(serverOf("uvicorn x-v")).toBeDefined();
});
