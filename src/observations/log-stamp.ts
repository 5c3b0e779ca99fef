import { LOG_STAMP } from "./log-content.ts";

const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const TIME = String.raw`\d\d:\d\d:\d\d`;

/**
 * Beginnings of lines that only loggers write, besides LOG_STAMP. PHP, Apache: `[29-Nov-2026 12:00:00 UTC]`;
 * Tomcat: `29-Nov-2026 12:00:00.123`; Redis: `1:M 29 Nov 2026 12:00:00.123`; glog, klog: `I1129
 * 12:00:00.123456`; day first: `29/11/2026 12:00:00`, `29.11.2026 12:00`.
 */
const LOGGERS = new RegExp(
  [
    String.raw`^[^\n]{0,40}?\b\d{1,2}[- ]${MONTH}[- ]\d{4}[ :]${TIME}`,
    String.raw`^[IWEFD]\d{4} ${TIME}\.\d{3}`,
    String.raw`^[^\n]{0,40}?\b\d\d[/.-]\d\d[/.-]\d{4}[ ,T]{1,2}\d\d:\d\d`,
    String.raw`^[^\n]{0,40}?\b\d{8}[T ]\d{6}\b`,
    String.raw`^@4[0-9a-f]{23} `,
  ].join("|"),
);

/**
 * Beginnings of lines that data may have, too: a time of day, a Unix time in seconds or milliseconds, a
 * level. They indicate a log only if the file grows by lines with the requests.
 */
const AT_WORK = new RegExp(
  [
    String.raw`^\W{0,3}${TIME}(?:[.,]\d{1,9})?\b`,
    String.raw`^\W{0,3}1[5-9]\d{8}(?:\d{3}|\.\d{1,9})?\b`,
    String.raw`^\W{0,3}(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\b`,
    String.raw`"(?:time|timestamp|ts|@timestamp|level|severity)"\s*:`,
    String.raw`\b(?:time|ts|level|lvl|msg)="?\w`,
    // The common log format without its time, an option of some servers.
    String.raw`\b(?:GET|POST|HEAD|PUT|DELETE|PATCH|OPTIONS) /\S* HTTP/\d`,
  ].join("|"),
  "i",
);

/** Whether a line begins as loggers write lines, whatever file contains it. */
export function isStampedLine(line: string): boolean {
  return LOG_STAMP.test(line) || LOGGERS.test(line);
}

/** Whether a line that was added during the requests is a log line. */
export function isLogLine(line: string): boolean {
  return isStampedLine(line) || AT_WORK.test(line);
}
