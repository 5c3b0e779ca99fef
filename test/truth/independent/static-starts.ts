import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { image } from "../given/image.ts";

/** Presumptions from an image's start about rows 5, 6, 8, 10 and 12 without a trial: `no`, or nothing. */
export const cases: Cases = [
  // Row 6, and with it row 5: a log on the root file system.
  refuted("--log-file=/var/log/myapp.log", "stdout-logs", "the contract's own example", {
    Cmd: ["myapp", "--log-file=/var/log/myapp.log"],
  }),
  refuted("gunicorn with an access log file", "stdout-logs", "the access log goes to a file", {
    Cmd: ["gunicorn", "--access-logfile", "/var/log/gunicorn/access.log", "app:app"],
  }),
  refuted("uwsgi's --logto", "stdout-logs", "all output goes to a file", {
    Cmd: ["uwsgi", "--http", ":8080", "--logto", "/var/log/uwsgi.log", "--module", "app"],
  }),
  refuted("celery's --logfile", "stdout-logs", "the worker's log goes to a file", {
    Cmd: ["celery", "-A", "app", "worker", "--logfile=/var/log/celery/worker.log"],
  }),
  refuted("output redirected by a shell", "stdout-logs", "the shell sends stdout to a file", {
    Cmd: ["sh", "-c", "exec node server.js >> /var/log/app.log 2>&1"],
  }),
  refuted("Spring's LOGGING_FILE_NAME", "stdout-logs", "Spring writes its log to the file", {
    Cmd: ["java", "-jar", "/app/app.jar"],
    Env: ["LOGGING_FILE_NAME=/var/log/app/spring.log"],
  }),
  refuted("java with -Dlogging.file.name", "stdout-logs", "Spring writes its log to the file", {
    Cmd: ["java", "-Dlogging.file.name=/app/logs/app.log", "-jar", "/app/app.jar"],
  }),
  refuted("mongod's --logpath", "stdout-logs", "mongod writes its log to the file", {
    Cmd: ["mongod", "--bind_ip_all", "--logpath", "/var/log/mongodb/mongod.log"],
  }),
  open("gunicorn's access log on stdout", ["stdout-logs", "read-only-root"], "`-` is stdout", {
    Cmd: ["gunicorn", "--access-logfile", "-", "--error-logfile", "-", "--bind", "0.0.0.0:8080", "app:app"],
  }),
  open("--log-file=/dev/stdout", ["stdout-logs", "read-only-root"], "the log goes to stdout", {
    Cmd: ["myapp", "--log-file=/dev/stdout"],
  }),
  open("--log-level=debug", ["stdout-logs", "twelve-factor"], "a level is no file", {
    Cmd: ["myapp", "--log-level=debug"],
  }),
  open("--log-format=json", ["stdout-logs"], "a format is no file", { Cmd: ["myapp", "--log-format=json"] }),
  open("redis with an empty log file", ["stdout-logs"], "an empty name is stdout in redis", {
    Cmd: ["redis-server", "--logfile", "", "--bind", "0.0.0.0"],
  }),
  open("output copied to stderr", ["stdout-logs"], "a descriptor is no file", {
    Cmd: ["sh", "-c", "exec node server.js 2>&1"],
  }),
  open("--catalog-file=/app/catalog.json", ["stdout-logs"], "catalog is not log", {
    Cmd: ["myapp", "--catalog-file=/app/catalog.json"],
  }),
  // Row 8.
  bound("gunicorn on 127.0.0.1", { Cmd: ["gunicorn", "--bind", "127.0.0.1:8000", "app:app"] }),
  bound("gunicorn -b localhost", { Cmd: ["gunicorn", "-b", "localhost:8000", "app:app"] }),
  bound("uvicorn on localhost", { Cmd: ["uvicorn", "app:app", "--host", "localhost", "--port", "8000"] }),
  bound("uvicorn with nothing said, which is 127.0.0.1", { Cmd: ["uvicorn", "app:app"] }),
  bound("flask with nothing said, which is 127.0.0.1", { Cmd: ["flask", "--app", "app", "run"] }),
  bound("Django's runserver with nothing said", { Cmd: ["python", "manage.py", "runserver"] }),
  bound("rails server on 127.0.0.1", { Cmd: ["bin/rails", "server", "-b", "127.0.0.1"] }),
  bound("php's own server on localhost", { Cmd: ["php", "-S", "localhost:8080", "-t", "/app/public"] }),
  bound("HOST=127.0.0.1 for a node server", {
    Cmd: ["node", "/app/server.js"],
    Env: ["HOST=127.0.0.1", "PORT=8080"],
  }),
  bound("Spring's server.address", { Cmd: ["java", "-jar", "/app/app.jar", "--server.address=127.0.0.1"] }),
  bound("SERVER_ADDRESS of Spring in the environment", {
    Cmd: ["java", "-jar", "/app/app.jar"],
    Env: ["SERVER_ADDRESS=localhost"],
  }),
  bound("the IPv6 loopback", { Cmd: ["uvicorn", "app:app", "--host", "::1"] }),
  open("gunicorn on every address", ["bind-all"], "0.0.0.0 promises, and nothing was seen", {
    Cmd: ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"],
  }),
  open("uvicorn on every address", ["bind-all"], "0.0.0.0 promises, and nothing was seen", {
    Cmd: ["uvicorn", "app:app", "--host", "0.0.0.0"],
  }),
  open("flask on every address", ["bind-all"], "0.0.0.0 promises, and nothing was seen", {
    Cmd: ["flask", "--app", "app", "run", "--host=0.0.0.0"],
  }),
  open("runserver on every address", ["bind-all"], "0.0.0.0 promises, and nothing was seen", {
    Cmd: ["python", "manage.py", "runserver", "0.0.0.0:8000"],
  }),
  open("php's own server on every address", ["bind-all"], "0.0.0.0 promises, and nothing was seen", {
    Cmd: ["php", "-S", "0.0.0.0:8080", "-t", "/app/public"],
  }),
  open(
    "a database on localhost beside it",
    ["bind-all"],
    "the address of what is called is not the address that is bound",
    { Cmd: ["node", "/app/server.js"], Env: ["DATABASE_HOST=localhost", "REDIS_URL=redis://127.0.0.1:6379"] },
  ),
  open("NO_PROXY with localhost", ["bind-all"], "an exception of a proxy binds nothing", {
    Cmd: ["node", "/app/server.js"],
    Env: ["NO_PROXY=localhost,127.0.0.1"],
  }),
  open("an allowed host named localhost", ["bind-all"], "allowed names are no addresses", {
    Cmd: ["myapp", "--allowed-hosts=localhost,aides.example.fr"],
  }),
  open("a health check that asks localhost", ["bind-all"], "the check is a client", {
    Cmd: ["/app/server"],
    Healthcheck: { Test: ["CMD", "wget", "-qO-", "http://localhost:8080/healthz"] },
  }),
  // Row 10 by itself.
  refuted("nodemon", "twelve-factor", "nodemon restarts on changes of files: development", {
    Cmd: ["nodemon", "server.js"],
  }),
  refuted("nodemon through npx", "twelve-factor", "npx runs nodemon", {
    Cmd: ["npx", "nodemon", "server.js"],
  }),
  refuted("node --inspect", "twelve-factor", "a debugger's port is open", {
    Cmd: ["node", "--inspect=0.0.0.0:9229", "/app/server.js"],
  }),
  refuted("--inspect in NODE_OPTIONS", "twelve-factor", "a debugger's port is open", {
    Cmd: ["node", "/app/server.js"],
    Env: ["NODE_OPTIONS=--inspect"],
  }),
  refuted("debugpy", "twelve-factor", "a debugger's port is open", {
    Cmd: ["python", "-m", "debugpy", "--listen", "0.0.0.0:5678", "-m", "app"],
  }),
  refuted("flask in debug mode", "twelve-factor", "flask's debugger runs code that it is sent", {
    Cmd: ["flask", "--app", "app", "run", "--host=0.0.0.0", "--debug"],
  }),
  refuted("FLASK_DEBUG=1", "twelve-factor", "flask's debugger runs code that it is sent", {
    Cmd: ["flask", "--app", "app", "run", "--host=0.0.0.0"],
    Env: ["FLASK_DEBUG=1"],
  }),
  refuted("uvicorn --reload", "twelve-factor", "reloading on changes is development", {
    Cmd: ["uvicorn", "app:app", "--host", "0.0.0.0", "--reload"],
  }),
  refuted("the JVM's debug agent", "twelve-factor", "a debugger's port is open", {
    Cmd: [
      "java",
      "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005",
      "-jar",
      "/app/app.jar",
    ],
  }),
  refuted(
    "vite's development server",
    "twelve-factor",
    "vite without build or preview is its development server",
    { Cmd: ["npx", "vite", "--host", "0.0.0.0"] },
  ),
  refuted("next dev", "twelve-factor", "next dev is the development server", {
    Cmd: ["npx", "next", "dev", "-H", "0.0.0.0"],
  }),
  refuted(
    "Django's runserver on every address",
    "twelve-factor",
    "runserver is Django's development server, by its own word",
    { Cmd: ["python", "manage.py", "runserver", "0.0.0.0:8000"] },
  ),
  open(
    "SPRING_PROFILES_ACTIVE=dev",
    ["twelve-factor"],
    "the name of a profile selects configuration: a note",
    { Cmd: ["java", "-jar", "/app/app.jar"], Env: ["SPRING_PROFILES_ACTIVE=dev"] },
  ),
  open("next start", ["twelve-factor"], "next start serves what was built", {
    Cmd: ["npx", "next", "start", "-H", "0.0.0.0"],
  }),
  open("node with more memory", ["twelve-factor"], "--max-old-space-size is no debugger", {
    Cmd: ["node", "--max-old-space-size=512", "/app/server.js"],
  }),
  open(
    "an argument --inspector-off",
    ["twelve-factor"],
    "another flag than --inspect, of the program itself",
    { Cmd: ["/app/server", "--inspector-off"] },
  ),
  open("FLASK_DEBUG=0", ["twelve-factor"], "debug mode is switched off", {
    Cmd: ["flask", "--app", "app", "run", "--host=0.0.0.0"],
    Env: ["FLASK_DEBUG=0"],
  }),
  // Row 12.
  refuted("StopSignal SIGKILL", "stateless", "no orderly stop is possible", {
    Cmd: ["/app/server"],
    StopSignal: "SIGKILL",
  }),
  refuted("StopSignal 9", "stateless", "9 is SIGKILL", { Cmd: ["/app/server"], StopSignal: "9" }),
  open("StopSignal SIGQUIT", ["stateless"], "nginx stops in order at SIGQUIT", {
    Cmd: ["nginx", "-g", "daemon off;"],
    StopSignal: "SIGQUIT",
  }),
  open(
    "no StopSignal",
    ["stateless", "read-only-root", "stdout-logs", "bind-all", "twelve-factor", "health"],
    "SIGTERM is the default, and nothing was seen",
    { Cmd: ["/app/server"] },
  ),
];

type Config = Readonly<Record<string, unknown>>;

/** The row is `no`, and row 10, which is derived from it. */
function refuted(name: string, row: RowId, why: string, config: Config): Case {
  return {
    name,
    given: image({ config }),
    expect: { [row]: "no", "twelve-factor": "no", health: "unproven" },
    why,
  };
}

function bound(name: string, config: Config): Case {
  return refuted(name, "bind-all", "it listens on the loopback only", config);
}

/** A case whose rows are neither refuted nor proven. */
function open(name: string, rows: readonly RowId[], why: string, config: Config): Case {
  const expect = Object.fromEntries(rows.map((row): [RowId, Answer] => [row, "unproven"]));
  return { name, given: image({ config }), expect, trap: true, why };
}
