// Row 9: probes.

import { cronJob, job } from "../../fixtures/manifests.ts";
import type { Cases } from "../case.ts";
import { manifests, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

export const cases: Cases = [
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
