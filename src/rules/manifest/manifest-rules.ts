// Rules for the manifest alone, used if the image was not read. They are derived from the rules that judge
// image and manifest together.

import { privilegeTools } from "../start/1.1-privilege-tools.ts";
import { logDestination } from "../start/1.2-log-destination.ts";
import { perhapsWritableRoot } from "../start/1.2-writable-root.ts";
import { bindAddress } from "../start/1.3-bind-address.ts";
import { developmentMode } from "../start/1.4-development-mode.ts";
import { stopSignal } from "../start/1.4-stop-signal.ts";
import { manifestRule } from "./manifest-rule.ts";

// command and args of the manifest change no user (contract 1.1), as 1.1-privilege-tools judges them with
// the image.
//
//   command: ["sudo", "-E", "node"], sh -c "exec su-exec app node"      fail
//   args alone: their program is not known                              silent
//   the image was read                                                  n/a
export const manifestPrivilegeTools = manifestRule("1.1-manifest-privilege-tools", privilegeTools);

// The manifest sends no logs into files (contract 1.2), as 1.2-log-destination judges it with the image.
//
//   command, args: --log-file=/var/log/app.log, sh -c "app >> app.log"; env: LOG_DIR=/app/logs   presumed fail
//   /dev/stdout, "-", LOG_LEVEL, a value of a ConfigMap                                         silent
//   the logs of nginx and httpd in /var/log, which their images link to /dev/stdout             silent
//   the image was read                                                                          n/a
export const manifestLogDestination = manifestRule("1.2-manifest-log-destination", logDestination);

// Writes to the root file system that the manifest asks of its container (contract 1.2); 1.2-writable-root
// judges them with the image.
//
//   --data-dir=/var/lib/x, UPLOAD_DIR=/app/uploads, a log file            note: the image may have a VOLUME there
//   a relative path without workingDir; the manifest's writable mounts    silent
//   the image was read                                                    n/a
export const manifestWritableRoot = manifestRule("1.2-manifest-writable-root", perhapsWritableRoot);

// No setting of the manifest makes its container listen on localhost (contract 1.3); 1.3-bind-address
// judges it with the image.
//
//   command, args: --host=127.0.0.1; env: HOST=localhost                 presumed fail
//   args without command: only options that servers share (--host)       presumed fail
//   args that name a client themselves (psql --host=localhost)           silent: an ENTRYPOINT may run them
//   DB_HOST=localhost, a batch task, an init container                   silent
//   the image was read                                                   n/a
export const manifestBindAddress = manifestRule("1.3-manifest-bind-address", bindAddress);

// The manifest starts its container for production (contract 1.4), as 1.4-development-mode judges it
// with the image.
//
//   command: nodemon, next dev, npm run dev; env: NODE_ENV=development, DEBUG=1   fail
//   args alone: their program is not known                                       silent
//   the image was read                                                           n/a
export const manifestDevelopmentMode = manifestRule("1.4-manifest-development-mode", developmentMode);

// lifecycle.stopSignal of the manifest lets the program end by itself (contract 1.4), as 1.4-stop-signal
// judges it with the image, whose own it replaces (Kubernetes 1.33).
//
//   lifecycle.stopSignal: SIGKILL, SIGSTOP, a name that is no signal    fail
//   SIGTERM, SIGQUIT, none                                              silent
//   the image was read                                                  n/a
export const manifestStopSignal = manifestRule("1.4-manifest-stop-signal", stopSignal);
