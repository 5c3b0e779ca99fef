import type { Fields } from "../../json/fields.ts";
import type { FeedFormat } from "../feed/feed.ts";
import { alpineSecdb } from "./alpine-secdb/alpine-secdb.ts";
import { cveList } from "./cve-list/cve-list.ts";
import { debianTracker } from "./debian-tracker/debian-tracker.ts";
import { endoflife } from "./endoflife/endoflife.ts";
import { cisaKev, euKev } from "./kev/kev.ts";
import { nodeCore } from "./node-core/node-core.ts";
import { nvd } from "./nvd/nvd.ts";
import { osv } from "./osv/osv.ts";

/** JSON formats of feeds, the most distinctive first. */
export const FEED_FORMATS: readonly FeedFormat[] = [
  cveList,
  cisaKev,
  nvd,
  alpineSecdb,
  osv,
  euKev,
  nodeCore,
  endoflife,
  debianTracker,
];

/** Format of a document, by its content, never by its name; undefined if unknown. */
export function recognise(document: Fields): FeedFormat | undefined {
  return FEED_FORMATS.find((format) => format.recognises(document));
}
