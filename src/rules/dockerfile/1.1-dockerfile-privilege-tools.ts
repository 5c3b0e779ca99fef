// ENTRYPOINT and CMD of the Dockerfile change no user (contract 1.1), as 1.1-privilege-tools judges images.
//
//   ENTRYPOINT ["gosu", "app", …], CMD su-exec app node x.js    fail
//   an entrypoint script                                        silent: only the image shows it

import { privilegeTools } from "../start/1.1-privilege-tools.ts";
import { declaredRule } from "./declared-rule.ts";

export const dockerfilePrivilegeTools = declaredRule("1.1-dockerfile-privilege-tools", privilegeTools);
