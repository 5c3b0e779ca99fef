import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES, runDriver } from "../../test/fixtures/trial/mode.ts";
import { GRPC_SERVER, makeNodeServer } from "../../test/fixtures/trial/node-server.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { request } from "../../test/fixtures/trial/subject.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { trialHealth } from "../rules/trial/1.3-trial-health.ts";

describe.each(MODES)("as %s", (mode) => {
  let server: ReturnType<typeof makeNodeServer>;
  beforeAll(() => {
    server = makeNodeServer(mode, GRPC_SERVER);
  });
  afterAll(() => rmSync(server.directory, { recursive: true }));

  async function trial(service: string, env: readonly string[] = []): Promise<TrialFacts> {
    const { start } = request([], []);
    const argv = ["/app/node", "/app/server.js"];
    return runDriver(
      mode,
      request(server.layers, [], {
        start: { ...start, argv, env: [...start.env, ...env] },
        probes: [{ why: "readiness", does: { grpc: { port: 8080, service } }, timeoutMs: 1_000 }],
        waits: { readyMs: 2_000, settleMs: 50, graceMs: 300 },
        deadlineMs: 30_000,
      }),
    );
  }

  test.each(["", "app"])(
    "a server whose health service says SERVING of %j is ready and healthy",
    async (service) => {
      const facts = await trial(service);
      const target = `8080 ${service}`.trim();
      expect(seen(facts, "ready", "read-only")).toMatchObject([{ by: "probe" }]);
      const ready = { why: "readiness", does: "grpc", target, ok: true };
      const probes = seen(facts, "probe");
      expect(probes.map(({ phase }) => phase).toSorted()).toEqual(["read-only", "replica", "writable"]);
      const replicas = { ...ready, target: `18080 ${service}`.trim() };
      expect(probes).toMatchObject(probes.map(({ phase }) => (phase === "replica" ? replicas : ready)));
      expect(trialHealth.check({ trial: facts })).toMatchObject({
        status: "pass",
        proof: {
          en: expect.stringContaining(
            `probes that succeeded, also after the requests: readiness grpc ${target}, in`,
          ),
        },
      });
    },
  );

  test.each([
    ["NOT_SERVING", "", ["STATUS=2"]],
    ["NOT_FOUND", "other", []],
  ])("one that says %s is not", async (error, service, env) => {
    const facts = await trial(service, env);
    expect(seen(facts, "ready", "read-only")).toMatchObject([{ by: "nothing" }]);
    expect(seen(facts, "probe", "read-only")).toMatchObject([{ does: "grpc", ok: false, error }]);
    expect(trialHealth.check({ trial: facts })).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining(error) } }],
    });
  });
});
