import { fingerprint } from "../../contract/fingerprint.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { ExitEvent } from "../../contract/trial-events.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { deniedPath } from "../../observations/denied-writes.ts";
import { contains } from "../../observations/needed-mounts.ts";
import { type PhaseRun, phaseRun, runOn, worked } from "../../observations/phase-run.ts";
import { WRITE_ELSEWHERE } from "./mount-remedies.ts";
import { shutdownOutput } from "./shutdown-output.ts";

const ID = "1.2-trial-read-only-root";

type Fail = Extract<Outcome, { readonly status: "fail" }>;
type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

/**
 * Starts that end with an orderly stop, on the root that the platform gives; the first start is killed
 * instead.
 */
const STOPPED = ["restart", "after-stop"] as const;

/**
 * Outcome if an orderly stop fails on the read-only root, but not on the writable root. It is a fail if the
 * application reports a refused write. Undefined if both end alike.
 */
export function whenStopsDiffer(trial: TrialFacts): Fail | Unproven | undefined {
  const writable = phaseRun(trial, "writable");
  if (!isOrderly(writable) || hasFailed(writable.exit)) return undefined;
  const failed = STOPPED.map((name) => runOn(trial, name, "read-only"))
    .filter(isOrderly)
    .find((run) => hasFailed(run.exit) && !(isFault(run.exit) && refusal(trial, run) === undefined));
  if (failed === undefined) return undefined;
  const [own, other] = [excerpt(endOf(failed.exit)), excerpt(endOf(writable.exit))];
  const line = refusal(trial, failed);
  return line === undefined ? unsure(own, other) : { status: "fail", findings: [finding(own, other, line)] };
}

function isOrderly(run: PhaseRun): run is PhaseRun & { readonly exit: ExitEvent } {
  const { exit } = run;
  return worked(run) && exit?.by === "stop" && exit.forced !== true && exit.outOfMemory !== true;
}

/** Signals of a crash or a kill; other signals are ways to obey the stop signal (143 of a JVM). */
const CRASHES: ReadonlyMap<string, number> = new Map([
  ["SIGILL", 4],
  ["SIGABRT", 6],
  ["SIGBUS", 7],
  ["SIGFPE", 8],
  ["SIGKILL", 9],
  ["SIGSEGV", 11],
  ["SIGSYS", 31],
]);
const CRASH_CODES: ReadonlySet<number> = new Set([...CRASHES.values()].map((signal) => 128 + signal));
/** Exit codes by which shells and runtimes report a signal: 128 plus its number, for 64 signals. */
const [FIRST_SIGNAL, LAST_SIGNAL] = [129, 192];

function hasFailed({ code = 0, signal }: ExitEvent): boolean {
  if (signal !== undefined) return CRASHES.has(signal);
  return code >= FIRST_SIGNAL && code <= LAST_SIGNAL ? CRASH_CODES.has(code) : code !== 0;
}

/**
 * Whether the process ended by a memory fault. Runtimes that are ended while their threads run sometimes
 * crash, on either root (Python's `sys.exit` in a handler, beside the threads of a server), so a single fault
 * proves nothing.
 */
function isFault({ code = 0, signal = "" }: ExitEvent): boolean {
  const number = CRASHES.get(signal) ?? code - 128;
  return number === CRASHES.get("SIGSEGV") || number === CRASHES.get("SIGBUS");
}

function endOf({ code = 0, signal }: ExitEvent): string {
  return signal ?? String(code);
}

/** Line of output since the stop signal about a refused write to the root. */
function refusal(trial: TrialFacts, run: PhaseRun): string | undefined {
  return shutdownOutput(run, [phaseRun(trial, "read-only")]).find((line) => {
    const path = deniedPath(line, trial.cwd);
    return path !== undefined && !trial.mounts.some((mount) => contains(mount, path));
  });
}

function finding(own: string, other: string, line: string): Fail["findings"][number] {
  return {
    message: {
      fr: `à l'arrêt demandé, l'application se termine par ${own} sur une racine en lecture seule, par ${other} quand elle est inscriptible (${excerpt(line)})`,
      en: `asked to stop, the application ends with ${own} on a read-only root, with ${other} when it can be written (${excerpt(line)})`,
    },
    remedy: WRITE_ELSEWHERE,
    fingerprint: fingerprint(ID, "stop"),
  };
}

function unsure(own: string, other: string): Unproven {
  return {
    status: "unproven",
    // The rows are in doubt despite a read-only root in the manifest, since the stop may fail because of it.
    doubtful: true,
    reason: {
      fr: `non observé : à l'arrêt demandé, l'application se termine par ${own} sur la racine en lecture seule, par ${other} sur la racine inscriptible, sans que la racine en soit sûrement la cause`,
      en: `not observed: asked to stop, the application ends with ${own} on the read-only root, with ${other} on the writable one, which the root need not be the cause of`,
    },
    settle: {
      fr: "Refaire l'essai ; si cela se répète, monter un volume emptyDir là où l'application écrit quand elle s'arrête.",
      en: "Repeat the trial; if this happens again, mount an emptyDir volume where the application writes when it stops.",
    },
  };
}
