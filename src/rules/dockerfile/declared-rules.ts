// Rules for Dockerfiles derived from rules for the start of an image.

import { privilegeTools } from "../start/1.1-privilege-tools.ts";
import { logDestination } from "../start/1.2-log-destination.ts";
import { bindAddress } from "../start/1.3-bind-address.ts";
import { developmentMode } from "../start/1.4-development-mode.ts";
import { shellFormRule } from "../start/1.4-shell-form.ts";
import { signalForwarding } from "../start/1.4-signal-forwarding.ts";
import { singleProcess } from "../start/1.4-single-process.ts";
import { startEnvironment } from "../start/1.4-start-environment.ts";
import { stopSignal } from "../start/1.4-stop-signal.ts";
import { declaredRule } from "./declared-rule.ts";

// ENTRYPOINT and CMD of the Dockerfile change no user (contract 1.1), as 1.1-privilege-tools judges images.
//
//   ENTRYPOINT ["gosu", "app", …], CMD su-exec app node x.js    fail
//   an entrypoint script                                        silent: only the image shows it
export const dockerfilePrivilegeTools = declaredRule("1.1-dockerfile-privilege-tools", privilegeTools);

// ENV, ENTRYPOINT and CMD send no logs into files (contract 1.2), as 1.2-log-destination judges images.
//
//   ENV LOG_FILE=/var/log/app.log, CMD … --access-logfile a.log, CMD app >> app.log    presumed fail
//   /dev/stdout, "-", LOG_LEVEL, a variable that is not known here                     silent
export const dockerfileLogDestination = declaredRule("1.2-dockerfile-log-destination", logDestination);

// ENV, ENTRYPOINT and CMD make nothing listen on localhost (contract 1.3), as 1.3-bind-address judges images.
//
//   ENV HOST=127.0.0.1, CMD ["uvicorn", "app:app", "--host", "localhost"]    presumed fail
//   DB_HOST=localhost, a variable that is not known here                     silent
export const dockerfileBindAddress = declaredRule("1.3-dockerfile-bind-address", bindAddress);

// ENV, ENTRYPOINT and CMD start the application for production (contract 1.4), as 1.4-development-mode
// judges images. What a discarded stage sets does not count.
//
//   CMD npm run dev, nodemon, flask --debug, ENV NODE_ENV=development, DEBUG=1    fail
//   NODE_ENV=production, DEBUG=app:*, npm start                                   fine
export const dockerfileDevelopmentMode = declaredRule("1.4-dockerfile-development-mode", developmentMode);

// ENTRYPOINT and CMD start the program itself, without a shell before it (contract 1.4), as
// 1.4-shell-form judges images; which shell /bin/sh is follows from a base image that is widely known.
//
//   CMD node server.js on Debian (dash), CMD a | b anywhere                                    presumed fail
//   CMD exec node server.js, the exec form, one command in bash, CMD a && b on Alpine (busybox)   fine
//   one command or a list on an unknown base, a list in bash                                   note
export const dockerfileShellForm = declaredRule("1.4-dockerfile-shell-form", shellFormRule);

// No package manager stands before the program (contract 1.4), as 1.4-signal-forwarding judges images: notes.
//
//   CMD ["npm", "start"], ["yarn", "start"], ["pnpm", "run", "serve"]    note
//   CMD ["node", "server.js"]                                           silent
export const dockerfileSignalForwarding = declaredRule("1.4-dockerfile-signal-forwarding", signalForwarding);

// ENTRYPOINT and CMD start one application (contract 1.4), as 1.4-single-process judges images.
//
//   supervisord, pm2 start, concurrently    fail
//   CMD nginx && php-fpm, CMD cron & app    presumed fail
export const dockerfileSingleProcess = declaredRule("1.4-dockerfile-single-process", singleProcess);

// STOPSIGNAL lets the program end by itself (contract 1.4), as 1.4-stop-signal judges images.
//
//   STOPSIGNAL SIGKILL, 9, SIGSTOP, a name that is no signal    fail
//   none, SIGTERM, SIGQUIT (nginx), SIGWINCH (httpd)            fine
export const dockerfileStopSignal = declaredRule("1.4-dockerfile-stop-signal", stopSignal);

// ENTRYPOINT and CMD give no address of one environment (contract 1.4), as 1.4-start-environment judges images.
//
//   CMD ["app", "--db=db.prod.corp.fr"]    fail
//   --db=$DB_HOST, --profile=production    fine
export const dockerfileStartEnvironment = declaredRule("1.4-dockerfile-start-environment", startEnvironment);
