// Dockerfiles: their declarations about rows 1, 5 to 7, 10, 12, 16 and 17, read as BuildKit reads them.

import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { dockerfile } from "../given/folder.ts";

const FROM = "FROM alpine:3.20\n";
const END = 'CMD ["/app/server"]\n';

export const cases: Cases = [
  user("USER 1000", "unproven", "A numeric user; the image itself proves it."),
  user("USER 0", "no", "Root."),
  user("USER root", "no", "Root by its name."),
  user("USER app", "no", "A name: the kubelet cannot verify it."),
  user("USER 1000\nRUN id\nUSER root", "no", "The last USER counts."),
  user("USER root\nRUN apk add --no-cache ca-certificates\nUSER 1000", "unproven", "The last USER counts."),
  user("ARG UID=1000\nUSER ${UID}", "unproven", "A variable with a default that is not 0."),
  user("ARG UID=0\nUSER ${UID}", "no", "A variable whose default is root."),
  user("ENV UID=0\nUSER $UID", "no", "A variable that is root."),
  user(
    "ARG UID\nUSER ${UID:-0}",
    "no",
    "Root, as with ARG UID=0: what the file says unless someone says otherwise.",
  ),
  user("ARG UID\nUSER ${UID:-root}", "no", "The same by name."),
  user("ARG UID\nUSER ${UID:-0}:${GID:-0}", "no", "Whatever the group is."),
  user("ARG UID\nARG GID\nUSER ${UID-0}:${GID-0}", "no", "Two arguments, neither with a default."),
  user("ARG UID\nUSER ${UID:-1000}", "unproven", "Whoever builds it decides; the default is no root."),
  user("ARG UID\nUSER $UID", "unproven", "Nothing is said but that an argument is awaited."),
  user("USER ${UID:-0}", "unproven", "UID may be the base's."),
  user("USER ${UID:-1000}", "unproven", "The default of the expansion is not root."),
  user("# USER root\nUSER 1000", "unproven", "A comment is none."),
  user("RUN <<EOF\nUSER root\nEOF\nUSER 1000", "unproven", "A here-document's text is no instruction."),
  user("user 1000", "unproven", "Instructions are written in any case."),
  start('["node", "sudo.js"]', "unproven", "A script of the application's own, whatever its name."),
  start('["/app/su.sh"]', "unproven", "A script of the application's own, no su."),
  start('["python", "-m", "gosu.py"]', "unproven", "A module's name."),
  start('["/usr/bin/sudo", "-E", "node", "a.js"]', "no", "The tool by its path."),
  start('["tini", "--", "sudo", "node", "a.js"]', "no", "The tool behind a wrapper."),
  user("USER 1000:0", "unproven", "The group is not the user."),
  {
    name: "a stage that is not the last runs as root",
    given: dockerfile(
      `FROM golang:1.22.4 AS build\nRUN go build\n${FROM}COPY --from=build /a /a\nUSER 1000\n${END}`,
    ),
    expect: { "non-root": "unproven" },
    trap: true,
    why: "Only the final stage becomes the image.",
  },
  {
    name: "a stage below says USER 1000",
    given: dockerfile(`${FROM.replace("\n", " AS base\n")}USER 1000\nFROM base\n${END}`),
    expect: { "non-root": "unproven" },
    trap: true,
    why: "The stage's user is inherited.",
  },

  of("stdout-logs", 'CMD ["/app/server", "--log-file=/var/log/app.log"]', "no", "The contract's example."),
  of(
    "stdout-logs",
    'RUN ln -sf /dev/stdout /var/log/nginx/access.log\nCMD ["/app/server"]',
    "unproven",
    "As nginx' image does it.",
  ),
  of("bind-all", 'CMD ["/app/server", "--host", "127.0.0.1"]', "no", "Not localhost."),
  of("bind-all", 'EXPOSE 8080\nCMD ["/app/server", "--host", "0.0.0.0"]', "unproven", "To be seen."),
  of("twelve-factor", 'CMD ["npx", "nodemon", "server.js"]', "no", "Development mode."),
  of("twelve-factor", 'CMD ["node", "server.js"]', "unproven", "To be seen."),
  of("stateless", 'STOPSIGNAL SIGKILL\nCMD ["/app/server"]', "no", "It cannot end in order."),
  of("stateless", 'STOPSIGNAL SIGQUIT\nCMD ["/app/server"]', "unproven", "A signal that can be handled."),
  of("no-baked-state", "ENV DB_PASSWORD=Xk29vLqPz7Rt", "no", "A secret in ENV."),
  of(
    "no-baked-state",
    'ENV JAVA_OPTS="-Dspring.datasource.password=Xk29vLqPz7Rt"',
    "no",
    "A secret within options.",
  ),
  of("no-baked-state", "ENV JAVA_OPTS='-Xmx1g -Dbase.mot_de_passe=Xk29vLqPz7Rt'", "no", "In single quotes."),
  of("no-baked-state", `ENV OPTS="--a='-Dapi.secret=Xk29vLqPz7Rt'"`, "no", "In quotes within quotes."),
  of("no-baked-state", 'ENV JAVA_OPTS="-Dpassword.file=/run/secrets/db -Xmx1g"', "unproven", "A path."),
  of("no-baked-state", 'ENV JAVA_OPTS="-Dspring.datasource.password=changeme"', "unproven", "A placeholder."),
  of("no-baked-state", "ENV DB_PASSWORD_FILE=/run/secrets/db", "unproven", "A path."),
  of("no-baked-state", "COPY .env.production /app/.env", "no", "Configuration of an environment."),
  of("no-baked-state", "COPY .env.example /app/", "unproven", "A list of names."),
  of("no-baked-state", "COPY config/prod/ /etc/app/", "no", "Configuration of an environment."),
  of("no-baked-state", "COPY src/ /app/", "unproven", "The application."),
  of(
    "no-baked-state",
    "RUN --mount=type=secret,id=npm npm ci",
    "unproven",
    "A secret that is mounted stays in no layer.",
  ),
  of(
    "no-baked-state",
    "ARG NODE_VERSION=20\nRUN echo $NODE_VERSION",
    "unproven",
    "A version, alike in every environment.",
  ),
  base(
    "FROM alpine",
    "unproven",
    "As the contract's own examples have it: a note; the image's own tag is not known.",
  ),
  base("FROM alpine:latest", "no", "3.2: never latest, a supplier's image least of all."),
  base(
    "FROM maven:latest AS b\nFROM alpine:3.20.1\nCOPY --from=b /a /a",
    "no",
    "The same of a stage that builds.",
  ),
  base("ARG BASE=alpine:latest\nFROM ${BASE}", "no", "The default of the argument."),
  base(`FROM alpine:latest@sha256:${"4b1f".repeat(16)}`, "unproven", "The digest counts."),
  base("FROM alpine:3.20.1 AS latest\nFROM latest", "unproven", "A stage's name."),
  base("FROM alpine:3.20", "unproven", "It moves by patches: a note."),
  base("FROM alpine:3.20.1", "unproven", "A full version; the image's own tag is not known."),
  base("ARG BASE\nFROM ${BASE:-alpine:3.20.1}", "unproven", "Whoever builds it decides."),
  base("FROM scratch", "unproven", "Nothing is pulled."),
];

function one(name: string, text: string, row: RowId, answer: Answer, why: string): Case {
  return {
    name,
    given: dockerfile(text),
    expect: { [row]: answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}

function start(command: string, answer: Answer, why: string): Case {
  return {
    name: `CMD ${command}`,
    given: dockerfile(`${FROM}USER 1000\nCMD ${command}\n`),
    expect: { "non-root": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}

function user(lines: string, answer: Answer, why: string): Case {
  return one(lines.replaceAll("\n", " ⏎ "), `${FROM}${lines}\n${END}`, "non-root", answer, why);
}

function of(row: RowId, lines: string, answer: Answer, why: string): Case {
  const text = lines.includes("CMD") ? lines : `${lines}\n${END}`;
  return one(`${row}: ${lines.replaceAll("\n", " ⏎ ")}`, `${FROM}USER 1000\n${text}\n`, row, answer, why);
}

/** Row 17: a Dockerfile names its base images, not its own image. */
function base(lines: string, answer: Answer, why: string): Case {
  const name = lines.replaceAll("\n", " ⏎ ");
  return one(name, `${lines}\nUSER 1000\n${END}`, "immutable-tag", answer, why);
}
