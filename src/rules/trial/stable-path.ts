/** Path for fingerprints: dates, process ids and counters, which vary from run to run, are replaced. */
export function stablePath(path: string): string {
  return path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/gi, "0");
}
