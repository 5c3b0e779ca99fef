// No package manager stands before the program (contract 1.4), as 1.4-signal-forwarding judges images: notes.
//
//   CMD ["npm", "start"], ["yarn", "start"], ["pnpm", "run", "serve"]    note
//   CMD ["node", "server.js"]                                           silent

import { signalForwarding } from "../start/1.4-signal-forwarding.ts";
import { declaredRule } from "./declared-rule.ts";

export const dockerfileSignalForwarding = declaredRule("1.4-dockerfile-signal-forwarding", signalForwarding);
