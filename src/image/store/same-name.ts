import { formatReference, parseReference } from "../../net/reference.ts";

/** Whether two names mean the same image: `app` is `docker.io/library/app:latest`. Both may be any text. */
export function isSameName(left: string, right: string): boolean {
  return left === right || (fullName(left) ?? left) === (fullName(right) ?? right);
}

function fullName(name: string): string | undefined {
  try {
    return formatReference({ tag: "latest", ...parseReference(name) });
  } catch {
    return undefined;
  }
}
