import type { StartableImage } from "./startable-image.ts";

/** Shell commands that a task runner executes, and the path of their file; "unread" if they cannot be known. */
export type TaskScript = { readonly script: string; readonly file: string } | "unread";

/** Returns the text of an image's file by its absolute path; undefined if the file does not exist. */
export type ReadText = (path: string) => string | undefined;

/** Reader of the image's selected files, except files whose text was cut. */
export function textsOf({ files }: Pick<StartableImage, "files">): ReadText {
  return (path) => {
    return files.find((file) => file.path === path && file.hidden === undefined && file.truncated !== true)
      ?.content;
  };
}

/** Value of an option, attached or in the next word. */
export function optionValue(words: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    if (names.includes(word)) return words[index + 1];
    const name = names.find((one) => word.startsWith(one.startsWith("--") ? `${one}=` : one));
    if (name !== undefined) return word.slice(name.length).replace(/^=/, "");
  }
  return undefined;
}
