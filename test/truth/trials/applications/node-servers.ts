// Applications of npm: programs that are installed and run, and servers that a team writes.

import { type Application, no, open, type Recipe, yes, yesIfProven } from "../application.ts";
import { POSTGRES } from "./stores.ts";

const HELLO = "<!doctype html><title>hello</title><p>hello</p>\n";
const STOPS = 'process.on("SIGTERM", () => server.close(() => process.exit(0)));\n';

const EXPRESS = `const app = require("express")();
app.use((request, response, next) => {
  console.log(JSON.stringify({ level: "info", time: Date.now(), method: request.method, url: request.url }));
  next();
});
app.get("/", (request, response) => response.send("hello"));
app.get("/healthz", (request, response) => response.send("ok"));
const server = app.listen(3000, "0.0.0.0", () => console.log("listening"));
${STOPS}`;
const EXPRESS_QUIET = `const app = require("express")();
app.get("/", (request, response) => response.send("hello"));
app.listen(3000, () => console.log("listening"));
`;
const EXPRESS_VISITS = `const fs = require("node:fs");
const app = require("express")();
app.use((request, response, next) => {
  console.log(request.method, request.url);
  next();
});
app.get("/healthz", (request, response) => response.send("ok"));
app.get("/", (request, response) => {
  fs.appendFileSync("/app/visits.txt", "visit\\n");
  response.send("hello");
});
const server = app.listen(3000, "0.0.0.0", () => console.log("listening"));
${STOPS}`;
const EXPRESS_LOCAL = EXPRESS.replace('"0.0.0.0"', '"127.0.0.1"');
const EXPRESS_LOGS = `const fs = require("node:fs");
const log = fs.createWriteStream("/tmp/access.log", { flags: "a" });
const app = require("express")();
app.use((request, response, next) => {
  log.write(new Date().toISOString() + " " + request.method + " " + request.url + "\\n");
  next();
});
app.get("/", (request, response) => response.send("hello"));
const server = app.listen(3000, "0.0.0.0", () => console.log("listening"));
${STOPS}`;

const SOCKET_IO = `const { createServer } = require("node:http");
const { Server } = require("socket.io");
const server = createServer((request, response) => {
  console.log(request.method, request.url);
  response.end("hello");
});
new Server(server).on("connection", (socket) => socket.emit("hello"));
server.listen(3000);
process.on("SIGTERM", () => process.exit(0));
`;

const FASTIFY = `module.exports = async function (fastify, options) {
  fastify.get("/", async () => ({ hello: "world" }));
};
`;

const NEST = `require("reflect-metadata");
const { Controller, Get, Module } = require("@nestjs/common");
const { NestFactory } = require("@nestjs/core");
class AppController {
  hello() {
    return "hello";
  }
}
Controller()(AppController);
Get()(AppController.prototype, "hello", Object.getOwnPropertyDescriptor(AppController.prototype, "hello"));
class AppModule {}
Module({ controllers: [AppController] })(AppModule);
NestFactory.create(AppModule).then((app) => {
  app.enableShutdownHooks();
  return app.listen(3000, "0.0.0.0");
});
`;

const PARSE = `const express = require("express");
const { ParseServer } = require("parse-server");
(async () => {
  const api = new ParseServer({
    databaseURI: process.env.DATABASE_URI,
    appId: "app",
    masterKey: process.env.MASTER_KEY,
    serverURL: "http://localhost:1337/parse",
  });
  await api.start();
  const app = express();
  app.use("/parse", api.app);
  app.listen(1337, "0.0.0.0", () => console.log("listening"));
})();
`;

const VERDACCIO = `storage: /verdaccio/storage
auth:
  htpasswd:
    file: /verdaccio/storage/htpasswd
packages:
  "**":
    access: $all
log: { type: stdout, format: json, level: http }
`;

const ROOT_OWNED = { user: "10001:10001", directory: "/app" } as const;

