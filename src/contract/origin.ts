/** Origin of a piece of evidence. The platform's policy decides which origins count. */
export type Origin =
  /** Collected by the run that judges. */
  | { readonly by: "own-run"; readonly douane: string }
  /** From an unsigned file, whose content is trusted. */
  | { readonly by: "handed-in"; readonly file: string; readonly douane: string }
  /** From an envelope with a verified signature. */
  | { readonly by: "signed"; readonly signer: string; readonly douane: string };

export const ORIGINS = ["own-run", "handed-in", "signed"] as const satisfies readonly Origin["by"][];

/** Name of an origin: the file, the signer, or the version that collected it. */
export function originName(origin: Origin): string {
  if (origin.by === "handed-in") return origin.file;
  return origin.by === "signed" ? origin.signer : origin.douane;
}
