/** Date and time of ISO 8601, with or without a time zone. */
const ISO =
  /^(?<date>\d{4}-\d{2}-\d{2})[T ](?<time>\d{2}:\d{2}:\d{2})(?:[.,]\d{1,9})?(?<zone>Z|[+-]\d{2}:?\d{2})?$/;

/**
 * The time in UTC to the second (RFC 3339). Undefined for another text, and for a time without a zone: the
 * zone of the job's machine is unknown.
 *
 * @param isUtc whether the format defines times without a zone as UTC
 */
export function utcTime(value: unknown, isUtc = false): string | undefined {
  const {
    date,
    time,
    zone = isUtc ? "Z" : undefined,
  } = (typeof value === "string" ? ISO.exec(value) : null)?.groups ?? {};
  if (date === undefined || zone === undefined) return undefined;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const milliseconds = Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString().replace(".000Z", "Z");
}
