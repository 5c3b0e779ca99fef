import { z } from "zod";
import { parseQuantity } from "../../trial/quantity.ts";

// Schemas of single values in trial settings.

const LONGEST_SECONDS = 30 * 60;

export const port = z.int().min(1).max(65_535);

export const path = z.string().regex(/^\/(?!\/*$)[^:\0]*$/, {
  error: "un chemin absolu, sans « : » | an absolute path without `:`",
});

export const urlPath = z
  .string()
  .regex(/^\/\S*$/, { error: "un chemin d'URL, comme /health | the path of a URL, such as /health" });

export const name = z.string().regex(/^[^=\0]+$/, { error: "un nom de variable | the name of a variable" });

export const hostName = z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i, {
  error: "un nom d'hôte | a host name",
});

export const quantity = z.string().refine((text) => (parseQuantity(text) ?? 0) > 0, {
  error: "une quantité comme 512Mi ou 500m | a quantity such as 512Mi or 500m",
});

/** Schema of a duration, at most that of a trial. */
export function seconds(least: number) {
  return z.number().min(least).max(LONGEST_SECONDS).exactOptional();
}
