import { posix } from "node:path";

/** A path without `..` and without `/` at its end. */
export function normalPath(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}

/** What Kubernetes takes as mountPath. */
export function isMountable(path: string): boolean {
  return path.startsWith("/") && normalPath(path) !== "/" && !path.includes(":");
}
