// Rows 5, 6, 8, 10 and 12 from the image and the manifest, without a trial: a declared fault is presumed; a
// missing declaration proves nothing.

import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import { deployment, type Manifest, podSpec, statefulSet } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web, withImage } from "../given/folder.ts";
import type { LayerFiles } from "../given/given.ts";
import { image, imageOf } from "../given/image.ts";

const SHELL = { "bin/sh": { content: "\x7fELF", mode: 0o755 } };

export const cases: Cases = [
  starts("stdout-logs", ["--log-file", "/var/log/app/app.log"], "no", "A log file, by two words."),
  starts("stdout-logs", ["--logfile=app.log"], "no", "A log file beside the program."),
  starts("stdout-logs", ["--log-dir=/logs"], "no", "A folder for logs."),
  starts("stdout-logs", ["--access-logfile", "-"], "unproven", "gunicorn's word for stdout."),
  starts("stdout-logs", ["--log-file=/dev/stdout"], "unproven", "stdout."),
  starts("stdout-logs", ["--log-file=/proc/1/fd/1"], "unproven", "stdout of the first process."),
  starts("stdout-logs", ["--log-level=debug"], "unproven", "How much is logged, not where."),
  starts("stdout-logs", ["--log-format", "json"], "unproven", "How it is written, not where."),
  starts("stdout-logs", ["--catalog-file=/app/catalog.json"], "unproven", "A catalogue is no log."),
  starts("stdout-logs", ["--log-file="], "unproven", "An empty value names no file."),
  variables("stdout-logs", ["LOG_FILE=/var/log/app.log"], "no", "A log file by a variable."),
  variables("stdout-logs", ["LOG_FILE=/dev/stderr"], "unproven", "stderr."),
  variables("stdout-logs", ["LOG_LEVEL=info"], "unproven", "How much is logged."),
  {
    name: "logs that are links to stdout, as nginx' image has them",
    given: image({
      files: {
        "var/log/nginx/access.log": { type: "symlink", link: "/dev/stdout" },
        "var/log/nginx/error.log": { type: "symlink", link: "/dev/stderr" },
      },
    }),
    expect: { "stdout-logs": "unproven" },
    trap: true,
    why: "What is written there goes to stdout.",
  },
  {
    name: "a log file of the application in a layer",
    given: image({
      files: {
        "app/logs/app.log":
          "2026-06-01T10:00:00Z INFO started\n2026-06-01T10:00:01Z INFO ready\n2026-06-01T10:00:02Z INFO GET /\n",
      },
    }),
    expect: { "stdout-logs": "no" },
    why: "Design, row 6: log files of the application in layers.",
  },
  {
    name: "the package manager's log in a layer",
    given: image({
      files: {
        "var/log/apt/history.log": "Start-Date: 2026-06-01  10:00:00\nCommandline: apt-get install curl\n",
        "var/log/dpkg.log": "2026-06-01 10:00:00 startup archives unpack\n",
      },
    }),
    expect: { "stdout-logs": "unproven" },
    trap: true,
    why: "The build's, not the application's.",
  },
  {
    name: "a log flag that the manifest's arguments set",
    given: withImage(manifests(web({ args: ["/app/server", "--log-file=/var/log/app.log"] })), imageOf({})),
    expect: { "stdout-logs": "no" },
    why: "The manifest's arguments are what starts.",
  },
  {
    name: "a log flag of the image that the manifest's arguments replace",
    given: withImage(
      manifests(web({ args: ["/app/server"] })),
      imageOf({ config: { Cmd: ["/app/server", "--log-file=/var/log/app.log"] } }),
    ),
    expect: { "stdout-logs": "unproven" },
    trap: true,
    why: "args stand in place of CMD.",
  },

  starts("bind-all", ["--host", "127.0.0.1"], "no", "1.3: not localhost."),
  starts("bind-all", ["--host=localhost"], "no", "1.3: not localhost."),
  starts("bind-all", ["--bind=127.0.0.1:8080"], "no", "1.3: not localhost."),
  starts("bind-all", ["--listen", "[::1]:8080"], "no", "The same of IPv6."),
  starts("bind-all", ["--host", "0.0.0.0"], "unproven", "What is declared still has to be seen."),
  starts("bind-all", ["--bind", ":8080"], "unproven", "Every address."),
  starts("bind-all", ["--db-host", "127.0.0.1"], "unproven", "Where the database is, not where it listens."),
  starts(
    "bind-all",
    ["--proxy", "http://localhost:3128"],
    "unproven",
    "What it calls, not where it listens.",
  ),
  starts(
    "bind-all",
    ["--redis-url=redis://localhost:6379"],
    "unproven",
    "What it calls, not where it listens.",
  ),
  variables("bind-all", ["HOST=127.0.0.1"], "no", "1.3: not localhost."),
  variables("bind-all", ["HOST=0.0.0.0"], "unproven", "What is declared still has to be seen."),
  variables("bind-all", ["DB_HOST=localhost"], "unproven", "Where the database is."),
  {
    name: "a manifest whose HOST stands above the image's localhost",
    given: withImage(
      manifests(web({ env: [{ name: "HOST", value: "0.0.0.0" }] })),
      imageOf({ config: { Env: ["HOST=127.0.0.1"] } }),
    ),
    expect: { "bind-all": "unproven" },
    trap: true,
    why: "The manifest's variable is what the process sees.",
  },
  {
    name: "a manifest whose HOST is localhost",
    given: withImage(manifests(web({ env: [{ name: "HOST", value: "localhost" }] })), imageOf({})),
    expect: { "bind-all": "no" },
    why: "1.3: not localhost.",
  },
  {
    name: "a localhost bind whose trial shows all addresses",
    given: { ...image({ config: { Cmd: ["/app/server", "--host=127.0.0.1"] } }), trial: {} },
    expect: { "bind-all": "yes" },
    trap: true,
    why: "Presumed, until a trial of this very command proves the row.",
  },

  starts("twelve-factor", ["--inspect=0.0.0.0:9229"], "no", "Design, row 10: a debugger.", "/usr/bin/node"),
  starts("twelve-factor", ["nodemon", "server.js"], "no", "Design, row 10: nodemon.", "npx"),
  starts(
    "twelve-factor",
    ["-m", "debugpy", "--listen", "5678", "app.py"],
    "no",
    "Design, row 10: debugpy.",
    "python3",
  ),
  starts("twelve-factor", ["run", "dev"], "no", "Development mode.", "npm"),
  starts(
    "twelve-factor",
    ["--reload", "app:app"],
    "no",
    "Development mode: it watches its own files.",
    "uvicorn",
  ),
  starts("twelve-factor", ["server.js"], "unproven", "A program as it is.", "node"),
  starts("twelve-factor", ["start"], "unproven", "npm start is how a Node application starts.", "npm"),
  starts("twelve-factor", ["--inspector-role=auditor"], "unproven", "A flag of the application's own."),
  variables("twelve-factor", ["FLASK_DEBUG=1"], "no", "Development mode by a variable."),
  variables("twelve-factor", ["FLASK_DEBUG=0"], "unproven", "Switched off."),
  variables("twelve-factor", ["NODE_ENV=development"], "no", "Development mode by a variable."),
  variables("twelve-factor", ["NODE_ENV=production"], "unproven", "What production asks for."),
  {
    name: "supervisord with several daemons",
    given: image({
      files: {
        "usr/bin/supervisord": { content: "#!/usr/bin/python3\n", mode: 0o755 },
        "etc/supervisord.conf":
          "[supervisord]\nnodaemon=true\n[program:web]\ncommand=/app/server\n[program:cron]\ncommand=/usr/sbin/crond -f\n",
      },
      config: { Cmd: ["/usr/bin/supervisord", "-c", "/etc/supervisord.conf"] },
    }),
    expect: { "twelve-factor": "no" },
    why: "Design, row 10: several daemons.",
  },
  {
    name: "tini in front of the program",
    given: image({
      files: { "sbin/tini": { content: "\x7fELF", mode: 0o755 } },
      config: { Entrypoint: ["/sbin/tini", "--"], Cmd: ["/app/server"] },
    }),
    expect: { "twelve-factor": "unproven", stateless: "unproven" },
    trap: true,
    why: "An init hands signals on: one process all the same.",
  },

  config("stateless", { StopSignal: "SIGKILL" }, "no", "Design, row 12: nothing can be ended in order."),
  config("stateless", { StopSignal: "9" }, "no", "SIGKILL by its number."),
  config("stateless", { StopSignal: "SIGQUIT" }, "unproven", "nginx' signal for a graceful end."),
  config("stateless", { StopSignal: "SIGTERM" }, "unproven", "The default."),
  claims(
    "a PVC and two replicas",
    { replicas: 2 },
    "no",
    "Design, row 12: a ReadWriteOnce claim and replicas > 1.",
  ),
  claims("a PVC and one replica", { replicas: 1 }, "unproven", "One replica: nothing is shared."),
  {
    name: "a StatefulSet's own claims",
    given: manifests(statefulSet({ pod: podSpec({ containers: [server()] }) })),
    expect: { stateless: "unproven" },
    trap: true,
    why: "Design, row 12: a StatefulSet's PVC is a note.",
  },
  {
    name: "an emptyDir and three replicas",
    given: manifests(deployment({ spec: { replicas: 3 }, pod: podSpec({ containers: [server()] }) })),
    expect: { stateless: "unproven" },
    trap: true,
    why: "« Utiliser des volumes emptyDir ».",
  },
  {
    name: "readOnlyRootFilesystem: true, and nothing more",
    given: manifests(web()),
    expect: { "read-only-root": "yes" },
    trap: true,
    why: "Design, row 5: the manifest mounts every root read-only.",
  },
  {
    name: "readOnlyRootFilesystem on one of two containers",
    given: manifests(
      web(
        {},
        {
          containers: [
            server(),
            server({
              name: "side",
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
            }),
          ],
        },
      ),
    ),
    expect: { "read-only-root": "unproven" },
    why: "Everywhere, says the design: one root can be written, and nobody saw whether it is.",
  },
  {
    name: "a data directory on the root by a flag, root writable",
    given: withImage(
      manifests(
        web({
          args: ["/app/server", "--data-dir=/var/lib/app"],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        }),
      ),
      imageOf({}),
    ),
    expect: { "read-only-root": "no" },
    why: "Design, row 5: presumed by a data path on the root.",
  },
  {
    name: "a data directory on a mounted volume",
    given: withImage(
      manifests(
        web({
          args: ["/app/server", "--data-dir=/var/lib/app"],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          volumeMounts: [{ name: "tmp", mountPath: "/var/lib/app" }],
        }),
      ),
      imageOf({}),
    ),
    expect: { "read-only-root": "unproven" },
    trap: true,
    why: "The path is an emptyDir's.",
  },
  {
    name: "VOLUME in the image",
    given: image({ config: { Volumes: { "/data": {} } } }),
    expect: { "read-only-root": "unproven", stateless: "unproven" },
    trap: true,
    why: "Design, row 5: VOLUME is a note.",
  },
  {
    name: "shell form that exec replaces",
    given: image({ files: SHELL, config: { Cmd: ["/bin/sh", "-c", "exec /app/server"] } }),
    expect: { stateless: "unproven" },
    trap: true,
    why: "The shell is replaced: signals reach the program.",
  },
  {
    name: "a wrapper script that waits for its child",
    given: image({
      files: { ...SHELL, "start.sh": { content: "#!/bin/sh\n/app/server\necho ended\n", mode: 0o755 } },
      config: { Cmd: ["/start.sh"] },
    }),
    expect: { stateless: "unproven" },
    why: "Design, row 12: no is what a trial shows, or what is declared for certain; what a script leads to is read, with a note.",
  },
  {
    name: "a wrapper script that ends in exec",
    given: image({
      files: {
        ...SHELL,
        "start.sh": { content: "#!/bin/sh\necho starting\nexec /app/server\n", mode: 0o755 },
      },
      config: { Cmd: ["/start.sh"] },
    }),
    expect: { stateless: "unproven" },
    trap: true,
    why: "The program becomes the first process.",
  },
];

