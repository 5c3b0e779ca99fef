import { expect, test } from "vitest";
import { documents, staleDocuments, writeDocuments } from "../scripts/docs/documents.ts";

test("docs/rules, docs/*.schema.json and the READMEs' outputs are what the code says (UPDATE=1 rewrites them)", async () => {
  const files = await documents();
  if (process.env["UPDATE"] === "1") writeDocuments(files);
  expect(staleDocuments(files)).toEqual([]);
});
