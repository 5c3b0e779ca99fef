/** Closes a source if `open` fails; on success the image owns it. */
export async function closingOnError<T>(
  source: { close(): void | Promise<void> },
  open: () => Promise<T>,
): Promise<T> {
  try {
    return await open();
  } catch (error) {
    await source.close();
    throw error;
  }
}
