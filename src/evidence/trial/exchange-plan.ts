import type { ExchangePlan } from "../../trial/plan/plan.ts";
import type { RequestSettings } from "./settings.ts";

/**
 * Request of the settings in the trial's format: bytes in base64, whatever their encoding in the settings.
 */
export function exchangePlan({
  port,
  protocol = "tcp",
  encoding = "text",
  send = "",
  expect = "",
}: RequestSettings): ExchangePlan {
  const asBase64 = (value: string): string =>
    Buffer.from(value, encoding === "text" ? "utf8" : encoding).toString("base64");
  return { port, protocol, send: asBase64(send), expect: asBase64(expect) };
}
