// Runs before packing, after bundling: writes the manual, the third-party notices and the bundle's SBOM.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import configs from "../rolldown.config.ts";
import { manPage } from "./docs/man-page.ts";
import { bundleSbom } from "./image/bundle-sbom.ts";
import { filesBelow } from "./image/files-below.ts";
import { thirdPartyNotices } from "./package/notices.ts";

const ROOT = join(import.meta.dirname, "..");

const { date } = /^## \S+ \((?<date>\d{4}-\d{2}-\d{2})\)$/m.exec(
  readFileSync(join(ROOT, "CHANGELOG.md"), "utf8"),
)?.groups ?? { date: new Date().toISOString().slice(0, 10) };
const notices = await thirdPartyNotices(configs);
writeFileSync(join(ROOT, "THIRD-PARTY-NOTICES"), notices);
const bundle = filesBelow(join(ROOT, "dist")).map((name) => `dist/${name}`);
const files = {
  // Made of the notices.
  "douane.cdx.json": bundleSbom(bundle),
  "man/douane.1": await manPage("en", date ?? ""),
  "man/fr/douane.1": await manPage("fr", date ?? ""),
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}
