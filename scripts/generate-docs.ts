// Compares docs/rules and docs/*.schema.json with the code; with UPDATE=1, rewrites them.
import { documents, staleDocuments, writeDocuments } from "./docs/documents.ts";

const files = await documents();
const stale = staleDocuments(files);

if (process.env["UPDATE"] === "1") {
  writeDocuments(files);
  console.log(`docs/: ${files.size} documents, ${stale.length} changed`);
} else if (stale.length > 0) {
  console.error(`Out of date below docs/: ${stale.join(", ")}.\nRun UPDATE=1 node scripts/generate-docs.ts`);
  process.exitCode = 1;
}
