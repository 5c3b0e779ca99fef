// Observations in a trial of a pod with several containers, and of a second pod beside it.

import type { Answer } from "../../../src/contract/verdict.ts";
import {
  called,
  exits,
  http,
  KILLED,
  listener,
  server as serving,
  type TrialSketch,
  worker,
} from "../../fixtures/trial-facts.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web, withImage } from "../given/folder.ts";
import { image, imageOf } from "../given/image.ts";

const LOCAL = serving({ port: 3000, address: "127.0.0.1" });
const PROXY = serving({ port: 8443 });

const BESIDE = { openBeside: [{ container: "proxy", port: 8443 }] };
const EXEC = { exec: { command: ["true"] } };
const APP = { name: "app", ports: [], readinessProbe: EXEC, livenessProbe: EXEC };

export const cases: Cases = [
  behind(
    "a proxy that the manifest declares",
    APP,
    BESIDE,
    "yes",
    "The pod serves on its address: the pod's declared ports count.",
  ),
  behind(
    "the same, with HOST=127.0.0.1 in the manifest",
    { ...APP, env: [{ name: "HOST", value: "127.0.0.1" }] },
    BESIDE,
    "yes",
    "What was presumed is disproved: the pod's port answered.",
  ),
  behind("a proxy that never opened its port", APP, {}, "no", "Nobody reaches the application."),
  behind(
    "a proxy beside a port of its own that the manifest declares",
    { ...APP, ports: [{ containerPort: 3000 }] },
    BESIDE,
    "no",
    "A declared port is open on 127.0.0.1 only.",
  ),
  behind(
    "a container that is not in this workload",
    APP,
    { ...BESIDE, openBeside: [{ container: "other", port: 8443 }] },
    "no",
    "Seen of another pod: nobody stands in front here.",
  ),
  behind(
    "a proxy whose port only its probe names",
    APP,
    BESIDE,
    "yes",
    "Design, row 8: the pod's ports are those of its containers and probes; `ports` only documents.",
    { ports: [], readinessProbe: { httpGet: { path: "/ready", port: 8443 } } },
  ),
  behind("a proxy that its probe calls by gRPC", APP, BESIDE, "yes", "The same, of another kind of probe.", {
    ports: [],
    livenessProbe: { grpc: { port: 8443 } },
  }),
  behind(
    "a proxy whose probe calls another host",
    APP,
    BESIDE,
    "no",
    "That port is somebody else's: nothing of the manifest names one of the pod.",
    { ports: [], readinessProbe: { tcpSocket: { port: 8443, host: "10.0.0.9" } } },
  ),
  behind(
    "a proxy whose probe calls another port",
    APP,
    BESIDE,
    "no",
    "What is open beside is not what the manifest names.",
    { ports: [], readinessProbe: { tcpSocket: { port: 9000 } } },
  ),
  together(
    "answer 503 to their probes, and each is excused by the other",
    503,
    "unproven",
    "No probe was ever answered well: that another container fails as well excuses nobody.",
  ),
  together("answer 200 to their probes", 200, "yes", "Both are well."),
  linked(
    "of whose variables it was told",
    [{ name: "db", address: "10.96.1.1" }],
    "yes",
    "Its variables gave the address.",
  ),
  linked(
    "of another address",
    [{ name: "db", address: "10.96.2.1" }],
    "no",
    "Nothing gave the address: it is fixed (contract 1.3).",
  ),
  linked("of no folder", [], "no", "The same, with nothing beside."),
  replica(
    "listens, and was not ready in time",
    [listener(9000), { kind: "ready", by: "nothing", afterMs: 30_000 }, KILLED],
    "unproven",
    "Design, row 12: it proves nothing.",
  ),
  replica("runs as the first one does", serving({ port: 18_080 }), "yes", "It came up beside the first."),
  replica("ends at its start", exits(1), "no", "It does not run beside the first."),
  {
    name: "a worker's second one opens nothing, as the first",
    given: {
      ...image(),
      trial: {
        "read-only": worker(),
        writable: worker(),
        restart: worker({ kind: "exit", by: "stop", afterMs: 10, code: 0 }),
        replica: worker(),
        settings: { ports: [] },
      },
    },
    expect: { stateless: "yes" },
    trap: true,
    why: "Nothing is expected of it but to run.",
  },
];

function behind(
  name: string,
  app: Record<string, unknown>,
  facts: NonNullable<TrialSketch["facts"]>,
  answer: Answer,
  why: string,
  changes: Record<string, unknown> = {},
): Case {
  const proxy = server({
    name: "proxy",
    ports: [{ containerPort: 8443 }],
    readinessProbe: EXEC,
    livenessProbe: EXEC,
    ...changes,
  });
  const pod = manifests(web({}, { containers: [server(app), proxy] }));
  const declared = (app["ports"] as readonly unknown[]).length > 0 ? [3000] : [];
  return {
    name: `on 127.0.0.1 behind ${name}`,
    given: {
      ...withImage(pod, imageOf({})),
      trials: {
        app: { ...all(LOCAL), settings: { ports: declared }, facts },
        proxy: { ...all(PROXY), settings: { ports: [8443] } },
      },
    },
    expect: { "bind-all": answer },
    ...(answer === "no" ? {} : { trap: true as const }),
    why,
  };
}

/** Two containers whose probes get this answer, each beside one that was not ready. */
function together(name: string, status: number, answer: Answer, why: string): Case {
  const containers = [8081, 8082].map((port) => {
    const httpGet = { path: "/healthz", port };
    const probes = { readinessProbe: { httpGet }, livenessProbe: { httpGet } };
    return server({ name: `c${port}`, ports: [{ containerPort: port }], ...probes });
  });
  const run = (port: number, other: number): TrialSketch => {
    const probed = (["readiness", "liveness"] as const).map((does) =>
      http("/healthz", does, { port, status, body: `${status}` }),
    );
    const missing = { kind: "other-container", container: `c${other}`, was: "not-ready" } as const;
    const more = status === 200 ? probed : [missing, ...probed];
    return { ...all(serving({ port, more })), settings: { ports: [port], triedPaths: [] } };
  };
  return {
    name: `two containers of a pod ${name}`,
    given: {
      ...withImage(manifests(web({}, { containers })), imageOf({})),
      trials: { c8081: run(8081, 8082), c8082: run(8082, 8081) },
    },
    expect: { health: answer },
    ...(answer === "yes" ? { trap: true as const } : {}),
    why,
  };
}

function linked(
  name: string,
  services: NonNullable<NonNullable<TrialSketch["facts"]>["services"]>,
  answer: Answer,
  why: string,
): Case {
  const events = [...serving({ more: [called("10.96.1.1", 5432)] })];
  return {
    name: `it calls 10.96.1.1 beside a Service ${name}`,
    given: { ...image(), trial: { ...all(events), facts: { services } } },
    expect: { "twelve-factor": answer === "no" ? "no" : "unproven" },
    ...(answer === "no" ? {} : { trap: true as const }),
    why,
  };
}

function all(events: NonNullable<TrialSketch["read-only"]>): TrialSketch {
  return { "read-only": events, writable: events, restart: events };
}

function replica(
  name: string,
  events: NonNullable<TrialSketch["replica"]>,
  answer: Answer,
  why: string,
): Case {
  return {
    name: `a second replica ${name}`,
    given: { ...image(), trial: { replica: events } },
    expect: { stateless: answer },
    ...(answer === "no" ? {} : { trap: true as const }),
    why,
  };
}
