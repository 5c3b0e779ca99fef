import { basename } from "node:path";
import { createInterface } from "node:readline";
import { UnavailableError } from "../../contract/error.ts";
import type { PodPlan, SupervisorMessage, SupervisorWord } from "../plan/plan.ts";
import { inNamespaces } from "./namespaces.ts";
import { startReaper } from "./reaper.ts";
import { inScope, type UserSystemd } from "./scope.ts";
import type { ToolName } from "./tools.ts";

/** Entry of the supervisor: in the bundle, a separate entry beside this module's chunk. */
const ENTRY = new URL(
  import.meta.url.endsWith(".ts") ? "../supervisor/main.ts" : "./trial-supervisor.cjs",
  import.meta.url,
);

const KEPT = 4_096;
/**
 * Time in milliseconds after which a supervisor that does not end is killed; longer than its normal end
 * takes.
 */
const LATE_MS = 5_000;

/**
 * Starts a supervisor in new namespaces, passes its plan and reads its messages to the end. Nothing of the
 * pod remains, however the supervisor ends.
 *
 * @throws UnavailableError `trial-failed`; the signal's reason
 */
export async function runSupervisor(
  plan: PodPlan,
  onMessage: (message: SupervisorMessage) => void,
  {
    tools,
    rootless,
    scopes,
    signal,
    words,
  }: {
    readonly tools: ReadonlyMap<ToolName, string>;
    readonly rootless: boolean;
    readonly scopes: UserSystemd | undefined;
    readonly signal: AbortSignal;
    readonly words: readonly Promise<SupervisorWord>[];
  },
): Promise<void> {
  signal.throwIfAborted();
  const supervisor = inNamespaces(tools, rootless, [process.execPath, ENTRY.pathname]);
  const { cgroup = "" } = plan;
  const command = scopes === undefined ? supervisor : inScope(scopes, basename(cgroup), supervisor);
  const guarded = startReaper(command, cgroup);
  const late = AbortSignal.timeout(plan.deadlineMs + LATE_MS);
  const stop = AbortSignal.any([signal, late]);
  const abort = (): void => void guarded.end();
  stop.addEventListener("abort", abort, { once: true });
  let stderr = "";
  guarded.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr = (stderr + chunk).slice(0, KEPT);
  });
  const tell = (line: PodPlan | SupervisorWord): void =>
    void guarded.stdin.write(`${JSON.stringify(line)}\n`);
  tell(plan);
  for (const word of words) void word.then(tell);
  let last: SupervisorMessage | undefined;
  try {
    for await (const line of createInterface({ input: guarded.stdout })) {
      last = JSON.parse(line) as SupervisorMessage;
      onMessage(last);
    }
  } finally {
    stop.removeEventListener("abort", abort);
    await guarded.end();
  }
  signal.throwIfAborted();
  if (last?.kind === "done") return;
  if (late.aborted) throw failure(`no end within ${plan.deadlineMs} ms`);
  throw failure(last?.kind === "failure" ? last.message : stderr.trim());
}

function failure(reason: string): UnavailableError {
  const said = reason === "" ? "–" : reason;
  return new UnavailableError("trial-failed", {
    fr: `l'essai n'a pas pu avoir lieu : ${said}. « douane doctor » dit ce qui manque à cette machine.`,
    en: `the trial could not take place: ${said}. "douane doctor" says what this machine lacks.`,
  });
}
