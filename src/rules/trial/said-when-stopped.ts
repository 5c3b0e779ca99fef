import type { Observed } from "./observed.ts";
import { observed } from "./observed.ts";
import type { PhaseRun } from "./phase-run.ts";
import { saidLines } from "./said-lines.ts";

/** What a run said from the signal on that asked it to stop, line by line. */
export function saidWhenStopped({ observations }: Pick<PhaseRun, "observations">): readonly string[] {
  return saidLines({ observations: observed(observations, "output").map(sinceStop) });
}

function sinceStop(output: Observed<"output">): Observed<"output"> {
  const { bytes, stopped = bytes } = output;
  const sample = Buffer.from(output.sample);
  const start = Math.max(0, sample.length - (bytes - stopped));
  const rest = sample.subarray(start).toString();
  // Masks are of another length than what they hide: what begins within a line is left out.
  const isWhole = start === 0 || sample[start - 1] === "\n".charCodeAt(0);
  return { ...output, sample: isWhole ? rest : rest.slice(rest.indexOf("\n") + 1 || rest.length) };
}
