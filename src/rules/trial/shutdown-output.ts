import type { Observed } from "../../observations/observed.ts";
import { observed } from "../../observations/observed.ts";
import { outputLines } from "../../observations/output-lines.ts";
import type { PhaseRun } from "../../observations/phase-run.ts";
import { newForms } from "./line-form.ts";

/**
 * Lines written since the stop signal, in forms that neither this run nor an earlier run wrote before a
 * signal.
 */
export function shutdownOutput(
  { observations }: Pick<PhaseRun, "observations">,
  earlier: readonly Pick<PhaseRun, "observations">[] = [],
): readonly string[] {
  const parts = observed(observations, "output").map(atStop);
  const before = [
    ...earlier.flatMap((run) => outputLines(run)),
    ...outputLines({ observations: parts.map(({ before }) => before) }),
  ];
  return newForms(before, outputLines({ observations: parts.map(({ since }) => since) }));
}

/** Output before the signal, and since. */
function atStop(output: Observed<"output">): Readonly<Record<"before" | "since", Observed<"output">>> {
  const { bytes, stopped = bytes } = output;
  const sample = Buffer.from(output.sample);
  const start = Math.max(0, sample.length - (bytes - stopped));
  const [earlier, rest] = [sample.subarray(0, start).toString(), sample.subarray(start).toString()];
  // A mask changes the length of a line, so the offset may be inside a line: this partial line is dropped.
  const isWhole = start === 0 || sample[start - 1] === "\n".charCodeAt(0);
  const since = isWhole ? rest : rest.slice(rest.indexOf("\n") + 1 || rest.length);
  return { before: { ...output, sample: earlier }, since: { ...output, sample: since } };
}
