import type { AssessmentPorts } from "../../assess/request.ts";
import { cacheDirectory } from "../process/cache-directory.ts";
import type { Context } from "../process/context.ts";
import { judgingTime } from "../process/judging-time.ts";
import { VERSION } from "../version.ts";
import type { CheckEvents } from "./events.ts";

/** What of the process an assessment may use. */
export function portsOf(context: Context, noCache: boolean, events: CheckEvents): AssessmentPorts {
  const { cwd, env, stdin, signal } = context;
  const cache = noCache ? undefined : cacheDirectory(env);
  return {
    cwd,
    env,
    stdin,
    signal,
    ...judgingTime(context),
    douane: VERSION,
    emit: (event) => events.tell(event),
    onReading(inThreads) {
      context.boundYoungGeneration?.(true);
      if (inThreads) context.allowV8Threads?.(false);
    },
    onManyWorkloads: () => context.boundYoungGeneration?.(true),
    ...(cache === undefined ? {} : { cache }),
  };
}
