import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { phaseRun } from "../../observations/phase-run.ts";
import type { InstanceFiles } from "./instance-files.ts";

type Write = Observed<"write">;

const NUMBER = /\d+/g;
/** Maximum number of digits of a count; seconds and milliseconds since 1970 have more. */
const DIGITS = 9;
/** Maximum count of numbers in a text: figures of many kinds may rise by chance. */
const MOST = 3;

/**
 * Whether a number in a short text of a volume goes on over restarts: it rises from the first start to the restart,
 * which is sent few requests, and from there to the next start, while the replica's is still below the restart's. A
 * count since the start falls at the restart.
 */
export function countsOn(trial: TrialFacts, { first, replica }: InstanceFiles, path: string): boolean {
  const last = (phase: "restart" | "writable"): Write | undefined =>
    observed(phaseRun(trial, phase).observations, "write").findLast((write) => write.path === path);
  const [one, two, three, other] = [
    first.get(path),
    last("restart"),
    last("writable"),
    replica.get(path),
  ].map(numbersOf) as [Numbers, Numbers, Numbers, Numbers];
  return one.some((number, at) => {
    const [then, later, elsewhere] = [two[at], three[at], other[at]];
    if (then === undefined || later === undefined || elsewhere === undefined) return false;
    return number < then && then < later && elsewhere < then;
  });
}

type Numbers = readonly number[];

/** Numbers of a short text; none of a binary file, or of a text with more. */
function numbersOf(write: Write | undefined): Numbers {
  const found = [...(write?.sample ?? "").matchAll(NUMBER)].map(([digits]) => digits);
  return found.length > MOST ? [] : found.filter(({ length }) => length <= DIGITS).map(Number);
}
