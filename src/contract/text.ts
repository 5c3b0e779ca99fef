/** Languages of douane's messages. */
export const LANGS = ["fr", "en"] as const;
export type Lang = (typeof LANGS)[number];

/** Sentence in all languages; a sentence without a translation does not compile. */
export type Text = Readonly<Record<Lang, string>>;
