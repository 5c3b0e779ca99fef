import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import type { PhaseRun } from "../../observations/phase-run.ts";
import { textAtWork, textBeforeStop } from "./work-lines.ts";

type Trial = Pick<TrialFacts, "askedBeside">;
type Run = Pick<PhaseRun, "name" | "observations">;

/**
 * Whether the output of a run contains the path of a request: access logs do, periodic messages do not. The
 * path `/` is ignored, since unrelated lines contain it.
 */
export function namesRequests(trial: Trial, run: Run): boolean {
  const paths = observed(run.observations, "http")
    .map(({ path }) => path)
    .filter((path) => path.length > 1);
  return observed(run.observations, "output").some((output) => {
    const text = textAtWork(output);
    return namesRandomPath(trial, run, output) || paths.some((path) => text.includes(path));
  });
}

/**
 * Whether an output contains the random path of a request, whenever it was written before the stop. No other
 * text has this path, so a server that keeps lines in memory for seconds (Tomcat) is heard, too, and so is a
 * server that got the request from another container of the pod (PHP-FPM behind nginx).
 */
export function namesRandomPath(
  { askedBeside = [] }: Trial,
  { name, observations }: Run,
  output: Observed<"output">,
): boolean {
  const text = textBeforeStop(output);
  const beside = askedBeside.filter(({ phase }) => phase === name);
  const own = observed(observations, "http").filter(({ why }) => why === "random");
  return [...own, ...beside].some(({ path }) => text.includes(path));
}
