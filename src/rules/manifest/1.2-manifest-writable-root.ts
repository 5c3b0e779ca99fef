// What the manifest has its container write to the root file system (contract 1.2), as 1.2-writable-root
// judges it with the image.
//
//   --data-dir=/var/lib/x, UPLOAD_DIR=/app/uploads, a log file            note: the image may have a VOLUME there
//   a relative path without workingDir; the manifest's writable mounts    silent
//   the image was read                                                    n/a

import { perhapsWritableRoot } from "../start/1.2-writable-root.ts";
import { manifestRule } from "./manifest-rule.ts";

export const manifestWritableRoot = manifestRule({
  id: "1.2-manifest-writable-root",
  of: perhapsWritableRoot,
});
