// The manifest sends no logs into files (contract 1.2), as 1.2-log-destination judges it with the image.
//
//   command, args: --log-file=/var/log/app.log, sh -c "app >> app.log"; env: LOG_DIR=/app/logs   presumed fail
//   /dev/stdout, "-", LOG_LEVEL, a value of a ConfigMap                                         silent
//   the logs of nginx and httpd in /var/log, which their images link to /dev/stdout             silent
//   the image was read                                                                          n/a

import { logDestination } from "../start/1.2-log-destination.ts";
import { manifestRule } from "./manifest-rule.ts";

export const manifestLogDestination = manifestRule({
  id: "1.2-manifest-log-destination",
  of: logDestination,
});
