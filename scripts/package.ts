// Runs before packing, after bundling: writes the manual and the third-party notices.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import configs from "../rolldown.config.ts";
import { manPage } from "./docs/man-page.ts";
import { thirdPartyNotices } from "./package/notices.ts";

const ROOT = join(import.meta.dirname, "..");

const { date } = /^## \S+ \((?<date>\d{4}-\d{2}-\d{2})\)$/m.exec(
  readFileSync(join(ROOT, "CHANGELOG.md"), "utf8"),
)?.groups ?? { date: new Date().toISOString().slice(0, 10) };
const files = {
  "THIRD-PARTY-NOTICES": await thirdPartyNotices(configs),
  "man/douane.1": await manPage("en", date ?? ""),
  "man/fr/douane.1": await manPage("fr", date ?? ""),
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}
