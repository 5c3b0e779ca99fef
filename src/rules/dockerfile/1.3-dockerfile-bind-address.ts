// ENV, ENTRYPOINT and CMD make nothing listen on localhost (contract 1.3), as 1.3-bind-address judges images.
//
//   ENV HOST=127.0.0.1, CMD ["uvicorn", "app:app", "--host", "localhost"]    presumed fail
//   DB_HOST=localhost, a variable that is not known here                     silent

import { bindAddress } from "../start/1.3-bind-address.ts";
import { declaredRule } from "./declared-rule.ts";

export const dockerfileBindAddress = declaredRule("1.3-dockerfile-bind-address", bindAddress);
