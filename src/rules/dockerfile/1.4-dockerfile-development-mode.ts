// ENV, ENTRYPOINT and CMD start the application for production (contract 1.4), as 1.4-development-mode
// judges images. What a discarded stage sets does not count.
//
//   CMD npm run dev, nodemon, flask --debug, ENV NODE_ENV=development, DEBUG=1    fail
//   NODE_ENV=production, DEBUG=app:*, npm start                                   fine

import { developmentMode } from "../start/1.4-development-mode.ts";
import { declaredRule } from "./declared-rule.ts";

export const dockerfileDevelopmentMode = declaredRule("1.4-dockerfile-development-mode", developmentMode);
