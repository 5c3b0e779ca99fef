import type { FileType } from "./image-facts.ts";
import type { SettingsReader } from "./settings-reader.ts";

/**
 * Selector of an image's files for a rule. A file must match every given field; within a field, one matching
 * entry suffices.
 */
export interface FileSelector {
  /**
   * Absolute paths, resolved inside the image's root including links in parent folders (`/bin/sh`). The other
   * fields apply to the target; paths match nothing in single layers.
   */
  readonly paths?: readonly string[];
  /** Base names of files: `.env`. */
  readonly names?: readonly string[];
  /** Ends of base names: `.log`, `.sqlite`. */
  readonly suffixes?: readonly string[];
  /** Pattern for the absolute path; slow, so `names` or `suffixes` are preferred. */
  readonly pattern?: RegExp;
  /** Absolute folders that contain the file, at any depth. */
  readonly under?: readonly string[];
  readonly type?: FileType;
  /** Mode bits, at least one of which must be set: 0o6000 for setuid or setgid. */
  readonly anyMode?: number;
  /** Set to require that the file has capabilities. */
  readonly capability?: true;
  /** `root`: visible in the container. `layers`: in any layer, even if deleted later. Default `root`. */
  readonly scope?: "root" | "layers";
  /**
   * Set to select members of the application's archives, too, by the path after `!/`:
   * `/app/app.jar!/application.yml`.
   */
  readonly packed?: true;
  /** Bytes of content to keep as text; default: none. */
  readonly content?: number;
  /** Reader of this content: the rule sees the settings that it finds instead of the text. */
  readonly reader?: SettingsReader;
}
