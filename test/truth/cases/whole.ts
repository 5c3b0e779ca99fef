// Rows that depend on other rows, on missing evidence, or on whose statement counts; and workloads as a
// whole.

import { withAttestation } from "../../fixtures/image/image.ts";
import { cronJob, daemonSet, deployment, job, podSpec, statefulSet } from "../../fixtures/manifests.ts";
import { smallImage } from "../../fixtures/small-image.ts";
import {
  exits,
  listener,
  port,
  STOPPED,
  said,
  server as serving,
  worker,
  write,
} from "../../fixtures/trial-facts.ts";
import type { Cases } from "../case.ts";
import { dockerfile, manifests, server, web, withImage } from "../given/folder.ts";
import { image, imageOf } from "../given/image.ts";

const CONFORMING = { ...withImage(manifests(web()), imageOf({})), trial: {} };
const BARE = { env: undefined, envFrom: undefined };

const NINE_THOUSAND = [listener(9000), port(9000), port(9000, { on: ["0.0.0.0"], end: true })];

export const cases: Cases = [
  {
    name: "one row that is no makes twelve-factor no",
    given: { ...CONFORMING, trial: { restart: exits(1, said("stale lock\n")) } },
    expect: { stateless: "no", "twelve-factor": "no", "read-only-root": "yes" },
    why: "Design, row 10: the worst of the rows of clauses 1.2 to 1.4.",
  },
  {
    name: "one row that is unproven makes twelve-factor unproven",
    given: { ...CONFORMING, trial: { restart: null } },
    expect: { stateless: "unproven", "twelve-factor": "unproven" },
    why: "Design, row 10: the worst of the rows of clauses 1.2 to 1.4.",
  },
  {
    name: "a fault of clause 1.1 leaves twelve-factor alone",
    given: { ...withImage(manifests(web({}, { hostNetwork: true })), imageOf({})), trial: {} },
    expect: { "no-host-access": "no", "twelve-factor": "yes" },
    why: "1.1 is none of the twelve factors.",
  },
  {
    name: "root, and all else conforms",
    given: { ...withImage(manifests(web()), imageOf({ config: { User: "" } })), trial: {} },
    expect: { "non-root": "no", "no-host-access": "yes", "read-only-root": "yes", "twelve-factor": "yes" },
    why: "Each row is judged by itself.",
  },
  {
    name: "unsigned evidence that the policy does not count",
    given: { ...CONFORMING, policy: { evidenceFrom: ["own-run"] } },
    expect: { "read-only-root": "yes", "bind-all": "unproven", stateless: "unproven" },
    tells: "does not count that origin",
    trap: true,
    why: "The policy says whose word counts; the manifest alone proves row 5.",
  },
  {
    name: "unsigned evidence that the policy counts",
    given: { ...CONFORMING, policy: { evidenceFrom: ["own-run", "handed-in"] } },
    expect: { "bind-all": "yes", stateless: "yes" },
    trap: true,
    why: "The policy says whose word counts.",
  },
  {
    name: "rows 13 to 15 of an image in a folder",
    given: image(),
    expect: { provenance: "unproven", sbom: "no", scans: "unproven" },
    why: "Attestations were not looked for: a local image has no registry to ask. Its SBOM was: it has none.",
  },
  {
    name: "an attestation beside the image that nobody verified",
    given: {
      image: withAttestation(smallImage(), { _type: "https://in-toto.io/Statement/v1" }),
      platform: "linux/amd64",
    },
    expect: { provenance: "unproven", sbom: "no", scans: "unproven" },
    why: "An unsigned statement proves nothing, and is no SBOM.",
  },
  {
    name: "a file called sbom.json in the image",
    given: image({ files: { "app/sbom.json": "{}" } }),
    expect: { sbom: "no" },
    why: "A name is no SBOM.",
  },
  {
    name: "rows 13 to 15 of a Dockerfile",
    given: dockerfile("FROM alpine:3.20.1\nUSER 1000\n"),
    expect: { provenance: "unproven", sbom: "unproven", scans: "unproven", "no-host-access": "unproven" },
    trap: true,
    why: "A Dockerfile shows nothing of them.",
  },
  {
    name: "nothing is injected and nothing is baked in",
    given: withImage(manifests(web(BARE)), imageOf({})),
    expect: { "env-config": "n/a", "no-baked-state": "yes" },
    trap: true,
    why: "Design, row 11: it injects nothing and row 7 is yes.",
  },
  {
    name: "nothing is injected and a configuration is baked in",
    given: withImage(
      manifests(web(BARE)),
      imageOf({
        files: { "app/config/prod.yaml": "url: https://api.prod.aides-interne.fr\npassword: Xk29vLqPz7Rt\n" },
      }),
    ),
    expect: { "env-config": "no", "no-baked-state": "no" },
    why: "Design, row 11: row 7's configuration findings.",
  },
  {
    name: "configuration by a mounted ConfigMap only",
    given: manifests(
      web(
        { ...BARE, volumeMounts: [{ name: "config", mountPath: "/etc/app", readOnly: true }] },
        { volumes: [{ name: "config", configMap: { name: "web" } }] },
      ),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "1.4: « ou alternativement par des fichiers injectés ».",
  },
  {
    name: "configuration by a mounted Secret only",
    given: manifests(
      web(
        { ...BARE, volumeMounts: [{ name: "config", mountPath: "/run/secrets", readOnly: true }] },
        { volumes: [{ name: "config", secret: { secretName: "web" } }] },
      ),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "1.4: « les secrets doivent notamment privilégier le choix des fichiers injectés ».",
  },
  {
    name: "a volume that nobody mounts injects nothing",
    given: withImage(
      manifests(
        web(BARE, {
          volumes: [
            { name: "tmp", emptyDir: {} },
            { name: "config", configMap: { name: "web" } },
          ],
        }),
      ),
      imageOf({}),
    ),
    expect: { "env-config": "n/a" },
    trap: true,
    why: "Design, row 11: it injects nothing.",
  },
  {
    name: "the downward API injects",
    given: manifests(
      web({
        envFrom: undefined,
        env: [{ name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }],
      }),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "A variable from the platform.",
  },
  {
    name: "a worker without ports, tried",
    given: {
      ...withImage(
        manifests(
          web({
            ports: undefined,
            readinessProbe: { exec: { command: ["/app/server"] } },
            livenessProbe: { exec: { command: ["/app/server"] } },
          }),
        ),
        imageOf({}),
      ),
      trial: {
        "read-only": worker(),
        restart: worker(STOPPED),
        writable: worker(),
        replica: worker(),
        settings: { ports: [] },
      },
    },
    expect: { "bind-all": "n/a" },
    trap: true,
    why: "Design, row 8: no port declared and no listener seen.",
  },
  {
    name: "a CronJob's row 8",
    given: manifests(cronJob()),
    expect: { "bind-all": "n/a", health: "n/a" },
    trap: true,
    why: "Design, row 8: batch.",
  },
  {
    name: "a Job's row 8 with its image",
    given: withImage(manifests(job()), imageOf({})),
    expect: { "bind-all": "n/a", "non-root": "unproven" },
    trap: true,
    why: "Design, row 8: batch; the image does not hold the program that the manifest starts.",
  },
  {
    name: "two ports, the second on localhost",
    given: {
      ...withImage(
        manifests(web({ ports: [{ containerPort: 8080 }, { containerPort: 9000 }] })),
        imageOf({}),
      ),
      trial: {
        ...both(serving({ more: [listener(9000, "127.0.0.1"), port(9000, { ipv4: "refused" })] })),
        settings: { ports: [8080, 9000] },
      },
    },
    expect: { "bind-all": "no" },
    why: "Design, row 8: each port of the manifest.",
  },
  {
    name: "two ports, both open",
    given: {
      ...withImage(
        manifests(web({ ports: [{ containerPort: 8080 }, { containerPort: 9000 }] })),
        imageOf({}),
      ),
      trial: {
        ...both(serving({ more: NINE_THOUSAND })),
        restart: serving({ end: STOPPED, more: NINE_THOUSAND }),
        replica: serving({ port: 18_080, more: NINE_THOUSAND }),
        settings: { ports: [8080, 9000] },
      },
    },
    expect: { "bind-all": "yes" },
    trap: true,
    why: "Each port takes a connection.",
  },
  {
    name: "a rotated log that was deleted",
    given: {
      ...image(),
      trial: {
        writable: serving({
          more: [
            write("/tmp/app.log.1", {
              area: "/tmp",
              change: "deleted",
              bytes: 900,
              grew: 900,
              sample: "2026-06-15T12:00:00Z INFO GET /\n",
            }),
          ],
        }),
      },
    },
    expect: { "stdout-logs": "no" },
    why: "Design, row 6: deleted files included.",
  },
  {
    name: "a DaemonSet that meets the contract",
    given: manifests(daemonSet({ pod: podSpec({ containers: [server()] }) })),
    expect: {
      "no-host-access": "yes",
      "no-escalation": "yes",
      seccomp: "yes",
      health: "yes",
      "read-only-root": "yes",
    },
    trap: true,
    why: "It meets every row that a manifest can show.",
  },
  {
    name: "a StatefulSet that meets the contract",
    given: manifests(statefulSet({ pod: podSpec({ containers: [server()] }) })),
    expect: {
      "no-host-access": "yes",
      "no-escalation": "yes",
      seccomp: "yes",
      health: "yes",
      "read-only-root": "yes",
    },
    trap: true,
    why: "It meets every row that a manifest can show.",
  },
  {
    name: "two Deployments, the second without its probes",
    given: manifests(
      web(),
      deployment({ name: "b", pod: podSpec({ containers: [server({ livenessProbe: undefined })] }) }),
    ),
    expect: { health: "no", seccomp: "yes" },
    why: "Every workload is judged.",
  },
  {
    name: "an old Kubernetes and no seccomp profile",
    given: { ...manifests(web({}, { securityContext: { runAsNonRoot: true } })), minor: 20 },
    expect: { seccomp: "no" },
    why: "The contract does not depend on the cluster's age.",
  },
];

/** The two phases in which requests are made. */
function both(events: ReturnType<typeof serving>) {
  return { "read-only": events, writable: events };
}
