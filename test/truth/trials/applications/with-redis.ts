// Applications that end at their start without their Redis.

import { type Application, type Dependency, open, type Recipe, yes } from "../application.ts";

const SESSIONS = `const express = require("express");
const session = require("express-session");
const { RedisStore } = require("connect-redis");
const { createClient } = require("redis");

async function main() {
  const client = createClient({ url: process.env.REDIS_URL, socket: { reconnectStrategy: false } });
  client.on("error", (error) => console.error("redis:", error.message));
  await client.connect();
  const app = express();
  app.use((request, response, next) => {
    console.log(request.method, request.url);
    next();
  });
  app.get("/healthz", async (request, response) => response.send(await client.ping()));
  app.use(
    session({
      store: new RedisStore({ client }),
      secret: process.env.SESSION_SECRET,
      resave: false,
      saveUninitialized: true,
    }),
  );
  app.get("/", (request, response) => {
    request.session.visits = (request.session.visits ?? 0) + 1;
    response.send("hello");
  });
  const server = app.listen(3000, "0.0.0.0", () => console.log("listening"));
  process.on("SIGTERM", () => server.close(() => client.quit().finally(() => process.exit(0))));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
`;

const RECIPE: Recipe = {
  npm: ["express@5", "express-session@1", "connect-redis@9", "redis@5"],
  files: { "/app/server.js": SESSIONS },
  user: "10001:10001",
  directory: "/app",
  command: ["node", "server.js"],
  ports: [3000],
};

/** Redis as root, with its dump on the root filesystem: as in its published images. */
function redis(command: string): Dependency {
  return {
    name: "cache.internal",
    recipe: {
      debian: ["redis-server"],
      user: "0:0",
      command: ["sh", "-c", command],
      ports: [6379],
    },
    port: 6379,
  };
}

const SERVES = "redis-server --bind 0.0.0.0 --protected-mode no";
const SESSION_SECRET = "of-the-trial";
const GIVEN = { REDIS_URL: "redis://cache.internal:6379", SESSION_SECRET } as const;

function openBecause(why: string): Application["expect"] {
  return {
    "read-only-root": open(why),
    "stdout-logs": open(why),
    "bind-all": open(why),
    stateless: open(why),
  };
}

export const withRedis: readonly Application[] = [
  {
    name: "sessions",
    about: "an Express application that keeps sessions in the Redis beside it",
    recipe: RECIPE,
    given: GIVEN,
    dependency: redis(`exec ${SERVES}`),
    expect: {
      "read-only-root": yes("With its Redis, GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stdout for each request; no file grows."),
      "no-baked-state": yes("Nothing is written; its sessions are in Redis."),
      "bind-all": yes("0.0.0.0:3000 answers on the pod's address."),
      stateless: yes("Ends on SIGTERM with 0; starts again after kill -9 beside the same Redis."),
    },
  },
  {
    name: "sessions-alone",
    about: "the same without its Redis",
    recipe: RECIPE,
    given: GIVEN,
    expect: openBecause("Its Redis is not there: it ends with 1."),
  },
  {
    name: "sessions-other-name",
    about: "the same, told a name that nobody has, beside its Redis",
    recipe: RECIPE,
    given: { REDIS_URL: "redis://cache.intern:6379", SESSION_SECRET },
    dependency: redis(`exec ${SERVES}`),
    expect: openBecause("Its Redis is not where it looks: it ends with 1."),
  },
  {
    name: "sessions-never-ready",
    about: "the same beside a Redis that listens on no port",
    recipe: RECIPE,
    given: GIVEN,
    dependency: { ...redis(`exec ${SERVES} --port 0 --unixsocket /tmp/redis.sock`), ready: 5 },
    expect: openBecause("Its Redis takes no connection: it ends with 1."),
  },
  {
    name: "sessions-redis-dies",
    about: "the same beside a Redis that is killed in the middle",
    recipe: RECIPE,
    given: GIVEN,
    dependency: redis(`${SERVES} & sleep 3; kill -9 $!; exit 1`),
    expect: openBecause("Its Redis is gone after 3 s: what it does then is done without it."),
  },
];
