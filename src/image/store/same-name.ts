import { formatReference, parseReference } from "../../net/reference.ts";

/** Whether two names mean one image: `app` is `docker.io/library/app:latest`. Either may be any text. */
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
