/**
 * A bound of the trial was reached, so that observations are missing. `processor`: a busy machine kept the
 * container waiting, so that times prove nothing.
 */
export interface LimitEvent {
  readonly kind: "limit";
  readonly what:
    | "output-rate"
    | "processes"
    | "memory"
    | "writes"
    | "observations"
    | "open-files"
    | "deadline"
    | "processor";
}
