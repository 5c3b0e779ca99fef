// Programs that listen on no port: workers and Jobs; and programs that put themselves into the background.

import {
  type Application,
  type Dependency,
  no,
  notApplicable,
  open,
  yes,
  yesIfProven,
} from "../application.ts";
import { PYTHON } from "./languages.ts";

const OWN = { user: "10001:10001" } as const;
const APP = { ...OWN, directory: "/app" } as const;

const CELERY = `import os

from celery import Celery

app = Celery("tasks", broker=os.environ["REDIS_URL"])


@app.task
def add(x, y):
    return x + y


@app.on_after_configure.connect
def periodic(sender, **kwargs):
    sender.add_periodic_task(1.0, add.s(1, 2))
`;

const RQ_TASKS = `def hello():
    return "hello"
`;

const LOOP = `let count = 0;
const timer = setInterval(() => console.log("job", (count += 1), "tick"), 300);
process.on("SIGTERM", () => {
  clearInterval(timer);
  console.log("stopped");
});
`;
const DEAF_LOOP = `let count = 0;
setInterval(() => console.log("job", (count += 1), "tick"), 300);
`;

const BATCH = `import csv, io, time

rows = [{"day": day, "total": day * day} for day in range(100)]
out = io.StringIO()
csv.DictWriter(out, ["day", "total"]).writerows(rows)
time.sleep(1)
print("wrote", len(out.getvalue()), "bytes")
`;
const FAILING_BATCH = `import sys

print("reading the input")
print("ValueError: the input has no rows", file=sys.stderr)
sys.exit(1)
`;

function redis(): Dependency {
  return {
    name: "cache.internal",
    recipe: {
      debian: ["redis-server"],
      user: "0:0",
      command: ["redis-server", "--bind", "0.0.0.0", "--protected-mode", "no"],
      ports: [6379],
    },
    port: 6379,
  };
}
const GIVEN = { REDIS_URL: "redis://cache.internal:6379" } as const;
const ALIVE = { command: ["node", "-e", "process.kill(1, 0)"] } as const;

const BULLMQ = `const { Queue, Worker } = require("bullmq");

const connection = { url: process.env.REDIS_URL };
const queue = new Queue("work", { connection });
const worker = new Worker("work", async ({ id }) => console.log("job", id), { connection });
worker.on("ready", () => console.log("ready"));
const timer = setInterval(() => queue.add("tick", {}, { removeOnComplete: true }), 1000);
process.on("SIGTERM", async () => {
  clearInterval(timer);
  await worker.close();
  await queue.close();
  process.exit(0);
});
`;

const SUPERVISOR = `[supervisord]
nodaemon=true
user=app
logfile=/dev/stdout
logfile_maxbytes=0
pidfile=/tmp/supervisord.pid
[program:web]
command=python3 -u -m http.server 8080 --bind 0.0.0.0
stdout_logfile=/dev/stdout
stdout_logfile_maxbytes=0
redirect_stderr=true
`;

