/** Kinds of documents on which verdicts are based. */
export const DOCUMENT_KINDS = ["policy", "rules", "data"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
