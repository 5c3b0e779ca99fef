import { expect, test } from "vitest";
import {
  KILLED,
  OTHER_CONTAINER,
  STOPPED,
  server,
  type TrialSketch,
  trialFacts,
} from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { ExitEvent, TrialEvent } from "../../contract/trial-events.ts";
import { trialReadOnlyRoot } from "./1.2-trial-read-only-root.ts";

const REFUSED = "cannot keep the offset: open /app/offset: read-only file system";

/** Output of a run that ends with this line, after the stop signal. */
function saying(line: string): TrialEvent {
  const sample = `listens\nGET /\n${line}\n`;
  return { kind: "output", stream: "stderr", bytes: sample.length, stopped: 14, sample };
}

/** A stop after the restart on the read-only root, and one on the writable root. */
function stops(
  restart: Partial<ExitEvent>,
  writable: Partial<ExitEvent>,
  ...said: TrialEvent[]
): TrialSketch {
  return {
    restart: server({ end: ended(restart), more: said }),
    writable: server({ end: ended(writable) }),
  };
}

function ended({ signal, ...changes }: Partial<ExitEvent>): ExitEvent {
  const { code, ...rest } = STOPPED;
  return signal === undefined ? { ...rest, code: code ?? 0, ...changes } : { ...rest, signal, ...changes };
}

function check(sketch: TrialSketch, isReadOnly = true) {
  const securityContext = { readOnlyRootFilesystem: isReadOnly };
  const workload = workloadFacts({ containers: [{ name: "web", securityContext }] });
  const given: object = { workload, placement: placements(workload)[0] };
  return trialReadOnlyRoot.check({ trial: trialFacts(sketch), ...given });
}

test.each<[string, TrialSketch, string]>([
  ["1, then 0", stops({ code: 1 }, { code: 0 }), "unproven"],
  ["1, where another root obeys the signal", stops({ code: 1 }, { code: 143 }), "unproven"],
  ["a memory fault, as runtimes end amid their threads", stops({ signal: "SIGSEGV" }, { code: 0 }), "pass"],
  ["a memory fault behind a shell", stops({ code: 139 }, { code: 0 }), "pass"],
  ["a memory fault, and a refused write", stops({ signal: "SIGSEGV" }, { code: 0 }, saying(REFUSED)), "fail"],
  ["killed by a crash", stops({ signal: "SIGABRT" }, { code: 0 }), "unproven"],
  ["a child that crashed", stops({ code: 137 }, { code: 0 }), "unproven"],
  ["a code above those of signals", stops({ code: 255 }, { code: 0 }), "unproven"],
  ["1, and a refused write", stops({ code: 1 }, { code: 0 }, saying(REFUSED)), "fail"],
  [
    "1, and a refused write to a mount",
    stops({ code: 1 }, { code: 0 }, saying("open /tmp/x: EROFS")),
    "unproven",
  ],
  ["1, and other words", stops({ code: 1 }, { code: 0 }, saying("bye")), "unproven"],
  [
    "only after an orderly stop",
    {
      ...stops({ code: 0 }, { code: 0 }),
      "after-stop": server({ end: ended({ code: 1 }) }),
    },
    "unproven",
  ],
  ["0 on both", stops({ code: 0 }, { code: 0 }), "pass"],
  ["1 on both", stops({ code: 1 }, { code: 1 }), "pass"],
  ["1 on both, and a refused write", stops({ code: 1 }, { code: 1 }, saying(REFUSED)), "pass"],
  ["a JVM's 143, once", stops({ code: 143 }, { code: 0 }), "pass"],
  ["an end by the signal itself, once", stops({ signal: "SIGTERM" }, { code: 0 }), "pass"],
  ["1 on the writable root only", stops({ code: 0 }, { code: 1 }), "pass"],
  ["1 on the read-only root, a crash on the other", stops({ code: 1 }, { signal: "SIGSEGV" }), "pass"],
  ["no stop in time", stops({ signal: "SIGKILL", forced: true }, { code: 0 }), "pass"],
  ["too little memory", stops({ signal: "SIGKILL", outOfMemory: true }, { code: 0 }), "pass"],
  ["no stop at all", { restart: server({ end: KILLED }) }, "pass"],
  ["a restart on the writable root", { ...stops({ code: 1 }, { code: 0 }), restartRoot: "writable" }, "pass"],
])("%s → %s", (_, sketch, status) => {
  expect(check(sketch).status).toBe(status);
});

test("the ends and the refused write are told, and what to do", () => {
  expect(check(stops({ code: 1 }, { code: 0 }, saying(REFUSED)))).toMatchObject({
    status: "fail",
    findings: [
      {
        message: {
          en: `asked to stop, the application ends with 1 on a read-only root, with 0 when it can be written (${REFUSED})`,
        },
        remedy: { en: "Write to /tmp or to an emptyDir volume." },
        fingerprint: "1.2-trial-read-only-root:stop",
      },
      { at: { path: "/app/offset" } },
    ],
  });
  expect(check(stops({ signal: "SIGABRT" }, { code: 0 }))).toMatchObject({
    reason: {
      en: expect.stringContaining("ends with SIGABRT on the read-only root, with 0 on the writable"),
    },
  });
});

test("a write that is refused at the stop is a note where both stops end alike, as long as the root is mounted so", () => {
  const sketch = stops({ code: 1 }, { code: 1 }, saying(REFUSED));
  expect(check(sketch)).toMatchObject({ status: "pass", notes: [{ at: { path: "/app/offset" } }] });
  expect(check(sketch, false)).toMatchObject({ status: "fail", findings: [{ at: { path: "/app/offset" } }] });
});

test("an answer that is worse on the read-only root comes first, one that may be comes after", () => {
  const answer = (status: number): TrialEvent => {
    return { kind: "http", port: 8080, path: "/", why: "home", scheme: "http", status, tookMs: 2 };
  };
  const serves = (...more: TrialEvent[]) => server({ more, without: ["http"] });
  const sketch = (...more: TrialEvent[]): TrialSketch => ({
    ...stops({ code: 1 }, { code: 0 }, saying(REFUSED)),
    "read-only": serves(answer(500), ...more),
    writable: server({ end: STOPPED, more: [answer(200)], without: ["http"] }),
  });
  expect(check(sketch())).toMatchObject({
    findings: [{ message: { en: expect.stringContaining("500 on a read-only root") } }, {}],
  });
  expect(check(sketch(OTHER_CONTAINER))).toMatchObject({
    findings: [{ message: { en: expect.stringContaining("asked to stop") } }, {}],
  });
});
