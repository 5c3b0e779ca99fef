import type { FeedSink } from "../../feed/feed.ts";
import { dateOf, isCve } from "../../feed/feed-texts.ts";

/**
 * Whether a file begins like FIRST's scores (https://www.first.org/epss/data_stats): a comment with the date,
 * then the column names.
 */
export function isEpss(head: string): boolean {
  return /^(?:#model_version:[^\n]{0,200}\r?\n)?cve,epss,percentile\b/.test(head);
}

/** Reader that is called with each line in turn. */
export function epssReader(sink: FeedSink): (line: string) => void {
  let date = "";
  return (line) => {
    if (line.startsWith("#")) {
      date = dateOf((/score_date:(\d{4}-\d\d-\d\d)/.exec(line) ?? [])[1]);
      if (date !== "") sink.dated(date);
      return;
    }
    const [id = "", score = "", percentile = ""] = line.trimEnd().split(",");
    if (id === "" || id === "cve") return;
    const [first, second] = [Number(score), Number(percentile)];
    const isScored = score !== "" && first >= 0 && first <= 1 && second >= 0 && second <= 1;
    if (!isCve(id) || !isScored) sink.malformed(id.slice(0, 100));
    else
      sink.cve(id, { severities: [], exploited: [], epss: { score: first, percentile: second, date } }, "");
  };
}
