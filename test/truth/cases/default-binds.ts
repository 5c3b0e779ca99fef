// Row 8: servers that listen on localhost by default, by their own documentation.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { dockerfile } from "../given/folder.ts";
import type { LayerFiles } from "../given/given.ts";
import { image } from "../given/image.ts";

const DEFAULT = "1.3: its default is localhost, presumed.";
const TOLD = "It is told where to listen.";
const OPEN = "Its default is every address.";

const CONF = { "gunicorn.conf.py": 'bind = "0.0.0.0:8000"\n' };

export const cases: Cases = [
  ...server("gunicorn app:app", "no", DEFAULT),
  ...server("gunicorn -k uvicorn.workers.UvicornWorker --workers 4 app:app", "no", DEFAULT),
  ...server("python -m gunicorn app:app", "no", DEFAULT),
  ...server("uvicorn app:app --port 80", "no", DEFAULT),
  ...server("python -m uvicorn app:app", "no", DEFAULT),
  ...server("python -m flask --app portal run", "no", DEFAULT),
  ...server("flask run --port 8080", "no", DEFAULT),
  ...server("python manage.py runserver", "no", DEFAULT),
  ...server("hypercorn app:app", "no", DEFAULT),
  ...server("mlflow server --port 8080", "no", DEFAULT),
  ...server("npx vite preview", "no", DEFAULT),
  ...server("gunicorn -b 0.0.0.0:8000 app:app", "unproven", TOLD),
  ...server("gunicorn -b:8000 app:app", "unproven", TOLD),
  ...server("gunicorn --bind=:8000 app:app", "unproven", TOLD),
  ...server("gunicorn -c conf.py app:app", "unproven", TOLD),
  ...server("uvicorn app:app --host 0.0.0.0", "unproven", TOLD),
  ...server("uvicorn app:app --uds /tmp/app.sock", "unproven", TOLD),
  ...server("flask --app portal run -h 0.0.0.0", "unproven", TOLD),
  ...server("python manage.py runserver 0.0.0.0:8000", "unproven", TOLD),
  ...server("npx vite preview --host", "unproven", TOLD),
  ...server("npx next start", "unproven", OPEN),
  ...server("waitress-serve app:app", "unproven", OPEN),
  ...server("fastapi run app.py", "unproven", OPEN),
  ...server("python -m http.server", "unproven", OPEN),

  env("gunicorn app:app", "PORT=8000", "unproven", "With PORT, gunicorn's default is 0.0.0.0:$PORT."),
  env("gunicorn app:app", "GUNICORN_CMD_ARGS=--bind=0.0.0.0 --workers=4", "unproven", TOLD),
  env("gunicorn app:app", "GUNICORN_CMD_ARGS=--workers=4", "no", DEFAULT),
  env("uvicorn app:app", "UVICORN_HOST=0.0.0.0", "unproven", TOLD),
  env("uvicorn app:app", "UVICORN_PORT=8000", "no", DEFAULT),
  env("flask run", "FLASK_RUN_HOST=0.0.0.0", "unproven", TOLD),

  around("gunicorn.conf.py beside the Dockerfile", CONF, "unproven", "gunicorn reads it without being told."),
  around(
    "gunicorn.conf.py in a folder",
    { "app/gunicorn.conf.py": CONF["gunicorn.conf.py"] },
    "unproven",
    "It may be the working directory's.",
  ),
  around("another file beside the Dockerfile", { "app.py": "" }, "no", DEFAULT),
  inImage(
    "gunicorn.conf.py in the working directory",
    { "app/gunicorn.conf.py": CONF["gunicorn.conf.py"] },
    "unproven",
    TOLD,
  ),
  inImage("gunicorn.conf.py without an address", { "app/gunicorn.conf.py": "workers = 4\n" }, "no", DEFAULT),
];

function server(command: string, answer: Answer, why: string): Cases {
  return [inDockerfile(command, [], {}, answer, why, command), inImage(command, {}, answer, why, command)];
}

function env(command: string, variable: string, answer: Answer, why: string): Case {
  const [name, value] = [variable.split("=", 1)[0] ?? "", variable.slice(variable.indexOf("=") + 1)];
  return inDockerfile(command, [`ENV ${name}="${value}"`], {}, answer, why, `${command}, ${variable}`);
}

function around(name: string, tree: Readonly<Record<string, string>>, answer: Answer, why: string): Case {
  return inDockerfile("gunicorn app:app", ["COPY . ."], tree, answer, why, name);
}

function inDockerfile(
  command: string,
  lines: readonly string[],
  tree: Readonly<Record<string, string>>,
  answer: Answer,
  why: string,
  name: string,
): Case {
  const text = [
    "FROM python:3.13.1-alpine",
    "WORKDIR /app",
    "USER 1000",
    ...lines,
    `CMD ${JSON.stringify(command.split(" "))}`,
  ];
  return {
    name: `a Dockerfile: ${name}`,
    given: dockerfile(`${text.join("\n")}\n`, tree),
    expect: { "bind-all": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}

function inImage(
  name: string,
  files: LayerFiles,
  answer: Answer,
  why: string,
  command = "gunicorn app:app",
): Case {
  const [program = ""] = command.split(" ");
  return {
    name: `an image: ${name}`,
    given: image({
      files: { [`usr/bin/${program}`]: { content: "\x7fELF", mode: 0o755 }, ...files },
      config: { Cmd: command.split(" "), WorkingDir: "/app" },
    }),
    expect: { "bind-all": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}
