import type { FileType } from "./image-facts.ts";

/**
 * Which files of an image a rule wants to see. A file matches when it satisfies every field that
 * is given; within a field, one entry suffices.
 */
export interface FileSelector {
  /**
   * Absolute paths, resolved inside the image's root: links are followed, also in directories (`/bin/sh`).
   * The other fields are about what a path leads to; in single layers it leads nowhere.
   */
  readonly paths?: readonly string[];
  /** Base names: `.env`. */
  readonly names?: readonly string[];
  /** Ends of the base name: `.log`, `.sqlite`. */
  readonly suffixes?: readonly string[];
  /** Tested against the absolute path; the costliest, so give `names` or `suffixes` where they say the same. */
  readonly pattern?: RegExp;
  /** Directories (absolute) in which the file must lie, at any depth. */
  readonly under?: readonly string[];
  readonly type?: FileType;
  /** At least one of these mode bits is set: 0o6000 for setuid or setgid. */
  readonly anyMode?: number;
  /** Has file capabilities. */
  readonly capability?: true;
  /** `root`: as the container sees it. `layers`: every layer, also what later ones delete. Default `root`. */
  readonly scope?: "root" | "layers";
  /** Also what archives hold that the application brought, by the path behind `!/`: `/app/app.jar!/application.yml`. */
  readonly packed?: true;
  /** See up to so many bytes of the content as text; default: none. */
  readonly content?: number;
}
