// Parts of undici that douane uses. Undici's index loads 110 modules, these parts 31, which saves 40 ms of
// CPU at the start.

import connect from "undici/lib/api/api-connect.js";
import request from "undici/lib/api/api-request.js";
import connector from "undici/lib/core/connect.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
import EnvHttpProxyAgent from "undici/lib/dispatcher/env-http-proxy-agent.js";

// The index adds these and other methods to the prototype; proxies are reached by connect().
Object.assign(Dispatcher.prototype, { request, connect });

export { connector, EnvHttpProxyAgent };
