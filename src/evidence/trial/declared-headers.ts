import type { ContainerFacts, HttpGetFacts } from "../../contract/pod-facts.ts";
import type { GivenSecret } from "../../secrets/trial.ts";
import type { HttpTarget } from "../../trial/plan/plan.ts";

/** Headers of an httpGet, repeated names together: v1HeaderToHTTPHeader (pkg/probe/http/request.go). */
export function declaredHeaders({ httpHeaders = [] }: HttpGetFacts): HttpTarget["headers"] {
  const named = httpHeaders.map(({ name = "", value = "" }) => ({ name: canonicalName(name), value }));
  const groups = [...Map.groupBy(named, ({ name }) => name)];
  return Object.fromEntries(groups.map(([name, all]) => [name, all.map(({ value }) => value)]));
}

/** Name as Go's net/textproto writes it: a capital at the beginning of each word, small letters elsewhere. */
function canonicalName(name: string): string {
  return name.toLowerCase().replaceAll(/(?<![^-])[a-z]/g, (letter) => letter.toUpperCase());
}

/**
 * Values of headers in probes and hooks that are masked in the manifest's evidence, without a scheme before
 * them (`Bearer`). The application may print its requests, so these values are masked in its output.
 */
export function headerSecrets(
  raw: ContainerFacts | undefined,
  masked: ContainerFacts | undefined,
): readonly GivenSecret[] {
  const shown = headersOf(masked);
  return headersOf(raw)
    .filter(({ value }, index) => shown[index]?.value !== value)
    .map(({ name = "", value = "" }) => [name, value.split(/\s+/).at(-1) ?? value]);
}

function headersOf({ startupProbe, readinessProbe, livenessProbe, lifecycle }: ContainerFacts = {}): Headers {
  const handlers = [startupProbe, readinessProbe, livenessProbe, lifecycle?.postStart, lifecycle?.preStop];
  return handlers.flatMap((handler) => handler?.httpGet?.httpHeaders ?? []);
}

type Headers = NonNullable<HttpGetFacts["httpHeaders"]>;
