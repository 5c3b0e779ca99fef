// STOPSIGNAL lets the program end by itself (contract 1.4), as 1.4-stop-signal judges images.
//
//   STOPSIGNAL SIGKILL, 9, SIGSTOP, a name that is no signal    fail
//   none, SIGTERM, SIGQUIT (nginx), SIGWINCH (httpd)            fine

import { stopSignal } from "../start/1.4-stop-signal.ts";
import { declaredRule } from "./declared-rule.ts";

export const dockerfileStopSignal = declaredRule("1.4-dockerfile-stop-signal", stopSignal);
