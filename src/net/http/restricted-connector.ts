import type { LookupFunction } from "node:net";
import type { buildConnector } from "undici";
import type { AddressRestriction } from "./address-restriction.ts";

/** Option of a connector by which names are resolved; empty for Node's own resolution. */
interface Resolution {
  readonly lookup?: LookupFunction;
}

/** Connector whose names are resolved under a restriction, if there is one. */
export function restricted(
  restriction: AddressRestriction | undefined,
  build: (resolution: Resolution) => buildConnector.connector,
): buildConnector.connector {
  if (restriction === undefined) return build({});
  const toNamed = build({ lookup: restriction.lookupFor(true) });
  const toOthers = build({ lookup: restriction.lookupFor(false) });
  return (options, callback) => (restriction.isNamed(options) ? toNamed : toOthers)(options, callback);
}
