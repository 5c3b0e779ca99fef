import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asMasked } from "../../test/fixtures/masked.ts";
import { MODES, runDriver } from "../../test/fixtures/trial/mode.ts";
import { makeNodeServer } from "../../test/fixtures/trial/node-server.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { request } from "../../test/fixtures/trial/subject.ts";
import { trialHealth } from "../rules/trial/1.3-trial-health.ts";

/** /health is good for BUSY ms less after the first GET / (for ever without BUSY); `/even` fails every second time. */
const SERVER = `
let until = 0;
let count = 0;
const server = require("node:http").createServer((request, response) => {
  const isBad = request.url === "/even" ? count++ % 2 === 1 : Date.now() < until;
  if (request.url === "/") until = Date.now() + Number(process.env.BUSY ?? 1e9);
  response.statusCode = request.url === "/" ? 200 : isBad ? 500 : 200;
  response.end(request.url);
});
server.listen(process.env.PORT ?? 8080, () => console.log("listening"));
process.on("SIGTERM", () => process.exit(0));
`;

// Requests do not depend on who runs a trial.
describe.each(MODES.slice(-1))("as %s", (mode) => {
  let server: ReturnType<typeof makeNodeServer>;
  beforeAll(() => {
    server = makeNodeServer(mode, SERVER);
  });
  afterAll(() => rmSync(server.directory, { recursive: true }));

  test.each([
    ["/health", [], false, "fail"],
    ["/health", ["BUSY=2000"], true, "pass"],
    ["/even", [], true, "pass"],
  ] as const)("after the requests, %s with %j succeeds: %s", async (path, env, ok, status) => {
    const { start } = request([], []);
    const argv = ["/app/node", "/app/server.js"];
    const http = { port: 8080, path, scheme: "http", headers: {} } as const;
    const facts = await runDriver(
      mode,
      request(server.layers, [], {
        start: { ...start, argv, env: [...start.env, ...env] },
        probes: [
          { why: "startup", does: { http }, timeoutMs: 1_000 },
          { why: "readiness", does: { http }, timeoutMs: 1_000 },
          { why: "liveness", does: { tcp: { port: 8080 } }, timeoutMs: 1_000 },
          { why: "liveness", does: { tcp: { port: 1 } }, timeoutMs: 1_000 },
        ],
        waits: { readyMs: 2_000, settleMs: 50, graceMs: 300 },
        deadlineMs: 60_000,
      }),
    );
    for (const phase of ["read-only", "writable"] as const) {
      expect(seen(facts, "late-probe", phase)).toMatchObject([
        { why: "readiness", does: `GET :8080${path}`, ok, ...(ok ? {} : { error: "500" }) },
        { why: "liveness", does: "tcp 8080", ok: true, tries: 3 },
      ]);
    }
    expect(seen(facts, "late-probe").map(({ phase }) => phase)).not.toContain("replica");
    const lasting = asMasked({ ...facts, observations: facts.observations.filter((one) => !isOfPort1(one)) });
    expect(trialHealth.check({ trial: lasting })).toMatchObject({ status });
  });
});

function isOfPort1(one: object): boolean {
  return "target" in one && one.target === "1";
}
