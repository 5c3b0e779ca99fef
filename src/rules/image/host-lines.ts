import { environmentOfHost } from "../../secrets/environment-host.ts";
import type { SettingLine } from "./setting-line.ts";

/** A host or a URL at the end of a line, after an address or a name. */
const ENTRY =
  /(?:^|[\s,;=|])((?:[a-z][a-z\d+.-]{1,20}:\/\/)?[a-z\d][a-z\d-]{0,62}(?:\.[a-z\d-]{1,63}){1,8}(?::\d{1,5})?)(?:\/\S{0,200})?$/i;
const COMMENT = /^\s{0,200}(?:#|\/\/|;)/;
/**
 * Maximum number of machines that one program calls; longer lists serve other purposes, such as lists of
 * trackers.
 */
const LONGEST = 50;

/**
 * Hosts of a list, one per line, as settings. Empty if most hosts name no environment: the list is then not
 * about the application.
 */
export function hostLines(text: string): readonly SettingLine[] {
  const found = text.split("\n").flatMap((line, index) => {
    if (COMMENT.test(line) || line.length > 300) return [];
    const host = ENTRY.exec(line.trim())?.[1];
    return host === undefined ? [] : [{ name: "host", value: host, line: index + 1 }];
  });
  const named = found.filter(({ value }) => environmentOfHost(value) !== undefined);
  return found.length > LONGEST || 2 * named.length <= found.length ? [] : found;
}
