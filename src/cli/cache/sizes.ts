import type { Lang, Text } from "../../contract/text.ts";

const UNITS: readonly (readonly [bytes: number, unit: Text])[] = [
  [1024 ** 3, { fr: "Gio", en: "GiB" }],
  [1024 ** 2, { fr: "Mio", en: "MiB" }],
  [1024, { fr: "Kio", en: "KiB" }],
];

/** Size for users: `1.4 GiB`, `0 B`. */
export function sizeText(bytes: number, lang: Lang): string {
  for (const [size, unit] of UNITS) {
    if (bytes < size) continue;
    return `${(bytes / size).toLocaleString(lang, { maximumFractionDigits: 1 })} ${unit[lang]}`;
  }
  return `${bytes} ${{ fr: "o", en: "B" }[lang]}`;
}

/** Age for users: `3 d`, `5 h`, `12 min`. */
export function ageText(ms: number, lang: Lang): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} ${{ fr: "j", en: "d" }[lang]}`;
}
