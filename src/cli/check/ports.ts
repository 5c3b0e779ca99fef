import type { AssessmentPorts } from "../../assess/run/request.ts";
import { cacheDirectory } from "../process/cache-directory.ts";
import type { Context } from "../process/context.ts";
import { isBroughtByRepository } from "../process/home-repository.ts";
import { judgingTime } from "../process/judging-time.ts";
import { BROUGHT } from "../process/repository-content.ts";
import { VERSION } from "../process/version.ts";
import type { CheckEvents } from "./events.ts";

/** Parts of the process that an assessment may use. */
export function portsOf(context: Context, noCache: boolean, events: CheckEvents): AssessmentPorts {
  const { cwd, env, signal } = context;
  const cache = noCache ? undefined : cacheDirectory(env);
  return {
    cwd,
    env,
    signal,
    ...judgingTime(context),
    douane: VERSION,
    emit: (event) => events.tell(event),
    ...cacheFor(cache, context),
  };
}

function cacheFor(directory: string | undefined, context: Context): Partial<AssessmentPorts> {
  if (directory === undefined) return {};
  if (isBroughtByRepository(directory, context)) return { unusedCache: { directory, reason: BROUGHT } };
  return { cache: directory };
}
