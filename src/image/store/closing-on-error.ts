import type { OpenImage } from "../open-image.ts";
import type { FileTree } from "./file-tree.ts";

/** On success the image owns the tree; otherwise nobody would close it. */
export async function closingOnError(tree: FileTree, open: () => Promise<OpenImage>): Promise<OpenImage> {
  try {
    return await open();
  } catch (error) {
    tree.close();
    throw error;
  }
}
