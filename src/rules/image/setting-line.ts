import type { Assignment } from "../../secrets/assignments.ts";

/** A setting of a file, with the sections around in its name: `database.host`. */
export interface SettingLine extends Pick<Assignment, "name" | "value" | "line"> {
  /** The value is the server that a proxy passes requests to. */
  readonly isUpstream?: true;
}
