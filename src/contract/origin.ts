/** Where a piece of evidence comes from. Who may count on it is a line of the platform's policy. */
export type Origin =
  /** Gathered by the run that judges. */
  | { readonly by: "own-run"; readonly douane: string }
  /** From a file that somebody gave: it is believed in its content, for nobody has signed it. */
  | { readonly by: "handed-in"; readonly file: string; readonly douane: string }
  /** From an envelope whose signature was verified. */
  | { readonly by: "signed"; readonly signer: string; readonly douane: string };

export const ORIGINS = ["own-run", "handed-in", "signed"] as const satisfies readonly Origin["by"][];

/** What an origin is called: the file, the signer, or the version that gathered it. */
export function originName(origin: Origin): string {
  if (origin.by === "handed-in") return origin.file;
  return origin.by === "signed" ? origin.signer : origin.douane;
}
