import type { OpenImage } from "./open-image.ts";

/** On success the image owns what it is read from; otherwise nobody would close it. */
export async function closingOnError(
  source: { close(): void | Promise<void> },
  open: () => Promise<OpenImage>,
): Promise<OpenImage> {
  try {
    return await open();
  } catch (error) {
    await source.close();
    throw error;
  }
}
