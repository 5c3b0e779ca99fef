// ENTRYPOINT and CMD start one application (contract 1.4), as 1.4-single-process judges images.
//
//   supervisord, pm2 start, concurrently    fail
//   CMD nginx && php-fpm, CMD cron & app    presumed fail

import { singleProcess } from "../start/1.4-single-process.ts";
import { declaredRule } from "./declared-rule.ts";

export const dockerfileSingleProcess = declaredRule("1.4-dockerfile-single-process", singleProcess);
