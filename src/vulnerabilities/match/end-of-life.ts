import type { OsFacts } from "../../contract/package-facts.ts";
import type { EndOfLifeFacts } from "../../contract/vulnerability-facts.ts";
import type { VulnerabilityDatabase } from "../database/database.ts";
import { releaseOf } from "./distribution-release.ts";
import { runtimeCycle } from "./runtime-names.ts";

type Asked = Pick<VulnerabilityDatabase, "endOfLife">;

/** The distribution, if its release has reached its end by that day (`YYYY-MM-DD`). */
export function endedDistribution(os: OsFacts, data: Asked, today: string): EndOfLifeFacts | undefined {
  const cycle = releaseOf(os)?.cycle;
  return cycle && ended(cycle, data, today);
}

/** The runtime, by the name that catalogers give it. */
export function endedRuntime(
  { name, version, purl }: { readonly name: string; readonly version: string; readonly purl: string },
  data: Asked,
  today: string,
): EndOfLifeFacts | undefined {
  const cycle = runtimeCycle(name, version);
  const found = cycle && ended(cycle, data, today);
  return found && { ...found, purl };
}

function ended(
  { product, cycle }: { readonly product: string; readonly cycle: string },
  data: Asked,
  today: string,
): EndOfLifeFacts | undefined {
  const end = data.endOfLife(product, cycle);
  if (end === undefined) return undefined;
  const { on, isOver, source } = end;
  const isEnded = on === undefined ? isOver : on.slice(0, today.length) < today;
  return isEnded ? { product, cycle, ...(on === undefined ? {} : { on }), source } : undefined;
}
