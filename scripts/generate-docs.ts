// Compares docs/rules, docs/*.schema.json and the outputs that the READMEs show with the code; with UPDATE=1, rewrites them.
import { documents, staleDocuments, writeDocuments } from "./docs/documents.ts";

const files = await documents();
const stale = staleDocuments(files);

if (process.env["UPDATE"] === "1") {
  writeDocuments(files);
  console.log(`${files.size} documents, ${stale.length} changed`);
} else if (stale.length > 0) {
  console.error(`Out of date: ${stale.join(", ")}.\nRun UPDATE=1 node scripts/generate-docs.ts`);
  process.exitCode = 1;
}
