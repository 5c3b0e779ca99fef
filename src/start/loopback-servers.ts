import { commandName } from "../shell/wrappers.ts";

/** A server that listens on localhost by default. */
export interface LoopbackServer {
  /** Program, with the arguments by which it serves. */
  readonly command: readonly string[];
  /** Arguments that set an address, or a configuration that may set one. */
  readonly told: RegExp;
  /** Variables that set an address, or a configuration that may set an address. */
  readonly variables: readonly string[];
  /** Command line to use. */
  readonly remedy: string;
}

type Line = readonly [command: string, told: RegExp, variables: string, remedy: string];

const HOST = /^--host(?:=|$)/;
const HOST_H = /^(?:--host(?:=|$)|-H)/;
const BIND = /^(?:-b|--bind|-c|--config)/;

/** Defaults by each project's documentation; of several entries for one program, the first match counts. */
const LINES: readonly Line[] = [
  ["flask run", /^(?:--host(?:=|$)|-h)/, "FLASK_RUN_HOST", "flask run --host=0.0.0.0"],
  ["quart run", /^(?:--host(?:=|$)|-h)/, "", "quart run --host=0.0.0.0"],
  ["uvicorn", /^--(?:host|uds|fd)(?:=|$)/, "UVICORN_HOST UVICORN_UDS UVICORN_FD", "uvicorn --host 0.0.0.0"],
  ["hypercorn", BIND, "", "hypercorn --bind 0.0.0.0:8000"],
  // If PORT is set, gunicorn's default is 0.0.0.0:$PORT.
  ["gunicorn", BIND, "PORT GUNICORN_CMD_ARGS", "gunicorn --bind 0.0.0.0:8000"],
  ["daphne", /^(?:-b|--bind|-u|--unix-socket|--fd|-e|--endpoint)/, "", "daphne -b 0.0.0.0"],
  ["granian", /^--(?:host|uds)(?:=|$)/, "GRANIAN_HOST", "granian --host 0.0.0.0"],
  ["fastapi dev", HOST, "", "fastapi run"],
  ["litestar run", /^(?:--host(?:=|$)|-H|--uds|--fd|-U)/, "LITESTAR_HOST", "litestar run --host 0.0.0.0"],
  ["sanic", /^(?:--host(?:=|$)|-H|--unix|-u)/, "SANIC_HOST", "sanic --host=0.0.0.0"],
  ["manage runserver", /^(?:\S*:\d+|0)$/, "", "manage.py runserver 0.0.0.0:8000"],
  ["mlflow server", /^(?:--host(?:=|$)|-h)/, "MLFLOW_HOST", "mlflow server --host 0.0.0.0"],
  ["mlflow ui", /^(?:--host(?:=|$)|-h)/, "MLFLOW_HOST", "mlflow server --host 0.0.0.0"],
  ["datasette serve", /^(?:--host(?:=|$)|-h|--uds)/, "", "datasette serve --host 0.0.0.0"],
  ["tensorboard", /^--(?:host|bind_all)(?:=|$)/, "", "tensorboard --bind_all"],
  ["mkdocs serve", /^(?:-a|--dev-addr|-f|--config-file)/, "", "mkdocs serve --dev-addr=0.0.0.0:8000"],
  ["vite preview", HOST, "", "vite preview --host 0.0.0.0"],
  ["vite", /^(?:--host(?:=|$)|build$|optimize$)/, "", "vite preview --host 0.0.0.0"],
  ["astro preview", HOST, "", "astro preview --host 0.0.0.0"],
  ["astro dev", HOST, "", "astro preview --host 0.0.0.0"],
  ["ng serve", HOST, "", "ng serve --host 0.0.0.0"],
  ["gatsby serve", HOST_H, "", "gatsby serve --host 0.0.0.0"],
  ["json-server", HOST_H, "HOST", "json-server --host 0.0.0.0"],
  ["artisan serve", HOST, "SERVER_HOST", "php artisan serve --host=0.0.0.0"],
  ["hugo server", /^--bind(?:=|$)/, "", "hugo server --bind 0.0.0.0"],
  ["jekyll serve", HOST_H, "", "jekyll serve --host 0.0.0.0"],
  // Both commands of Rails listen on localhost in development mode, their default.
  [
    "rails server",
    /^(?:-b|--binding|-e|--environment)/,
    "BINDING HOST RAILS_ENV RACK_ENV",
    "rails server -b 0.0.0.0",
  ],
  [
    "rails s",
    /^(?:-b|--binding|-e|--environment)/,
    "BINDING HOST RAILS_ENV RACK_ENV",
    "rails server -b 0.0.0.0",
  ],
  ["rackup", /^(?:-o|--host|-E|--env)/, "RACK_ENV RAILS_ENV", "rackup -o 0.0.0.0"],
];

const SERVERS: readonly LoopbackServer[] = LINES.map(([command, told, variables, remedy]) => ({
  command: command.split(" "),
  told,
  variables: variables.split(" "),
  remedy,
}));

/** Server in these words, if it listens on localhost by default. */
export function loopbackServer(words: readonly string[]): LoopbackServer | undefined {
  if (words.some((word) => /^(?:--help|--version|-v|-V)$/.test(word))) return undefined;
  const name = commandName(words[0]);
  return SERVERS.find(
    ({ command: [program, ...verbs] }) => program === name && verbs.every((verb) => words.includes(verb, 1)),
  );
}
