// The manifest does not have its container listen on localhost (contract 1.3), as 1.3-bind-address
// judges it with the image.
//
//   command, args: --host=127.0.0.1; env: HOST=localhost                 presumed fail
//   args alone: the options that any server has, of a program that is not known
//   args that name a client themselves (psql --host=localhost)           silent: an ENTRYPOINT may run them
//   DB_HOST=localhost, a batch task, an init container                   silent
//   the image was read                                                   n/a

import { bindAddress } from "../start/1.3-bind-address.ts";
import { manifestRule } from "./manifest-rule.ts";

export const manifestBindAddress = manifestRule({ id: "1.3-manifest-bind-address", of: bindAddress });
