import { UnavailableError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import type { Opening } from "../assembly/assemble.ts";
import type { OpenImage } from "../source/open-image.ts";
import { type AskedEngine, askEngines } from "./ask-engines.ts";
import { openEngineSource } from "./open-engine-source.ts";
import type { EngineOptions } from "./save-image.ts";

/**
 * Opens an image whose name has no registry: from a local engine, otherwise from the default registry. The
 * result states which of them was used; an error lists all attempts.
 *
 * @throws UnavailableError if no source has it; as opening it
 */
export async function openPlain(
  name: string,
  asked: Omit<Opening, "reference">,
  options: EngineOptions,
  openReference: () => Promise<OpenImage>,
): Promise<OpenImage> {
  const engines = await askEngines(name, options);
  const [holder, ...others] = engines.filter(({ has }) => has);
  if (holder !== undefined) {
    const { transport } = holder;
    const image = await openEngineSource({ transport, name }, asked, options);
    return { ...image, choice: image.choice ?? localImage(holder, others) };
  }
  try {
    return await openReference();
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    throw new UnavailableError(error.code, nowhere(engines, error.text), { cause: error });
  }
}

function localImage({ command, transport }: AskedEngine, others: readonly AskedEngine[]): Text {
  const [other] = others;
  const also = other === undefined ? { fr: "", en: "" } : alsoIn(other);
  return {
    fr: `aucun registre n'est nommé : l'image locale de ${command} est lue (${transport}:…)${also.fr}. Pour celle de Docker Hub : docker.io/….`,
    en: `no registry is named: the local image of ${command} is read (${transport}:…)${also.en}. For that of Docker Hub: docker.io/….`,
  };
}

function alsoIn({ command, transport }: AskedEngine): Text {
  return {
    fr: ` ; ${command} en a une aussi (${transport}:…)`,
    en: `; ${command} has one, too (${transport}:…)`,
  };
}

function nowhere(engines: readonly AskedEngine[], { fr, en }: Text): Text {
  const said = (lang: keyof Text, colon: string) =>
    engines.map(({ command, answer }) => `${command}${colon} ${answer[lang]}`).join(", ");
  return {
    fr: `${fr} Aucun registre n'étant nommé, les moteurs locaux ont été essayés d'abord (${said("fr", " :")}).`,
    en: `${en} As no registry is named, local engines were tried first (${said("en", ":")}).`,
  };
}
