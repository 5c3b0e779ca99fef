/** The languages in which douane speaks. */
export const LANGS = ["fr", "en"] as const;
export type Lang = (typeof LANGS)[number];

/** A sentence for a reader. One without its translation does not compile. */
export type Text = Readonly<Record<Lang, string>>;
