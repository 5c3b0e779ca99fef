import type { Text } from "../../contract/text.ts";

/** Explanations of a gRPC probe's result, by the beginning of the result. */
const MEANINGS: readonly { readonly answer: RegExp; readonly words: Text }[] = [
  {
    answer: /^UNIMPLEMENTED\b/,
    words: {
      fr: "le serveur n'a pas de service de santé gRPC (grpc.health.v1.Health)",
      en: "the server has no gRPC health service (grpc.health.v1.Health)",
    },
  },
  {
    answer: /^NOT_FOUND\b/,
    words: {
      fr: "le service de santé ne connaît pas le service que nomme la sonde",
      en: "the health service does not know the service that the probe names",
    },
  },
  {
    answer: /^NOT_SERVING$/,
    words: {
      fr: "le service de santé se dit hors d'état de servir",
      en: "the health service says that it cannot serve",
    },
  },
  {
    answer: /^no HTTP\/2$/,
    words: {
      fr: "ce port ne parle pas HTTP/2 sans TLS, seul protocole d'une sonde gRPC",
      en: "this port does not speak HTTP/2 without TLS, a gRPC probe's only protocol",
    },
  },
  {
    answer: /^(?:no gRPC|HTTP \d+)$/,
    words: { fr: "ce port parle HTTP/2, et non gRPC", en: "this port speaks HTTP/2, and no gRPC" },
  },
];

export function grpcWords(answer: string): Text | undefined {
  return MEANINGS.find((one) => one.answer.test(answer))?.words;
}
