import type { Application } from "./application.ts";
import { askedByRequest } from "./applications/asked-by-request.ts";
import { databases } from "./applications/databases.ts";
import { exporters } from "./applications/exporters.ts";
import { localState } from "./applications/local-state.ts";
import { nextServers, nodeServers } from "./applications/node-servers.ts";
import { phpServers } from "./applications/php-servers.ts";
import { protocols } from "./applications/protocols.ts";
import { pythonServers } from "./applications/python-servers.ts";
import { rubyServers } from "./applications/ruby-servers.ts";
import { runtimes } from "./applications/runtimes.ts";
import { stores } from "./applications/stores.ts";
import { webServers } from "./applications/web-servers.ts";
import { withRedis } from "./applications/with-redis.ts";
import { workers } from "./applications/workers.ts";

/** Every application of the table. */
export const APPLICATIONS: readonly Application[] = [
  ...webServers,
  ...stores,
  ...runtimes,
  ...nodeServers,
  ...nextServers,
  ...withRedis,
  ...databases,
  ...pythonServers,
  ...rubyServers,
  ...phpServers,
  ...protocols,
  ...exporters,
  ...workers,
  ...askedByRequest,
  ...localState,
];
