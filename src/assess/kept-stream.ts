/** The same stream, and what was read from it so far. */
export interface KeptStream {
  readonly stream: AsyncIterable<Uint8Array>;
  readonly bytes: () => Uint8Array;
}

export function keeping(source: AsyncIterable<Uint8Array>): KeptStream {
  const chunks: Uint8Array[] = [];
  async function* stream(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      chunks.push(chunk);
      yield chunk;
    }
  }
  return { stream: stream(), bytes: () => Buffer.concat(chunks) };
}
