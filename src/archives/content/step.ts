/** Next step of reading a content in pieces; undefined if its bytes are not all available yet. */
export type Step = () => Step | undefined;

/** Takes every step for which all is there, and gives the one to begin with once there is more. */
export function advance(from: Step): Step {
  let step = from;
  for (let next = step(); next !== undefined; next = step()) step = next;
  return step;
}
