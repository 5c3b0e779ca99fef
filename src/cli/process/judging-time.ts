import { type Context, today } from "./context.ts";
import { sourceDate } from "./source-date.ts";

/** Day for ends of support and acceptances, `YYYY-MM-DD`, and time for reports, ISO 8601. */
export interface JudgingTime {
  readonly today: string;
  readonly judgedAt: string;
}

/** @throws UsageError `source-date-epoch` */
export function judgingTime(context: Pick<Context, "env" | "now">): JudgingTime {
  return { today: today(context), judgedAt: sourceDate(context).toISOString() };
}
