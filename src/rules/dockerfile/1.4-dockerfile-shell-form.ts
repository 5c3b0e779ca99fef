// ENTRYPOINT and CMD start the program itself, without a shell before it (contract 1.4), as
// 1.4-shell-form judges images; which shell /bin/sh is follows from a base image that is widely known.
//
//   CMD node server.js on Alpine (busybox) or Debian (dash), CMD a && b    presumed fail
//   CMD exec node server.js, the exec form, one command in bash            fine
//   one command on an unknown base, a list in bash                         note

import { shellFormRule } from "../start/1.4-shell-form.ts";
import { declaredRule } from "./declared-rule.ts";

export const dockerfileShellForm = declaredRule("1.4-dockerfile-shell-form", shellFormRule);
