// Baseline for manifests: js-yaml reads the same bytes. Started as `node load-all.cjs FILE`; prints the
// number of documents.

import { readFileSync } from "node:fs";
import { loadAll } from "js-yaml";

const documents = loadAll(readFileSync(process.argv[2] ?? "", "utf8"));
process.stdout.write(String(documents.length));
