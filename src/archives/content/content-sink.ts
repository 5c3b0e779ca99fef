/** Receiver of the content of one file, or of one member of an archive. */
export interface ContentSink {
  /** Receives the whole content at once, valid during the call; replaces push() and end(). */
  whole(bytes: Uint8Array): void;
  /** Receives the next piece of the content, valid during the call. */
  push(bytes: Uint8Array): void;
  end(): void;
}

/** Sink for an unwanted content. */
export const NOTHING: ContentSink = {
  whole: () => undefined,
  push: () => undefined,
  end: () => undefined,
};
