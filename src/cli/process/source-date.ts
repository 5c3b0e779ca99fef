import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Context } from "./context.ts";

/**
 * Current time, or the time in SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/).
 *
 * @throws UsageError `source-date-epoch`
 */
export function sourceDate({ env, now }: Pick<Context, "env" | "now">): Date {
  const epoch = env["SOURCE_DATE_EPOCH"];
  if (epoch === undefined || epoch === "") return now();
  const date = /^\d{1,12}$/.test(epoch) ? new Date(Number(epoch) * 1_000) : undefined;
  if (date !== undefined && date.getUTCFullYear() < 10_000) return date;
  throw new UsageError("source-date-epoch", {
    fr: `SOURCE_DATE_EPOCH vaut ${quoted(epoch)} : un nombre de secondes depuis 1970 est attendu.`,
    en: `SOURCE_DATE_EPOCH is ${quoted(epoch)}: a number of seconds since 1970 is expected.`,
  });
}
