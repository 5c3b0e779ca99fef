import type { FileType } from "./image-facts.ts";

/**
 * Selects files of an image for a rule. A file must match every given field; within a field, one entry
 * suffices.
 */
export interface FileSelector {
  /**
   * Absolute paths, resolved inside the image's root including links in parent folders (`/bin/sh`). The other
   * fields apply to the target; paths match nothing in single layers.
   */
  readonly paths?: readonly string[];
  /** Base names: `.env`. */
  readonly names?: readonly string[];
  /** Ends of the base name: `.log`, `.sqlite`. */
  readonly suffixes?: readonly string[];
  /** Tested against the absolute path; slow, so prefer `names` or `suffixes`. */
  readonly pattern?: RegExp;
  /** Absolute folders that contain the file, at any depth. */
  readonly under?: readonly string[];
  readonly type?: FileType;
  /** At least one of these mode bits is set: 0o6000 for setuid or setgid. */
  readonly anyMode?: number;
  /** The file has file capabilities. */
  readonly capability?: true;
  /** `root`: visible in the container. `layers`: in any layer, even if deleted later. Default `root`. */
  readonly scope?: "root" | "layers";
  /** Also members of the application's archives, by the path after `!/`: `/app/app.jar!/application.yml`. */
  readonly packed?: true;
  /** Bytes of content to keep as text; default: none. */
  readonly content?: number;
}
