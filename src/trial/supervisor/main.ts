// Main program of the supervisor: PID 1 of its own PID namespace, in the pod's network namespace, with its
// own mount namespace. The supervisor reads its plan from stdin and ends when stdin closes; the kernel then
// ends everything in its namespaces.

import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { PodPlan, SupervisorMessage, SupervisorWord } from "../plan/plan.ts";
import { ControlChannel } from "./control-channel.ts";
import { listenInPeer, PEER_NETNS } from "./peer-netns.ts";
import { runPod } from "./run-pod.ts";

if (process.argv[2] === PEER_NETNS) {
  listenInPeer();
} else {
  supervise();
}

function supervise(): void {
  // Containers run concurrently: an error while another is awaited must fail the pod at once.
  process.on("uncaughtException", fail);
  const lines = createInterface({ input: process.stdin });
  lines.once("line", (line) => {
    const control = new ControlChannel();
    lines.on("line", (word) => control.receive(JSON.parse(word) as SupervisorWord));
    runPod(JSON.parse(line) as PodPlan, control, send).then(() => send({ kind: "done" }), fail);
  });
  lines.once("close", () => process.exit(0));
}

function fail(error: unknown): void {
  send({ kind: "failure", message: error instanceof Error ? error.message : String(error) });
}

/** Sends a message synchronously, so that none is lost when the process ends. */
function send(message: SupervisorMessage): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let written = 0; written < bytes.length; ) written += writeSome(bytes.subarray(written));
  if (message.kind === "done" || message.kind === "failure") process.exit(0);
}

function writeSome(bytes: Buffer): number {
  try {
    return writeSync(1, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return 0;
    return process.exit(1);
  }
}
