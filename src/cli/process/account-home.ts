import { realpathSync } from "node:fs";
import { userInfo } from "node:os";

/** Real path of the home by the system's accounts, since a pipeline may set HOME to its clone. */
export function accountHome(): string | undefined {
  try {
    return realpathSync(userInfo().homedir);
  } catch {
    // The account or its folder does not exist, which is usual in a container.
    return undefined;
  }
}
