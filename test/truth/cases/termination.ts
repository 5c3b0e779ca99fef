// Row 12 by the manifest: the time that a pod has to end by itself.

import type { Manifest } from "../../fixtures/manifests.ts";
import type { Cases } from "../case.ts";
import { manifests, server, web, withImage } from "../given/folder.ts";
import type { Given } from "../given/given.ts";
import { imageOf } from "../given/image.ts";

function stopping(preStop: Manifest, terminationGracePeriodSeconds?: number): Given {
  const grace = terminationGracePeriodSeconds === undefined ? {} : { terminationGracePeriodSeconds };
  return manifests(web({ lifecycle: { preStop } }, { terminationGracePeriodSeconds: undefined, ...grace }));
}

const PROGRAM = { content: "\x7fELF", mode: 0o755 };

function tried(given: Given): Given {
  const files = Object.fromEntries(["sh", "sleep", "rm"].map((name) => [`bin/${name}`, PROGRAM]));
  return { ...withImage(given, imageOf({ files, by: "RUN apk add busybox" })), trial: {} };
}

function shell(text: string): Manifest {
  return { exec: { command: ["/bin/sh", "-c", text] } };
}

/** Default command written by a tool of the users. */
const DEFAULT_OF_A_TOOL = shell("rm -f /tmp/ready; sleep 30");

/** Kubernetes 1.33: in the place of the image's STOPSIGNAL. */
function signal(stopSignal: string): Given {
  return manifests(web({ lifecycle: { stopSignal } }, { os: { name: "linux" } }));
}

export const cases: Cases = [
  ...["SIGKILL", "SIGSTOP", "SIGNOTHING"].map((name) => ({
    name: `lifecycle.stopSignal: ${name}, without the image`,
    given: signal(name),
    expect: { stateless: "no" } as const,
    why: "Design, row 12: the program is given no chance to end by itself.",
  })),
  ...["SIGTERM", "SIGQUIT", "SIGINT", "SIGRTMIN+3"].map((name) => ({
    name: `lifecycle.stopSignal: ${name}, without the image`,
    given: signal(name),
    expect: { stateless: "unproven" } as const,
    trap: true as const,
    why: "A signal that a program can handle.",
  })),
  {
    name: "lifecycle.stopSignal: SIGKILL of a native sidecar",
    given: manifests(
      web(
        {},
        {
          initContainers: [
            server({ name: "proxy", restartPolicy: "Always", lifecycle: { stopSignal: "SIGKILL" } }),
          ],
        },
      ),
    ),
    expect: { stateless: "no" },
    why: "The same of every container.",
  },
  {
    name: "lifecycle.stopSignal: SIGTERM above an image's SIGKILL",
    given: withImage(signal("SIGTERM"), imageOf({ config: { StopSignal: "SIGKILL" } })),
    expect: { stateless: "unproven" },
    trap: true,
    why: "The manifest's signal is what the kubelet sends.",
  },
  {
    name: "a preStop that sleeps as long as the default grace period",
    given: stopping(shell("sleep 30")),
    expect: { stateless: "no" },
    why: "The application has but the 2 s that the kubelet gives besides: presumed.",
  },
  {
    name: "the same, and a trial in which the application stops in time",
    given: tried(stopping(shell("sleep 30"))),
    expect: { stateless: "yes" },
    trap: true,
    why: "The kubelet sends SIGTERM all the same: the trial has shown that 2 s are enough.",
  },
  {
    name: "a default hook of a tool, with a trial",
    given: tried(stopping(DEFAULT_OF_A_TOOL)),
    expect: { stateless: "yes" },
    trap: true,
    why: "A static sign is overruled by what was seen.",
  },
  {
    name: "a default hook of a tool, without a trial",
    given: stopping(DEFAULT_OF_A_TOOL),
    expect: { stateless: "no" },
    why: "The grace period is used up: presumed.",
  },
  {
    name: "a preStop that sleeps for minutes",
    given: stopping(shell("sleep 2m"), 60),
    expect: { stateless: "no" },
    why: "It is cut with the grace period, and 2 s are left.",
  },
  {
    name: "Kubernetes' own sleep, as long as the grace period",
    given: stopping({ sleep: { seconds: 20 } }, 20),
    expect: { stateless: "no" },
    why: "It uses the grace period up: presumed.",
  },
  {
    name: "Kubernetes' own sleep, longer than the grace period, with a trial",
    given: tried(stopping({ sleep: { seconds: 45 } }, 20)),
    expect: { stateless: "no" },
    why: "The API server refuses such a pod, whatever a trial has shown.",
  },
  {
    name: "terminationGracePeriodSeconds: 0, with a trial",
    given: tried(manifests(web({}, { terminationGracePeriodSeconds: 0 }))),
    expect: { stateless: "no" },
    why: "1.4, disposability: the pod is not given time to end.",
  },
  {
    name: "a preStop of five seconds",
    given: stopping({ sleep: { seconds: 5 } }),
    expect: { stateless: "unproven" },
    trap: true,
    why: "25 s are left for the stop.",
  },
  {
    name: "a long preStop in a longer grace period",
    given: stopping(shell("sleep 60; nginx -s quit"), 120),
    expect: { stateless: "unproven" },
    trap: true,
    why: "A minute is left.",
  },
  {
    name: "a sleep that may not happen, or not be waited for",
    given: stopping(shell("[ -f /drain ] && sleep 60; sleep 60 &")),
    expect: { stateless: "unproven" },
    trap: true,
    why: "Nothing says that the hook waits.",
  },
];