const PARSE_SERVER: Recipe = {
  npm: ["parse-server@8", "express@4"],
  files: { "/app/server.js": PARSE },
  ...ROOT_OWNED,
  command: ["node", "server.js"],
  ports: [1337],
};

const PARSE_GIVEN = {
  DATABASE_URI: "postgres://app@db.internal:5432/postgres",
  MASTER_KEY: "unset",
} as const;

export const nodeServers: readonly Application[] = [
  {
    name: "express",
    about: "an Express application that logs its requests and ends on SIGTERM",
    recipe: {
      npm: ["express@5"],
      files: { "/app/server.js": EXPRESS },
      ...ROOT_OWNED,
      command: ["node", "server.js"],
      ports: [3000],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stdout for each request; no file grows."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:3000 answers on the pod's address."),
      stateless: yes("Ends 66 ms after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "express-quiet",
    about: "an Express application that logs its start alone, and leaves SIGTERM to Node",
    recipe: {
      npm: ["express@5"],
      files: { "/app/server.js": EXPRESS_QUIET },
      ...ROOT_OWNED,
      command: ["node", "server.js"],
      ports: [3000],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": open('It says "listening" and nothing of a request: nothing grows with the work.'),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("[::]:3000 answers on the pod's address."),
      stateless: no(
        "Node leaves SIGTERM to the kernel, which ignores it for process 1: it is still there after 30 s.",
      ),
    },
  },
  {
    name: "express-visits",
    about: "an Express application that writes a file at each GET /",
    recipe: {
      npm: ["express@5"],
      files: { "/app/server.js": EXPRESS_VISITS },
      setUp: "chown -R 10001:10001 /app",
      ...ROOT_OWNED,
      command: ["node", "server.js"],
      ports: [3000],
    },
    expect: {
      "read-only-root": no(
        "GET / is 200 on the writable root, where it writes /app/visits.txt, and 500 on the read-only one.",
      ),
      "stdout-logs": open(
        "A line on stdout for each request, and one in visits.txt, of a form that neither logs nor data have.",
      ),
      "no-baked-state": no(
        "/app/visits.txt grows with each request, and is kept: what was counted is lost with the container.",
      ),
      "bind-all": yes("0.0.0.0:3000 answers on the pod's address."),
      stateless: no("It stops and starts again as it should, but /app/visits.txt is state."),
    },
  },
  {
    name: "express-visits-pod",
    about: "the same by a manifest that mounts the root read-only and asks /healthz",
    recipe: {
      npm: ["express@5"],
      files: { "/app/server.js": EXPRESS_VISITS },
      setUp: "chown -R 10001:10001 /app",
      ...ROOT_OWNED,
      command: ["node", "server.js"],
      ports: [3000],
    },
    pod: { replicas: 2, emptyDirs: ["/tmp"], port: 3000, health: "/healthz" },
    expect: {
      "read-only-root": no(
        "GET / is 200 on the writable root and 500 on the read-only one that the manifest mounts, whatever /healthz says.",
      ),
      "bind-all": yes("0.0.0.0:3000 answers on the pod's address."),
      health: yes("/healthz is the 200 that both probes ask for."),
    },
  },
  {
    name: "express-local",
    about: "an Express application on 127.0.0.1, without EXPOSE",
    recipe: {
      npm: ["express@5"],
      files: { "/app/server.js": EXPRESS_LOCAL },
      ...ROOT_OWNED,
      command: ["node", "server.js"],
      ports: [],
    },
    expect: {
      "read-only-root": yesIfProven(
        "On 127.0.0.1 GET / is the same 200 on both roots, and nothing is written; the pod's address answers none.",
      ),
      "stdout-logs": yesIfProven("On 127.0.0.1 each request is a line on stdout."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": no("127.0.0.1:3000 alone: the pod's address refuses."),
      stateless: yesIfProven("Ends 44 ms after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "express-logs",
    about: "an Express application that logs its requests into /tmp",
    recipe: {
      npm: ["express@5"],
      files: { "/app/server.js": EXPRESS_LOGS },
      ...ROOT_OWNED,
      command: ["node", "server.js"],
      ports: [3000],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; it writes in /tmp alone."),
      "stdout-logs": no("/tmp/access.log grows by a stamped line with each request."),
      "no-baked-state": yes("A log is no state."),
      "bind-all": yes("0.0.0.0:3000 answers on the pod's address."),
      stateless: yes("Ends 56 ms after SIGTERM with 0; starts again after kill -9 with the same /tmp."),
    },
  },
  {
    name: "http-server",
    about: "http-server on a folder",
    recipe: {
      npm: ["http-server@14"],
      files: { "/app/public/index.html": HELLO },
      ...ROOT_OWNED,
      command: ["node", "node_modules/.bin/http-server", "public", "-p", "8080"],
      ports: [8080],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stdout for each request; no file grows."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      stateless: yes("Ends 0.1 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "serve",
    about: "serve on a folder",
    recipe: {
      npm: ["serve@14"],
      files: { "/app/public/index.html": HELLO },
      ...ROOT_OWNED,
      command: ["node", "node_modules/.bin/serve", "-l", "tcp://0.0.0.0:3000", "public"],
      ports: [3000],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; /tmp/update-check is all that it makes."),
      "stdout-logs": yes("Two lines on stdout for each request; no file grows."),
      "no-baked-state": yes("An empty directory in /tmp."),
      "bind-all": yes("0.0.0.0:3000 answers on the pod's address."),
      stateless: yes("Ends 0.1 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "json-server",
    about: "json-server with its database in the image",
    recipe: {
      npm: ["json-server@0.17"],
      files: { "/app/db.json": '{ "posts": [{ "id": 1, "title": "hello" }] }\n' },
      setUp: "chown 10001:10001 /app /app/db.json",
      ...ROOT_OWNED,
      command: ["node", "node_modules/.bin/json-server", "--host", "0.0.0.0", "db.json"],
      ports: [3000],
    },
    paths: ["/posts"],
    expect: {
      "read-only-root": yes("GET / and /posts are the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stdout for each GET /posts; no file grows."),
      "no-baked-state": no("db.json, named in its command, is its database, and lies in the image."),
      "bind-all": yes("0.0.0.0:3000 takes connections on the pod's address."),
      stateless: no(
        "Node leaves SIGTERM to the kernel, which ignores it for process 1: it is still there after 30 s.",
      ),
    },
  },
  {
    name: "fastify-cli",
    about: "fastify-cli, which listens on every address in a cluster alone",
    recipe: {
      npm: ["fastify@5", "fastify-cli@8"],
      files: { "/app/app.js": FASTIFY },
      ...ROOT_OWNED,
      command: ["node", "node_modules/.bin/fastify", "start", "-l", "info", "app.js"],
      ports: [3000],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("Two lines on stdout for each request; no file grows."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes(
        "With the kubelet's KUBERNETES_SERVICE_HOST it listens on 0.0.0.0:3000, which answers on the pod's address.",
      ),
      stateless: yes("Ends 67 ms after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "nest",
    about: "a NestJS application",
    recipe: {
      npm: [
        "@nestjs/common@11",
        "@nestjs/core@11",
        "@nestjs/platform-express@11",
        "reflect-metadata@0.2",
        "rxjs@7",
      ],
      files: { "/app/main.js": NEST },
      ...ROOT_OWNED,
      command: ["node", "main.js"],
      ports: [3000],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": open("It says its start and nothing of a request: nothing grows with the work."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:3000 takes connections on the pod's address."),
      stateless: yes("Ends 86 ms after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "socket.io",
    about: "a Socket.IO server",
    recipe: {
      npm: ["socket.io@4"],
      files: { "/app/server.js": SOCKET_IO },
      ...ROOT_OWNED,
      command: ["node", "server.js"],
      ports: [3000],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stdout for each request; no file grows."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("[::]:3000 answers on the pod's address."),
      stateless: yes("Ends 76 ms after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "verdaccio",
    about: "Verdaccio with its storage on the root",
    recipe: {
      npm: ["verdaccio@6.8.0"],
      overrides: { "node-fetch": "2.7.0" },
      files: { "/app/config.yaml": VERDACCIO },
      setUp: "mkdir -p /verdaccio/storage && chown -R 10001:10001 /verdaccio",
      ...ROOT_OWNED,
      environment: { HOME: "/verdaccio" },
      command: ["node", "node_modules/.bin/verdaccio", "-c", "config.yaml", "-l", "0.0.0.0:4873"],
      ports: [4873],
    },
    ready: 40,
    expect: {
      "read-only-root": no("On the writable root it writes /verdaccio/storage/.verdaccio-db.json."),
      "stdout-logs": yes("Lines on stdout for each request; no file grows."),
      "no-baked-state": no(
        ".verdaccio-db.json holds the secret of its tokens and its packages, is kept, and is read at the next start.",
      ),
      "bind-all": yes("0.0.0.0:4873 takes connections on the pod's address."),
      stateless: no("SIGTERM is ignored for 30 s; and .verdaccio-db.json is state."),
    },
  },
  {
    name: "verdaccio-local",
    about: "Verdaccio on its default address",
    recipe: {
      npm: ["verdaccio@6.8.0"],
      overrides: { "node-fetch": "2.7.0" },
      files: { "/app/config.yaml": VERDACCIO },
      setUp: "mkdir -p /verdaccio/storage && chown -R 10001:10001 /verdaccio",
      ...ROOT_OWNED,
      environment: { HOME: "/verdaccio" },
      command: ["node", "node_modules/.bin/verdaccio", "-c", "config.yaml"],
      ports: [4873],
    },
    ready: 40,
    expect: {
      "read-only-root": no("On the writable root it writes /verdaccio/storage/.verdaccio-db.json."),
      "stdout-logs": open("No request is answered on the pod's address."),
      "no-baked-state": no(
        ".verdaccio-db.json holds the secret of its tokens and its packages, is kept, and is read at the next start.",
      ),
      "bind-all": no("127.0.0.1:4873 alone: the pod's address refuses."),
      stateless: no("SIGTERM is ignored for 30 s; and .verdaccio-db.json is state."),
    },
  },
  {
    name: "node-red",
    about: "Node-RED with its flows on the root",
    recipe: {
      npm: ["node-red@4"],
      setUp: "mkdir /data && chown 10001:10001 /data",
      ...ROOT_OWNED,
      command: ["node", "node_modules/node-red/red.js", "--userDir", "/data"],
      ports: [1880],
    },
    ready: 60,
    expect: {
      "read-only-root": no(
        "It ends with 1 on the read-only root (EROFS on /data/settings.js), and writes four files of /data on the writable one.",
      ),
      "stdout-logs": open("It says nothing of requests: nothing grows with the work."),
      "no-baked-state": no(
        "/data/.config.runtime.json holds the key of its credentials, is kept, and is read at the next start.",
      ),
      "bind-all": yes("On the writable root 0.0.0.0:1880 answers on the pod's address."),
      stateless: no("/data holds flows, settings and keys: state."),
    },
  },
  {
    name: "parse-server",
    about: "Parse Server whose database is not there",
    recipe: PARSE_SERVER,
    given: PARSE_GIVEN,
    ready: 40,
    expect: {
      "read-only-root": open("Its database is not there: it ends with 1."),
      "stdout-logs": open("Its database is not there: it ends with 1."),
      "bind-all": open("Its database is not there: it ends before it listens."),
      stateless: open("Its database is not there: it ends with 1."),
    },
  },
  {
    name: "parse-server-database",
    about: "the same with the PostgreSQL that it needs beside it",
    recipe: PARSE_SERVER,
    given: PARSE_GIVEN,
    dependency: { name: "db.internal", recipe: POSTGRES, port: 5432 },
    paths: ["/parse/health"],
    ready: 40,
    expect: {
      "read-only-root": yes("With its database, GET / is the same 404 on both roots; nothing is written."),
      "stdout-logs": open("It says its start and nothing of a request: nothing grows with the work."),
      "no-baked-state": yes("Nothing is written; its data are in the database."),
      "bind-all": yes("0.0.0.0:1337 answers on the pod's address."),
      stateless: no(
        "Node leaves SIGTERM to the kernel, which ignores it for process 1: it is still there after 30 s.",
      ),
    },
  },
  {
    name: "pm2",
    about: "an Express application under PM2",
    recipe: {
      npm: ["express@5", "pm2@6"],
      files: { "/app/server.js": EXPRESS },
      setUp: "mkdir /home/app && chown 10001:10001 /home/app",
      ...ROOT_OWNED,
      environment: { HOME: "/home/app" },
      command: ["node", "node_modules/.bin/pm2-runtime", "server.js"],
      ports: [3000],
    },
    ready: 40,
    expect: {
      "read-only-root": no(
        "It makes /home/app/.pm2: on the read-only root that is refused, and the application never starts.",
      ),
      "stdout-logs": yes("On the writable root, a line on stdout for each request; .pm2/logs stays empty."),
      "no-baked-state": yes("Pids, sockets and an empty settings file: nothing that anybody would miss."),
      "bind-all": yes("On the writable root 0.0.0.0:3000 answers on the pod's address."),
    },
  },
];

const NEXT_FILES = {
  "/app/next.config.mjs": 'export default { output: "standalone" };\n',
  "/app/app/layout.js":
    "export default function Layout({ children }) {\n  return <html><body>{children}</body></html>;\n}\n",
  "/app/app/page.js":
    "export const revalidate = 1;\nexport default function Page() {\n  return <p>{new Date().getFullYear()}</p>;\n}\n",
} as const;

const NEXT = {
  npm: ["next@16", "react@19", "react-dom@19"],
  build: "next",
  files: NEXT_FILES,
  user: "10001:10001",
  directory: "/app",
  command: ["node", "server.js"],
  ports: [3000],
} as const;

export const nextServers: readonly Application[] = [
  {
    name: "next-standalone",
    about: "Next.js standalone with HOSTNAME=0.0.0.0, its cache its own",
    recipe: {
      ...NEXT,
      setUp: "chown -R 10001:10001 /app/.next",
      environment: { HOSTNAME: "0.0.0.0", NODE_ENV: "production" },
    },
    ready: 30,
    expect: {
      "read-only-root": no(
        "GET / is the same 200 on both roots; but on the writable root it writes /app/.next/server/route-cache, and no manifest mounts the root read-only.",
      ),
      "stdout-logs": yesIfProven(
        "It says nothing of requests, but on the read-only root that it cannot write its cache.",
      ),
      "bind-all": yes("0.0.0.0:3000 answers on the pod's address."),
      stateless: yes(
        "Ends 0.1 s after SIGTERM; starts again after kill -9; the rendered page is a cache, made again by the next request.",
      ),
    },
  },
  {
    name: "next-standalone-pod-name",
    about: "Next.js standalone that takes its host name for an address",
    recipe: { ...NEXT, environment: { NODE_ENV: "production" } },
    ready: 30,
    expect: {
      "stdout-logs": yesIfProven("It says nothing of requests, but that it cannot write its cache."),
      "bind-all": no(
        "10.88.0.2:3000, the pod's own address, alone: not 0.0.0.0, and not what kubectl port-forward reaches.",
      ),
      stateless: yes("Ends 0.2 s after SIGTERM; starts again after kill -9."),
    },
  },
];
