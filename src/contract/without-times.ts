/** Dates with or without a time, in the forms found in file names; seconds and milliseconds since 1970. */
const TIMES =
  /(?<!\d)(?:19|20)\d\d[-_.]?[01]\d[-_.]?[0-3]\d(?:[T_ .-]?[0-2]\d[-_:.]?[0-5]\d(?:[-_:.]?[0-5]\d)?(?:[.,]\d{1,9})?Z?)?(?!\d)|(?<!\d)1[5-9]\d{8}(?:\d{3})?(?!\d)/g;

/** A name or path with each time replaced by `#`, so that names that differ only by a time are equal. */
export function withoutTimes(name: string): string {
  return name.replaceAll(TIMES, "#");
}
