// Row 9: probes.

import type { TrialEvent } from "../../../src/contract/trial-events.ts";
import { cronJob, job, type Manifest } from "../../fixtures/manifests.ts";
import { http, server } from "../../fixtures/trial-facts.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

/** A trial that knew of no probe, and asked these paths while it looked for one. */
function asked(
  name: string,
  httpGet: Manifest,
  answers: readonly TrialEvent[],
  health: "yes" | "no",
  why: string,
): Case {
  const run = [
    http("/douane-x", "random", { status: 404, body: "none" }),
    ...answers,
    ...server({ without: ["http"] }),
  ];
  const given = withImage(
    manifests(web({ readinessProbe: { httpGet: { port: 8080, ...httpGet } } })),
    imageOf({}),
  );
  const expect = { health } as const;
  return {
    name: `a trial that knew no probe: ${name}`,
    given: { ...given, trial: { "read-only": run, writable: run } },
    expect,
    ...(health === "yes" ? { trap: true } : {}),
    why,
  };
}

const refused = http("/ready", "discovery", { status: 404, body: "none" });
const healthy = http("/healthz", "discovery", { status: 200, body: "ok" });

/** A trial with these probes, whose run is ready after so many seconds and shows these answers. */
function timed(
  name: string,
  probes: Manifest,
  [seconds, answers]: readonly [seconds: number, answers: readonly TrialEvent[]],
  health: "yes" | "no" | "unproven",
  why: string,
): Case {
  const ready = { kind: "ready", by: "probe", afterMs: seconds * 1_000 } as const;
  const run = [ready, ...answers, ...server({ without: ["http", "ready"] })];
  return {
    name: `the time of probes: ${name}`,
    given: {
      ...withImage(manifests(web(probes)), imageOf({})),
      trial: { "read-only": run, restart: run, writable: run, replica: run, settings: { triedPaths: [] } },
    },
    expect: { health },
    ...(health === "yes" ? { trap: true } : {}),
    why,
  };
}

const get = { httpGet: { path: "/healthz", port: 8080 } };
const good = (tookMs: number): readonly TrialEvent[] =>
  (["readiness", "liveness"] as const).map((why) => http("/healthz", why, { status: 200, tookMs }));
const silent = http("/healthz", "readiness", { error: "timeout", tookMs: 1_000 });
const hasty = { livenessProbe: { ...get, periodSeconds: 1, failureThreshold: 1 } };

const moved = (status: number): readonly TrialEvent[] =>
  (["readiness", "liveness"] as const).map((why) =>
    http("/healthz", why, { status: 302, location: "/page", redirected: { to: "/page", status } }),
  );

