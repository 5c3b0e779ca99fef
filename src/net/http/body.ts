/** The whole body, or its first `limit` + 1 bytes, so that the excess is noticed. */
export async function readBody(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    // Leaving the loop destroys the stream, and thereby the connection.
    if (size > limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit + 1);
}