export const workers: readonly Application[] = [
  {
    name: "celery",
    about: "a Celery worker with its Redis beside it, asked by `celery inspect ping`",
    recipe: {
      debian: PYTHON,
      files: { "/app/tasks.py": CELERY },
      ...APP,
      command: ["celery", "-A", "tasks", "worker", "--concurrency", "1", "--loglevel", "INFO"],
      ports: [],
    },
    given: GIVEN,
    dependency: redis(),
    pod: {
      replicas: 2,
      emptyDirs: ["/tmp"],
      health: { command: ["celery", "-A", "tasks", "inspect", "ping"] },
    },
    ready: 6,
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and both turns of its probe end with 0; an unlinked file and an empty directory are all that it leaves in /tmp.",
      ),
      "stdout-logs": yesIfProven("It says its start, and nothing of what it is asked; no file is a log."),
      "no-baked-state": yes("An empty directory in /tmp."),
      health: yes("`celery inspect ping` ends with 0 in each life."),
      stateless: yes("Ends 3.5 s after SIGTERM with 0; starts again after kill -9 with the same /tmp."),
    },
  },
  {
    name: "celery-alone",
    about: "the same without its Redis",
    recipe: {
      debian: PYTHON,
      files: { "/app/tasks.py": CELERY },
      ...APP,
      command: ["celery", "-A", "tasks", "worker", "--concurrency", "1", "--loglevel", "INFO"],
      ports: [],
    },
    given: GIVEN,
    ready: 6,
    expect: {
      "read-only-root": open("Its Redis is not there: it tries again and again, and works on nothing."),
      "stdout-logs": open("Its Redis is not there: it tries again and again, and works on nothing."),
    },
  },
  {
    name: "rq",
    about: "an RQ worker with its Redis beside it",
    recipe: {
      debian: PYTHON,
      files: { "/app/tasks.py": RQ_TASKS },
      ...APP,
      command: ["sh", "-c", 'exec rq worker --url "$REDIS_URL"'],
      environment: { PYTHONDONTWRITEBYTECODE: "1" },
      ports: [],
    },
    given: GIVEN,
    dependency: redis(),
    ready: 6,
    expect: {
      "read-only-root": yesIfProven("Nothing is written on either root; nothing can be asked of it."),
      "stdout-logs": yesIfProven(
        "It says its start on stdout; nothing can be asked of it, and nothing is written.",
      ),
      "no-baked-state": yesIfProven("Nothing is written."),
      stateless: yesIfProven(
        "Ends 0.5 s after SIGTERM with 0; starts again after kill -9 beside the same Redis.",
      ),
    },
  },
  {
    name: "node-loop",
    about: "a loop of Node that ends on SIGTERM, with an exec probe",
    recipe: {
      base: "host",
      files: { "/app/worker.js": LOOP },
      ...APP,
      command: ["node", "worker.js"],
      ports: [],
    },
    pod: { replicas: 2, emptyDirs: [], health: ALIVE },
    ready: 4,
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and its probe ends with 0 on both roots; nothing is written.",
      ),
      "stdout-logs": yesIfProven("It says each job on stdout; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": notApplicable("It declares no port, and listens on none."),
      health: yes("The command of both probes ends with 0 in each life."),
      stateless: yes("Ends 0.2 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "node-loop-deaf",
    about: "a loop of Node that knows no SIGTERM",
    recipe: {
      base: "host",
      files: { "/app/worker.js": DEAF_LOOP },
      ...APP,
      command: ["node", "worker.js"],
      ports: [],
    },
    pod: { replicas: 2, emptyDirs: [], health: ALIVE },
    ready: 4,
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and its probe ends with 0 on both roots; nothing is written.",
      ),
      "stdout-logs": yesIfProven("It says each job on stdout; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": notApplicable("It declares no port, and listens on none."),
      health: yes("The command of both probes ends with 0."),
      stateless: no(
        "It sets no handler, and the kernel spares a PID 1 without one: it goes on for 30 s after SIGTERM.",
      ),
    },
  },
  {
    name: "job",
    about: "a Job that ends with 0",
    recipe: {
      debian: PYTHON,
      files: { "/app/batch.py": BATCH },
      ...APP,
      command: ["python3", "batch.py"],
      ports: [],
    },
    pod: { kind: "Job", emptyDirs: [] },
    ready: 10,
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and it ends with 0 on both roots; nothing is written.",
      ),
      "stdout-logs": yesIfProven("It says on stdout what it did; nothing is written."),
      "no-baked-state": yesIfProven("Nothing is written."),
      "bind-all": notApplicable("A Job that listens on nothing."),
      health: notApplicable("A Job takes no traffic."),
      stateless: yes("It ends with 0, and with 0 again."),
    },
  },
  {
    name: "job-fails",
    about: "a Job that ends with 1",
    recipe: {
      debian: PYTHON,
      files: { "/app/batch.py": FAILING_BATCH },
      ...APP,
      command: ["python3", "batch.py"],
      ports: [],
    },
    pod: { kind: "Job", emptyDirs: [] },
    ready: 10,
    expect: {
      "read-only-root": open("It ends with 1 on both roots, for want of its input: nothing of it is proven."),
      "stdout-logs": open("It ends with 1 before it works."),
      health: notApplicable("A Job takes no traffic."),
      stateless: open("It ends with 1 in each life, for want of its input."),
    },
  },
  {
    name: "memcached-daemon",
    about: "memcached that puts itself into the background",
    recipe: {
      debian: ["memcached"],
      ...OWN,
      command: ["memcached", "-d", "-l", "0.0.0.0", "-U", "0"],
      ports: [11_211],
    },
    pod: { replicas: 2, emptyDirs: [], port: 11_211, health: { tcp: true } },
    ready: 6,
    expect: {
      "read-only-root": open("It ends before anything can be asked."),
      "stdout-logs": open("It says nothing."),
      stateless: no("It puts itself into the background: PID 1 ends at once, and the container with it."),
    },
  },
  {
    name: "bullmq",
    about: "a BullMQ worker with its Redis beside it",
    recipe: {
      npm: ["bullmq@5"],
      files: { "/app/worker.js": BULLMQ },
      ...APP,
      command: ["node", "worker.js"],
      ports: [],
    },
    given: GIVEN,
    dependency: redis(),
    pod: { replicas: 2, emptyDirs: [], health: ALIVE },
    ready: 6,
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and its probe ends with 0 on both roots; nothing is written.",
      ),
      "stdout-logs": yesIfProven("It says each job on stdout; nothing is written."),
      "no-baked-state": yes("Nothing is written; its jobs are in Redis."),
      "bind-all": notApplicable("It declares no port, and listens on none."),
      health: yes("The command of both probes ends with 0."),
      stateless: yes("Ends 0.5 s after SIGTERM with 0; starts again after kill -9 beside the same Redis."),
    },
  },
  {
    name: "supervisor",
    about: "Supervisor over a server",
    recipe: {
      debian: ["supervisor"],
      files: { "/etc/own.conf": SUPERVISOR, "/srv/index.html": "hello\n" },
      setUp: "rm -rf /var/log/supervisor; echo 'app:x:10001:10001::/tmp:/bin/sh' >> /etc/passwd",
      ...OWN,
      directory: "/srv",
      command: ["supervisord", "-c", "/etc/own.conf"],
      ports: [8080],
    },
    expect: {
      "read-only-root": yes(
        "GET / is the same 200 on both roots; /tmp/supervisord.pid is all that it writes.",
      ),
      "stdout-logs": yes("A line on stdout for each request; no file grows."),
      "no-baked-state": yes("A pid in /tmp."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      stateless: yes("Ends 1.7 s after SIGTERM with 0; starts again after kill -9 with the same /tmp."),
    },
  },
];
