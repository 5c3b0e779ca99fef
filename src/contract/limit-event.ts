/**
 * A bound of the trial was reached, so that observations are missing. `processor`: a busy machine kept the
 * container waiting, so that times prove nothing. `neighbours`: the machine's table of network neighbours was
 * full, so that connections failed whatever the application did.
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
    | "processor"
    | "neighbours";
}
