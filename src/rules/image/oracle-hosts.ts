import type { SettingLine } from "./setting-line.ts";

/** Name of a connection at the beginning of a line: `PORTAIL.PROD =`. */
const ALIAS = /^([A-Za-z][\w.-]{0,60})\s{0,20}=/;
const HOST = /\(\s{0,10}HOST\s{0,10}=\s{0,10}([^()\s]{1,250})\s{0,10}\)/gi;

/** Hosts in a file of Oracle's net services (tnsnames.ora), as the database's host below the name of its connection. */
export function oracleHosts(text: string): readonly SettingLine[] {
  let alias = "";
  return text.split("\n").flatMap((line, index) => {
    if (line.startsWith("#")) return [];
    alias = ALIAS.exec(line)?.[1] ?? alias;
    return [...line.matchAll(HOST)].map(([, value = ""]) => ({
      name: `${alias}.db_host`,
      value,
      line: index + 1,
    }));
  });
}
