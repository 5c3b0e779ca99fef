/** Next step of reading a content in pieces; undefined if some of its bytes are not available yet. */
export type Step = () => Step | undefined;

/**
 * Takes steps while all their bytes are available; returns the step to continue with when more bytes come.
 */
export function advance(from: Step): Step {
  let step = from;
  for (let next = step(); next !== undefined; next = step()) step = next;
  return step;
}
