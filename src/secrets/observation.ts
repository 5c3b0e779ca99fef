import type { TrialObservation } from "../contract/trial-facts.ts";

/** What a container can say or be called, without its secrets. */
export function maskObservation(seen: TrialObservation, mask: (text: string) => string): TrialObservation {
  switch (seen.kind) {
    case "output":
      return { ...seen, sample: mask(seen.sample) };
    case "write":
      return seen.sample === undefined ? seen : { ...seen, sample: mask(seen.sample) };
    case "process":
      return { ...seen, command: mask(seen.command) };
    case "start-failed":
      return { ...seen, message: mask(seen.message) };
    case "http":
      return {
        ...seen,
        ...(seen.location === undefined ? {} : { location: mask(seen.location) }),
        ...(seen.contentType === undefined ? {} : { contentType: mask(seen.contentType) }),
      };
    case "probe":
      return {
        ...seen,
        target: mask(seen.target),
        ...(seen.error === undefined ? {} : { error: mask(seen.error) }),
      };
    case "hook":
      return seen.error === undefined ? seen : { ...seen, error: mask(seen.error) };
    default:
      return seen;
  }
}
