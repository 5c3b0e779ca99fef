import type { Application } from "./application.ts";
import { nextServers, nodeServers } from "./applications/node-servers.ts";
import { runtimes } from "./applications/runtimes.ts";
import { stores } from "./applications/stores.ts";
import { webServers } from "./applications/web-servers.ts";
import { withRedis } from "./applications/with-redis.ts";

/** Every application of the table. */
export const APPLICATIONS: readonly Application[] = [
  ...webServers,
  ...stores,
  ...runtimes,
  ...nodeServers,
  ...nextServers,
  ...withRedis,
];