export const cases: Cases = [
  timed(
    "a redirection to the same host, whose end is 500",
    {},
    [0.1, moved(500)],
    "no",
    "The kubelet follows redirections to the same host and judges the last answer.",
  ),
  timed(
    "a redirection to the same host, whose end is 200",
    {},
    [0.1, moved(200)],
    "yes",
    "The kubelet follows redirections to the same host and judges the last answer.",
  ),
  timed(
    "answers of 3 s, 1 s allowed",
    {},
    [0.1, [silent, ...good(3_025)]],
    "no",
    "timeoutSeconds is 1 by default: no pod is ever ready, and each is restarted for ever.",
  ),
  timed(
    "answers of 3 s, 5 s allowed",
    { readinessProbe: { ...get, timeoutSeconds: 5 }, livenessProbe: { ...get, timeoutSeconds: 5 } },
    [0.1, good(3_025)],
    "yes",
    "The kubelet waits for them.",
  ),
  timed(
    "a slow answer before quick ones",
    {},
    [0.1, [silent, ...good(3_025), ...good(12)]],
    "yes",
    "It warmed up.",
  ),
  timed(
    "a start of 6 s, liveness after 1 s",
    hasty,
    [6, good(5)],
    "no",
    "The kubelet restarts it before it listens, each time.",
  ),
  timed(
    "a start of 6 s, the default liveness",
    {},
    [6, good(5)],
    "yes",
    "Three failures ten seconds apart: 20 s at least.",
  ),
  timed(
    "a start of 25 s, the default liveness",
    {},
    [25, good(5)],
    "unproven",
    "Restarted after 20 to 32 s: by chance.",
  ),
  timed(
    "a start of 25 s, a startupProbe of 60 s",
    { ...hasty, startupProbe: { ...get, failureThreshold: 6 } },
    [25, [...good(5), http("/healthz", "startup", { status: 200 })]],
    "yes",
    "Liveness waits for the startupProbe.",
  ),
  timed(
    "a start of 60 s, a startupProbe of 6 s",
    { startupProbe: { ...get, periodSeconds: 1, failureThreshold: 6 } },
    [60, [...good(5), http("/healthz", "startup", { status: 200 })]],
    "no",
    "Kubernetes: a startupProbe that fails restarts the container.",
  ),
  timed(
    "a start of 6 s on a busy machine",
    hasty,
    [6, [...good(5), { kind: "limit", what: "processor" }]],
    "unproven",
    "Overload is never a no.",
  ),
  asked(
    "its path is not there",
    { path: "/ready" },
    [refused, healthy],
    "no",
    "Design, row 9: trial: its path fails.",
  ),
  asked(
    "its path is not there, nor is any other",
    { path: "/ready" },
    [refused],
    "no",
    "The kubelet would never see it ready.",
  ),
  asked(
    "its path asks for a password",
    { path: "/ready" },
    [http("/ready", "discovery", { status: 401 }), healthy],
    "no",
    "The kubelet has none: 401 is a failure.",
  ),
  asked("its path answered", { path: "/healthz" }, [refused, healthy], "yes", "It is the one that answered."),
  asked("its path was not asked", { path: "/state" }, [refused, healthy], "yes", "Nothing was seen of it."),
  asked(
    "its path was not ready",
    { path: "/ready" },
    [http("/ready", "discovery", { status: 503 }), healthy],
    "yes",
    "A probe that waits for what the trial does not have says 503: that is what it is for.",
  ),
  asked(
    "its path wants a header, which it sends",
    { path: "/ready", httpHeaders: [{ name: "Host", value: "portal.example" }] },
    [refused, healthy],
    "yes",
    "What was asked is not what it asks.",
  ),
  {
    name: "no liveness probe",
    given: manifests(web({ livenessProbe: undefined })),
    expect: { health: "no" },
    why: "1.3: readiness and liveness probes must be defined.",
  },
  {
    name: "no readiness probe, but a startup probe",
    given: manifests(
      web({ readinessProbe: undefined, startupProbe: { httpGet: { path: "/", port: 8080 } } }),
    ),
    expect: { health: "no" },
    why: "1.3: a startup probe stands for neither.",
  },
  {
    name: "an empty probe",
    given: manifests(web({ readinessProbe: {} })),
    expect: { health: "no" },
    why: "It has no handler: the API server refuses it.",
  },
  {
    name: "a Job without probes",
    given: manifests(job()),
    expect: { health: "n/a" },
    trap: true,
    why: "No long-running container.",
  },
  {
    name: "a CronJob without probes",
    given: manifests(cronJob()),
    expect: { health: "n/a" },
    trap: true,
    why: "No long-running container.",
  },
  {
    name: "a probe by a command that the image has",
    given: withImage(
      manifests(web({ livenessProbe: { exec: { command: ["/app/server", "--check"] } } })),
      imageOf({}),
    ),
    expect: { health: "yes" },
    trap: true,
    why: "The program exists.",
  },
  {
    name: "a probe by a command that the image lacks",
    given: withImage(
      manifests(web({ livenessProbe: { exec: { command: ["/usr/bin/curl", "localhost"] } } })),
      imageOf({}),
    ),
    expect: { health: "no" },
    why: "It can never succeed.",
  },
];
