/** What comes next of a content that is read in pieces; undefined: it is not all there yet. */
export type Step = () => Step | undefined;

/** Takes every step for which all is there, and gives the one to begin with once there is more. */
export function advance(from: Step): Step {
  let step = from;
  for (let next = step(); next !== undefined; next = step()) step = next;
  return step;
}
