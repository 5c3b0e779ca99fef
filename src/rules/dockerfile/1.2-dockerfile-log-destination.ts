// ENV, ENTRYPOINT and CMD send no logs into files (contract 1.2), as 1.2-log-destination judges images.
//
//   ENV LOG_FILE=/var/log/app.log, CMD … --access-logfile a.log, CMD app >> app.log    presumed fail
//   /dev/stdout, "-", LOG_LEVEL, a variable that is not known here                     silent

import { logDestination } from "../start/1.2-log-destination.ts";
import { declaredRule } from "./declared-rule.ts";

export const dockerfileLogDestination = declaredRule("1.2-dockerfile-log-destination", logDestination);
