/** On success the image owns what it is read from; otherwise nobody would close it. */
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
