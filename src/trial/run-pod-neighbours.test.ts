import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES } from "../../test/fixtures/trial/mode.ts";
import { runPod, type Sketch } from "../../test/fixtures/trial/pod.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { makeSubject } from "../../test/fixtures/trial/subject.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { DEFAULT_MESSAGE_PATH } from "../start/termination-message.ts";

// Surroundings of a container in its pod: the kubelet's termination message file, UDP ports, and ports of
// other containers.

describe.each(MODES)("as %s", (mode) => {
  let subject: ReturnType<typeof makeSubject>;
  beforeAll(() => {
    subject = makeSubject(mode);
  });
  afterAll(() => rmSync(subject.directory, { recursive: true }));

  async function web(sketch: Sketch): Promise<TrialFacts> {
    const { web: facts } = await runPod(mode, subject.layers, { web: sketch });
    return facts;
  }

  test("the file for a last message can be written to by any user, and is empty at each start", async () => {
    const facts = await web({
      args: ["appends", DEFAULT_MESSAGE_PATH],
      port: 8080,
      mounts: [{ kind: "message", path: DEFAULT_MESSAGE_PATH }],
    });
    const written = ["read-only", "restart", "writable"].map((phase) =>
      facts.observations.filter((one) => one.kind === "write" && one.phase === phase),
    );
    for (const writes of written) {
      expect(writes).toMatchObject([{ area: "/dev", path: DEFAULT_MESSAGE_PATH, bytes: 5 }]);
    }
    expect(facts.settings.messagePath).toBeUndefined();
  });

  test("it lies over the image's program where the manifest says so, and nothing starts", async () => {
    const path = "/app/subject";
    const facts = await web({ args: ["serve"], port: 8080, mounts: [{ kind: "message", path }] });
    expect(seen(facts, "start-failed", "read-only")).toMatchObject([
      { message: expect.stringContaining(path) },
    ]);
    expect(seen(facts, "ready")).toEqual([]);
    expect(seen(facts, "write")).toEqual([]);
    expect(facts.settings.messagePath).toBe(path);
  });

  test.each([
    ["0.0.0.0", ["0.0.0.0"]],
    ["127.0.0.1", ["127.0.0.1"]],
  ])("a UDP port on %s is looked at, at the beginning and at the end of each phase", async (host, on) => {
    const facts = await web({
      args: ["datagrams", host, "5353"],
      port: 8080,
      changes: { datagramPorts: [5_353, 5_354] },
    });
    for (const phase of ["read-only", "restart"] as const) {
      expect(seen(facts, "datagram-port", phase)).toMatchObject([
        { port: 5_353, on },
        { port: 5_354, on: [] },
        { port: 5_353, on, end: true },
        { port: 5_354, on: [], end: true },
      ]);
    }
  });

  test("a request that another container of the pod made, and its answer, are seen", async () => {
    const { web, calls } = await runPod(mode, subject.layers, {
      web: { args: ["serve"], port: 8080 },
      calls: { args: ["asks-port", "8080"], port: 8081 },
    });
    expect(seen(web, "served", "read-only")).toMatchObject([{ port: 8_080 }]);
    expect(seen(calls, "served")).toEqual([]);
  });

  test("a connection without a word, as a probe of TCP makes it, is none", async () => {
    const { web } = await runPod(mode, subject.layers, {
      web: { args: ["serve"], port: 8080 },
      calls: { args: ["needs-port", "8080"], port: 8081 },
    });
    expect(seen(web, "served")).toEqual([]);
  });

  test("what a container says of another one's requests comes while both are asked, and never in the pause", async () => {
    const changes = { replica: { variable: "NONE" } };
    const { front, back } = await runPod(mode, subject.layers, {
      front: { args: ["relays"], port: 8080, changes },
      back: { args: ["behind"], port: 9000, changes },
    });
    for (const phase of ["read-only", "writable"] as const) {
      const [stdout] = seen(back, "output", phase).filter(({ stream }) => stream === "stdout");
      expect(stdout?.sample).toContain("did a task");
      expect(stdout?.after).toBeGreaterThan(stdout?.before ?? Number.POSITIVE_INFINITY);
      expect(stdout?.idle).toBeUndefined();
      const [random] = seen(front, "http", phase).filter(({ why }) => why === "random");
      expect(back.askedBeside).toContainEqual({ phase, path: random?.path });
    }
  });

  test.each([
    ["stays where it is", "IGNORED"],
    ["follows its variable to another port", "PORT"],
  ])(
    "a container whose probe another one answers is as ready in the replica as at first: it %s",
    async (_, variable) => {
      const { idle } = await runPod(mode, subject.layers, {
        web: { args: ["serve"], port: 8080, changes: { replica: { variable } } },
        idle: {
          args: ["worker"],
          port: 8080,
          changes: {
            probes: [
              {
                why: "readiness",
                does: { http: { port: 8080, path: "/healthz", scheme: "http", headers: {} } },
                timeoutMs: 1_000,
              },
            ],
          },
        },
      });
      expect(seen(idle, "listener")).toEqual([]);
      expect(seen(idle, "ready", "read-only")).toMatchObject([{ by: "probe" }]);
      expect(seen(idle, "ready", "replica")).toMatchObject([{ by: "port" }]);
    },
  );
});
