import { quoted } from "../../contract/shown.ts";

/** An address without parts that may be secret: user, password, query. */
export function shownAddress(location: string): string {
  if (!URL.canParse(location)) return quoted(location.replace(/[?#@].*$/s, "…"));
  const { protocol, host, pathname, search } = new URL(location);
  return quoted(`${protocol}//${host}${pathname}${search === "" ? "" : "?…"}`);
}

/** Media type without parameters; `?` if invalid. */
export function shownType(type: string): string {
  return quoted(/^(?:[a-z]{1,20}\/[a-z0-9.+-]{1,100})?(?=;|$)/.exec(type.trim())?.[0] ?? "?");
}
