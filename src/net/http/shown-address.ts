import { quoted } from "../../contract/shown.ts";

/** Where a registry sends, without what may be a secret: user, password, query. */
export function shownAddress(location: string): string {
  if (!URL.canParse(location)) return quoted(location.replace(/[?#@].*$/s, "…"));
  const { protocol, host, pathname, search } = new URL(location);
  return quoted(`${protocol}//${host}${pathname}${search === "" ? "" : "?…"}`);
}

/** The type of a body without its parameters; `?` for what is none. */
export function shownType(type: string): string {
  return quoted(/^(?:[a-z]{1,20}\/[a-z0-9.+-]{1,100})?(?=;|$)/.exec(type.trim())?.[0] ?? "?");
}
