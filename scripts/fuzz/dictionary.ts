/** Words, numbers and signs of the seeds, and values that break readers. */
export function dictionaryOf(seeds: readonly Buffer[]): readonly string[] {
  const tokens = new Set(BREAKING);
  for (const seed of seeds) {
    const text = seed.toString("latin1").slice(0, 64 * 1024);
    for (const [token] of text.matchAll(/[\w./:-]{2,40}|[^\w\s]{1,3}/g)) tokens.add(token);
  }
  return [...tokens];
}

const BREAKING: readonly string[] = [
  "\0",
  "\n",
  "\r\n",
  "\t",
  "\xff\xfe",
  "\xef\xbb\xbf",
  "\\ud800",
  "__proto__",
  "constructor",
  "-1",
  "1e999",
  "9007199254740993",
  "null",
  "[]",
  "{}",
  '""',
  "&a ",
  "*a",
  "<<: *a",
  "!!binary ",
  "!!int ",
  "|\n",
  "? ",
  "---\n",
  "${",
  "<<EOF\n",
  "../",
];
