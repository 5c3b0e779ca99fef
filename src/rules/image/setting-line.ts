import type { Assignment } from "../../secrets/assignments.ts";

/** Setting of a file, with the enclosing sections in its name: `database.host`. */
export interface SettingLine extends Pick<Assignment, "name" | "value" | "line"> {
  /** The value is the server that a proxy passes requests to. */
  readonly isUpstream?: true;
}
