/** Kinds of documents that verdicts are made by. */
export const DOCUMENT_KINDS = ["policy", "rules", "data"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
