import type { StartableImage } from "./startable-image.ts";

/** The shell commands that a runner of tasks runs; "unread" where they cannot be known. */
export type TaskScript = { readonly script: string } | "unread";

/** The text of a file of the image, by its absolute path; undefined where there is none. */
export type ReadText = (path: string) => string | undefined;

/** Reads files that rules were given of an image; one that was cut short is none. */
export function textsOf({ files }: Pick<StartableImage, "files">): ReadText {
  return (path) => {
    return files.find((file) => file.path === path && file.hidden === undefined && file.truncated !== true)
      ?.content;
  };
}

/** The value of an option, attached or in the next word. */
export function optionValue(words: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    if (names.includes(word)) return words[index + 1];
    const name = names.find((one) => word.startsWith(one.startsWith("--") ? `${one}=` : one));
    if (name !== undefined) return word.slice(name.length).replace(/^=/, "");
  }
  return undefined;
}
