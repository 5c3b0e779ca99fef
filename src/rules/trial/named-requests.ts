import { type Observed, observed } from "../../observations/observed.ts";
import type { PhaseRun } from "../../observations/phase-run.ts";
import { textAtWork, textBeforeStop } from "./work-lines.ts";

type Run = Pick<PhaseRun, "observations">;

/**
 * Whether the output of a run contains the path of a request: access logs do, periodic messages do not. The
 * path `/` is ignored, since unrelated lines contain it.
 */
export function namesRequests(run: Run): boolean {
  const paths = observed(run.observations, "http")
    .map(({ path }) => path)
    .filter((path) => path.length > 1);
  return observed(run.observations, "output").some((output) => {
    const text = textAtWork(output);
    return namesRandomPath(run, output) || paths.some((path) => text.includes(path));
  });
}

/**
 * Whether an output contains the random path of a request, whenever it was written before the stop. No other
 * text has this path, so a server that keeps lines in memory for seconds (Tomcat) is heard, too.
 */
export function namesRandomPath({ observations }: Run, output: Observed<"output">): boolean {
  const text = textBeforeStop(output);
  return observed(observations, "http").some(({ why, path }) => why === "random" && text.includes(path));
}
