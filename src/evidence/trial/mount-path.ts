import { posix } from "node:path";

/** A path without `..` and without `/` at its end. */
export function normalPath(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}

/** Whether Kubernetes accepts the path as mountPath. */
export function isMountable(path: string): boolean {
  return path.startsWith("/") && normalPath(path) !== "/" && !path.includes(":");
}
