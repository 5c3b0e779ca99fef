import { z } from "zod";
import { described, optional } from "../../contract/i18n-meta.ts";
import { LIMITS } from "../../contract/limits.ts";
import { port } from "./trial-values.ts";

const bytes = z.string().max(LIMITS.trialExchangeBytes).exactOptional();
const ENCODED = {
  text: /^/,
  hex: /^(?:[0-9a-f]{2})*$/i,
  base64: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
} as const;

/** Schema of an entry in `trial.requests`. */
export const requestSchema = z
  .strictObject({
    port,
    protocol: optional(z.enum(["tcp", "udp"]), { fr: "tcp par défaut.", en: "Default tcp." }),
    encoding: optional(z.enum(["text", "hex", "base64"]), {
      fr: "Comment send et expect sont écrits ; text par défaut.",
      en: "How send and expect are written; default text.",
    }),
    send: described(bytes, {
      fr: "Ce qui est envoyé ; par défaut rien, pour un serveur qui parle le premier. N'apparaît jamais dans les preuves.",
      en: "What is sent; by default nothing, for a server that speaks first. Never appears in evidence.",
    }),
    expect: described(bytes, {
      fr: "Ce que la réponse doit contenir ; par défaut, toute réponse convient.",
      en: "What the answer has to contain; by default any answer will do.",
    }),
  })
  .refine(
    ({ encoding = "text", send = "", expect = "" }) =>
      [send, expect].every((value) => ENCODED[encoding].test(value)),
    {
      error:
        "send et expect ne sont pas écrits comme le dit encoding | send and expect are not written as encoding says",
    },
  )
  .refine(({ protocol, send = "" }) => protocol !== "udp" || send !== "", {
    error: "en UDP, rien ne vient sans envoi : send | over UDP nothing comes unless something is sent: send",
  });
