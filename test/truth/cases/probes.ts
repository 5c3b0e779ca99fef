// Row 9: probes that can work, and probes that cannot.

import type { Answer } from "../../../src/contract/verdict.ts";
import { daemonSet, type Manifest, podSpec, rollout } from "../../fixtures/manifests.ts";
import { exits, http, said, server as serving } from "../../fixtures/trial-facts.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

export const cases: Cases = [
  probe(
    "GET on the declared port, by name",
    { httpGet: { path: "/", port: "http" } },
    "yes",
    "The port is declared under that name.",
  ),
  probe(
    "GET on a name that no port has",
    { httpGet: { path: "/", port: "admin" } },
    "no",
    "It can never succeed.",
  ),
  probe("TCP on the declared port", { tcpSocket: { port: 8080 } }, "yes", "A handler that can work."),
  probe("gRPC", { grpc: { port: 8080 } }, "yes", "A handler that can work."),
  probe(
    "a command",
    { exec: { command: ["/app/server", "--health"] } },
    "unproven",
    "The image is not given: nothing shows that it holds the program.",
  ),
  probe("a command without words", { exec: { command: [] } }, "no", "Nothing to run."),
  probe(
    "only its delays",
    { initialDelaySeconds: 5, periodSeconds: 10 },
    "no",
    "Without a handler it is none.",
  ),
  probe("null", null, "no", "Null is absent."),
  probe(
    "two handlers",
    { httpGet: { path: "/", port: 8080 }, tcpSocket: { port: 8080 } },
    "no",
    "The API server admits one handler.",
  ),
  probe("a port above 65535", { httpGet: { path: "/", port: 80800 } }, "no", "No such port."),
  probe(
    "a port that is not declared",
    { httpGet: { path: "/", port: 9000 } },
    "yes",
    "containerPort is informative: a probe reaches any port that is open.",
  ),
  probe("HTTPS", { httpGet: { path: "/", port: 8080, scheme: "HTTPS" } }, "yes", "A handler that can work."),
  probe(
    "a slow one",
    { httpGet: { path: "/", port: 8080 }, periodSeconds: 300, timeoutSeconds: 60 },
    "yes",
    "Slow, and a probe all the same.",
  ),
  {
    name: "readiness alone",
    given: manifests(web({ livenessProbe: undefined, startupProbe: { tcpSocket: { port: 8080 } } })),
    expect: { health: "no" },
    why: "1.3 names both, readiness and liveness.",
  },
  {
    name: "the same endpoint for both",
    given: manifests(
      web({
        readinessProbe: { httpGet: { path: "/health", port: 8080 } },
        livenessProbe: { httpGet: { path: "/health", port: 8080 } },
      }),
    ),
    expect: { health: "yes" },
    trap: true,
    why: "Both are defined.",
  },
  {
    name: "a sidecar of containers without probes",
    given: manifests(
      web(
        {},
        {
          containers: [
            server(),
            server({ name: "side", readinessProbe: undefined, livenessProbe: undefined }),
          ],
        },
      ),
    ),
    expect: { health: "no" },
    why: "Every long-running container.",
  },
  {
    name: "probes of two containers, each on its own port",
    given: manifests(
      web(
        {},
        {
          containers: [
            server(),
            server({
              name: "side",
              ports: [{ containerPort: 8081 }],
              readinessProbe: { tcpSocket: { port: 8081 } },
              livenessProbe: { tcpSocket: { port: 8081 } },
            }),
          ],
        },
      ),
    ),
    expect: { health: "yes" },
    trap: true,
    why: "Each is asked on its own port.",
  },
  {
    name: "a DaemonSet without probes",
    given: manifests(
      daemonSet({
        pod: podSpec({ containers: [server({ readinessProbe: undefined, livenessProbe: undefined })] }),
      }),
    ),
    expect: { health: "no" },
    why: "It runs long.",
  },
  {
    name: "a Rollout with probes",
    given: manifests(rollout({ pod: podSpec({ containers: [server()] }) })),
    expect: { health: "yes" },
    trap: true,
    why: "As a Deployment.",
  },
  {
    name: "an image alone",
    given: { image: imageOf({}) },
    expect: { health: "unproven" },
    trap: true,
    why: "Probes stand in the manifest.",
  },
  {
    name: "a HEALTHCHECK in the image, no probe in the manifest",
    given: withImage(
      manifests(web({ readinessProbe: undefined, livenessProbe: undefined })),
      imageOf({ config: { Healthcheck: { Test: ["CMD", "/app/server", "--health"] } } }),
    ),
    expect: { health: "no" },
    why: "Kubernetes does not read HEALTHCHECK.",
  },
  {
    name: "a probe by a shell in an image without one",
    given: withImage(
      manifests(web({ livenessProbe: { exec: { command: ["sh", "-c", "true"] } } })),
      imageOf({}),
    ),
    expect: { health: "no" },
    why: "It can never succeed.",
  },
  {
    name: "a probe by a program on PATH",
    given: withImage(
      manifests(web({ livenessProbe: { exec: { command: ["check"] } } })),
      imageOf({
        files: { "usr/bin/check": { content: "\x7fELF", mode: 0o755 } },
        config: { Env: ["PATH=/usr/bin"] },
      }),
    ),
    expect: { health: "yes" },
    trap: true,
    why: "The program is on the image's PATH.",
  },
  {
    name: "a probe by a file that nobody may execute",
    given: withImage(
      manifests(web({ livenessProbe: { exec: { command: ["/app/check"] } } })),
      imageOf({ files: { "app/check": { content: "#!/app/server\n", mode: 0o644 } } }),
    ),
    expect: { health: "no" },
    why: "Permission denied, every time.",
  },
  {
    name: "a probe by a program on a mounted volume",
    given: withImage(
      manifests(
        web({
          livenessProbe: { exec: { command: ["/tools/check"] } },
          volumeMounts: [{ name: "tmp", mountPath: "/tools" }],
        }),
      ),
      imageOf({}),
    ),
    expect: { health: "unproven" },
    trap: true,
    why: "What the volume holds is not the image's to say: nothing contradicts it, and nothing shows it.",
  },
  {
    name: "a trial in which the probe's path is not found",
    given: {
      ...withImage(manifests(web()), imageOf({})),
      trial: seen(
        http("/healthz", "readiness", { status: 404, body: "404" }),
        http("/healthz", "liveness", { status: 404, body: "404" }),
      ),
    },
    expect: { health: "no" },
    why: "Design, row 9: in the trial its path fails.",
  },
  {
    name: "a trial in which the probes succeed",
    given: {
      ...withImage(manifests(web()), imageOf({})),
      trial: seen(
        http("/healthz", "readiness", { status: 200, body: "ok" }),
        http("/healthz", "liveness", { status: 204, body: "" }),
      ),
    },
    expect: { health: "yes" },
    trap: true,
    why: "Every answer from 200 to 399 is one.",
  },
  {
    name: "a trial in which the container crashes",
    given: {
      ...withImage(manifests(web()), imageOf({})),
      trial: {
        "read-only": exits(1, said("panic\n")),
        restart: null,
        writable: exits(1, said("panic\n")),
        replica: null,
      },
    },
    expect: {
      "bind-all": "unproven",
      stateless: "unproven",
      "stdout-logs": "unproven",
      "read-only-root": "unproven",
    },
    why: "It shows nothing: of row 5 the manifest alone would be a proof, but a start that died on the root that it imposes speaks against it.",
  },
];

function seen(...more: readonly ReturnType<typeof http>[]) {
  return { "read-only": serving({ more }), writable: serving({ more }) };
}

function probe(name: string, liveness: Manifest | null, answer: Answer, why: string): Case {
  return {
    name: `a liveness probe: ${name}`,
    given: manifests(web({ livenessProbe: liveness })),
    expect: { health: answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}
