/** An authentication method offered by a server (RFC 9110, 11.3). */
export interface Challenge {
  /** Scheme in lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** Parameters, with names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const PARAMETER = new RegExp(`^[\\s,]*(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}[^\\s,]*))`);
const SCHEME = new RegExp(`^[\\s,]*(${TOKEN})(?=\\s|,|$)`);
const LONGEST = 16 * 1024;

/**
 * Challenges of WWW-Authenticate headers; a header may contain several. An unreadable part ends the list of
 * its header; challenges before this part count.
 */
export function parseChallenges(headers: readonly string[]): readonly Challenge[] {
  return headers.flatMap((header) => [...parse(header.slice(0, LONGEST))]);
}

function* parse(header: string): Generator<Challenge> {
  let rest = header;
  for (let scheme = SCHEME.exec(rest); scheme !== null; scheme = SCHEME.exec(rest)) {
    rest = rest.slice(scheme[0].length);
    const parameters = new Map<string, string>();
    for (let match = PARAMETER.exec(rest); match !== null; match = PARAMETER.exec(rest)) {
      const [whole, name = "", quoted, plain = ""] = match;
      parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain);
      rest = rest.slice(whole.length);
    }
    yield { scheme: (scheme[1] ?? "").toLowerCase(), parameters };
  }
}
