import type { Assignment } from "../../secrets/assignments.ts";

/** Setting of a file, with the enclosing sections in its name: `database.host`. */
export interface SettingLine extends Pick<Assignment, "name" | "value" | "line"> {
  /** Set if the value is the server to which a proxy passes requests. */
  readonly isUpstream?: true;
}
