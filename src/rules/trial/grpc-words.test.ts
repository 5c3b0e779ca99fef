import { expect, test } from "vitest";
import { grpcWords } from "./grpc-words.ts";

test.each(["no HTTP/2", "no gRPC", "HTTP 404", "HTTP 1"])("%s has words in both languages", (answer) => {
  const words = grpcWords(answer);
  expect(words?.fr).toMatch(/^ce port/);
  expect(words?.en).toMatch(/^this port/);
});

test.each(["", "no HTTP/2 x", "x no HTTP/2", "no gRPC x", "x no gRPC", "HTTP x", "HTTP 4x", "xHTTP 404"])(
  "%j has none",
  (answer) => {
    expect(grpcWords(answer)).toBeUndefined();
  },
);