function one(name: string, given: Case["given"], row: RowId, answer: Answer, why: string): Case {
  return {
    name: `${row}: ${name}`,
    given,
    expect: { [row]: answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}

function starts(
  row: RowId,
  words: readonly string[],
  answer: Answer,
  why: string,
  program = "/app/server",
): Case {
  const name = program.startsWith("/") ? program : `/usr/bin/${program}`;
  const files: LayerFiles = { [name.slice(1)]: { content: "\x7fELF", mode: 0o755 } };
  const given = image({
    files,
    config: { Env: ["PATH=/usr/bin:/bin"], Cmd: [program, ...words], ExposedPorts: { "8080/tcp": {} } },
  });
  return one([program, ...words].join(" "), given, row, answer, why);
}

function variables(row: RowId, env: readonly string[], answer: Answer, why: string): Case {
  return config(row, { Env: ["PATH=/usr/bin:/bin", ...env] }, answer, why);
}

function config(row: RowId, fields: Manifest, answer: Answer, why: string): Case {
  const given = image({ config: { ExposedPorts: { "8080/tcp": {} }, ...fields } });
  return one(JSON.stringify(fields).replaceAll('"', "'"), given, row, answer, why);
}

function claims(name: string, spec: Manifest, answer: Answer, why: string): Case {
  const pod = podSpec({
    containers: [server({ volumeMounts: [{ name: "data", mountPath: "/data" }] })],
    volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
  });
  const claim = {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data", namespace: "aides" },
    spec: { accessModes: ["ReadWriteOnce"] },
  };
  return one(name, manifests(deployment({ spec, pod }), claim), "stateless", answer, why);
}
