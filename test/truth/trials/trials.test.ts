// The short form of `npm run truth -- trials`: three small servers, seen by hand and by douane.

import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { type Application, no, type Recipe, yes } from "./application.ts";
import { quicklyMade } from "./applications/remedied.ts";
import { APPLICATIONS as TABLE } from "./applications.ts";
import { observeApplication } from "./by-hand/observe-application.ts";
import { differences } from "./differences.ts";
import { followRemedy, isAdmitted } from "./follow-remedy.ts";
import { tryApplication } from "./try.ts";

const LOGS = "(request) => console.log(new Date().toISOString(), request.method, request.url)";
const LOGS_TO_FILE = `(request) => require("node:fs").appendFileSync("/tmp/access.log", new Date().toISOString() + " GET\\n")`;

function server(log: string, address: string): Recipe {
  return {
    base: "host",
    files: {
      "/app/server.js": `const server = require("node:http").createServer((request, response) => {
  (${log})(request);
  response.end("hello");
});
server.listen(3000, "${address}", () => console.log("listening"));
process.on("SIGTERM", () => process.exit(0));
`,
    },
    user: "10001:10001",
    command: ["node", "/app/server.js"],
    ports: [3000],
  };
}

const APPLICATIONS: readonly Application[] = [
  {
    name: "small-open",
    about: "as the contract asks",
    recipe: server(LOGS, "0.0.0.0"),
    expect: {
      "read-only-root": yes("Nothing is written."),
      "stdout-logs": yes("A line for each request."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0."),
      stateless: yes("It ends on SIGTERM."),
    },
  },
  {
    name: "small-local",
    about: "on 127.0.0.1",
    recipe: server(LOGS, "127.0.0.1"),
    expect: { "bind-all": no("127.0.0.1 alone.") },
  },
  {
    name: "small-logs",
    about: "logs into a file",
    recipe: server(LOGS_TO_FILE, "0.0.0.0"),
    expect: { "stdout-logs": no("/tmp/access.log."), "bind-all": yes("0.0.0.0.") },
  },
];

test("each application of the table has a name of its own, by which its image and result are found", () => {
  const names = TABLE.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe.runIf(process.getuid?.() === 0)("a small server", () => {
  beforeAll(() => {
    vi.stubEnv("XDG_CACHE_HOME", join(import.meta.dirname, "..", "..", "..", "node_modules", ".cache"));
  });

  test.each(APPLICATIONS)("$name: $about", async (application) => {
    expect(differences(await tryApplication(application))).toEqual([]);
  });

  test.each(quicklyMade)(
    "$name, $about: its remedy, followed once, ends in Admitted",
    async (application) => {
      const followed = await followRemedy(application);
      expect([isAdmitted(followed), followed.said]).toEqual([true, followed.said]);
      expect(followed.mounts).toContain(application.name === "remedied-pid" ? "/run/app" : "/app/cache");
    },
  );

  test("is seen by hand", async () => {
    const application = APPLICATIONS.find(({ name }) => name === "small-logs");
    if (application === undefined) throw new Error("no application");
    const { readOnly, restarted, writable, readAgain } = await observeApplication({
      ...application,
      settle: 1,
    });
    expect(readOnly.listeners).toEqual(["0.0.0.0:3000"]);
    expect(readOnly.answers["3000/"]).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(readOnly.stdout).toBe("listening\n");
    expect(readOnly.saidWhileAsked).toBe(0);
    expect(restarted.end).toMatch(/^STOP ended .* exit 0$/);
    expect(writable.files.map(({ path, bytes }) => [path, bytes > 0])).toEqual([["/tmp/access.log", true]]);
    expect(readAgain).toEqual([]);
  });
});
