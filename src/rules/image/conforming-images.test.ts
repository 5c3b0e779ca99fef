import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { type ImageSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { startScript } from "../../../test/fixtures/start-script.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import { RULES } from "../index.ts";

/** The rules that an image alone can fail at run time. */
const RUNTIME = RULES.filter(
  ({ id, needs }) => id.startsWith("1.") && needs.every((kind) => kind === "image"),
);

function failing(image: ImageFacts): readonly string[] {
  return RUNTIME.filter((rule) => checkRule(rule, { image }).status === "fail").map(({ id }) => id);
}

function image(cmd: readonly string[], env: readonly string[], sketch: ImageSketch = {}): ImageFacts {
  return imageFacts({
    ...sketch,
    config: { cmd, env: ["PATH=/usr/local/bin:/usr/bin", ...env], ...sketch.config },
  });
}

const NGINX_UNPRIVILEGED = startScript(
  [
    "set -e",
    'if [ "$1" = nginx ] || [ "$1" = nginx-debug ]; then',
    "  if find /docker-entrypoint.d/ -type f -print -quit 2>/dev/null | read v; then",
    '    echo "$0: looking for scripts"',
    '    find /docker-entrypoint.d/ -follow -type f | sort | while read -r f; do "$f"; done',
    "  fi",
    "fi",
    'exec "$@"',
  ].join("\n"),
  {
    cmd: ["nginx", "-g", "daemon off;"],
    config: {
      user: "101",
      env: ["NGINX_VERSION=1.27.4", "PKG_RELEASE=1~bookworm", "NJS_VERSION=0.8.9"],
      stopSignal: "SIGQUIT",
    },
    files: [
      { path: "/var/log/nginx/access.log", type: "symlink", link: "/dev/stdout" },
      {
        path: "/etc/nginx/nginx.conf",
        content: "pid /tmp/nginx.pid;\nhttp { client_body_temp_path /tmp/c; include conf.d/*.conf; }",
      },
      {
        path: "/etc/nginx/conf.d/default.conf",
        content: "server { listen 8080; location /x { proxy_pass http://127.0.0.1:1; } }",
      },
    ],
  },
);

const POSTGRES = startScript(
  [
    "_main() {",
    '  if [ "${1:0:1}" = "-" ]; then set -- postgres "$@"; fi',
    '  if [ "$1" = postgres ]; then',
    '    if [ "$(id -u)" = 0 ]; then',
    '      chown postgres "$PGDATA"',
    '      exec gosu postgres "$BASH_SOURCE" "$@"',
    "    fi",
    '    if [ -z "$EXISTS" ]; then',
    '      pg_ctl -D "$PGDATA" -o "-c listen_addresses=localhost" start',
    '      psql --host localhost -c "select 1"',
    "    fi",
    "  fi",
    '  exec "$@"',
    "}",
    'if ! _is_sourced; then _main "$@"; fi',
  ].join("\n"),
  {
    cmd: ["postgres"],
    config: {
      user: "999",
      env: ["PG_VERSION=16.4-1.pgdg120+1", "PGDATA=/var/lib/postgresql/data", "GOSU_VERSION=1.17"],
      volumes: ["/var/lib/postgresql/data"],
      stopSignal: "SIGINT",
    },
  },
);

describe("images as they are built every day fail nothing", () => {
  test.each([
    [
      "a Node server",
      image(
        ["node", "server.js"],
        ["NODE_VERSION=24.15.0", "YARN_VERSION=1.22.22", "NODE_ENV=production", "HOST=0.0.0.0"],
      ),
    ],
    [
      "Next.js standalone",
      image(
        ["node", "server.js"],
        ["NODE_ENV=production", "HOSTNAME=0.0.0.0", "PORT=3000", "NEXT_TELEMETRY_DISABLED=1"],
        {
          files: [{ path: "/app/server.js", content: "process.env.HOSTNAME; require('next')" }],
        },
      ),
    ],
    [
      "a Node image's own entrypoint",
      startScript(
        'if [ "${1#-}" != "${1}" ] || [ -z "$(command -v "${1}")" ]; then\n  set -- node "$@"\nfi\nexec "$@"',
      ),
    ],
    [
      "Django under gunicorn",
      image(
        [
          "gunicorn",
          "app.wsgi",
          "--bind",
          "0.0.0.0:8000",
          "--access-logfile",
          "-",
          "--worker-tmp-dir",
          "/dev/shm",
        ],
        ["PYTHON_VERSION=3.13.2", "PYTHONUNBUFFERED=1", "DJANGO_SETTINGS_MODULE=app.settings"],
      ),
    ],
    [
      "FastAPI under uvicorn",
      image(
        ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "80"],
        ["GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D"],
      ),
    ],
    [
      "a start script that migrates first",
      startScript("set -e\npython manage.py migrate --noinput\nexec gunicorn app.wsgi --bind 0.0.0.0:8000", {
        cmd: [],
      }),
    ],
    [
      "Spring Boot",
      image(
        ["java", "-Xmx512m", "-jar", "/app/app.jar"],
        [
          "JAVA_HOME=/opt/java",
          "JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=75",
          "SPRING_PROFILES_ACTIVE=prod",
          "SERVER_PORT=8080",
        ],
      ),
    ],
    [
      "ASP.NET",
      image(
        ["dotnet", "App.dll"],
        ["ASPNETCORE_HTTP_PORTS=8080", "DOTNET_RUNNING_IN_CONTAINER=true", "ASPNETCORE_URLS=http://+:8080"],
      ),
    ],
    [
      "a Go binary on distroless",
      image(["/app"], ["SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"], {
        config: { user: "65532", cmd: ["/app"], env: ["SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"] },
      }),
    ],
    [
      "Rails in production",
      image(
        ["bin/rails", "server", "-b", "0.0.0.0"],
        ["RAILS_ENV=production", "RAILS_LOG_TO_STDOUT=1", "BUNDLE_PATH=/usr/local/bundle"],
      ),
    ],
    ["a Prisma deployment", startScript("npx prisma migrate deploy && exec node dist/main.js", { cmd: [] })],
    ["nginx-unprivileged", NGINX_UNPRIVILEGED],
    ["PostgreSQL with a numeric USER", POSTGRES],
  ])("%s", (_, facts) => {
    expect(failing(facts)).toEqual([]);
  });
});

test("the contract's own counter-example fails, in several rows", () => {
  const facts = image(["myapp", "--log-file=/var/log/myapp.log"], [], {
    config: { user: "", cmd: ["myapp", "--log-file=/var/log/myapp.log"] },
  });
  expect(failing(facts)).toEqual(["1.1-image-user", "1.2-log-destination", "1.2-writable-root"]);
});
