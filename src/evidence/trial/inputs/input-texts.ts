import { excerpt } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import { placeParts } from "./declared-inputs.ts";

/** Name of a place in messages. */
function placeName(place: string): Text {
  const [kind, name] = placeParts(place);
  const shown = excerpt(name);
  switch (kind) {
    case "env":
      return { fr: `la variable ${shown}`, en: `the variable ${shown}` };
    case "envFrom":
      return { fr: "envFrom", en: "envFrom" };
    case "keys":
      return { fr: `les clés du Secret ${shown}`, en: `the keys of the Secret ${shown}` };
    case "file":
      return { fr: `le fichier ${shown}`, en: `the file ${shown}` };
    case "mount":
      return { fr: `le montage ${shown}`, en: `the mount ${shown}` };
    case "size":
      return { fr: `la taille du volume ${shown}`, en: `the size of the volume ${shown}` };
    case "exec":
      return { fr: "la commande d'une sonde", en: "the command of a probe" };
    case "hooks":
      return { fr: "lifecycle (postStart, preStop)", en: "lifecycle (postStart, preStop)" };
    case "sysctls":
      return { fr: "sysctls", en: "sysctls" };
    case "token":
      return { fr: "automountServiceAccountToken", en: "automountServiceAccountToken" };
    case "probes":
      return { fr: "les sondes", en: "the probes" };
    case "message":
      return { fr: "terminationMessagePath", en: "terminationMessagePath" };
    case "terminal":
      return { fr: "stdin et tty", en: "stdin and tty" };
    case "pod":
      return {
        fr: "les réglages du pod (hostname, hostAliases, dnsConfig, shareProcessNamespace…)",
        en: "the settings of the pod (hostname, hostAliases, dnsConfig, shareProcessNamespace…)",
      };
    case "role":
      return {
        fr: "la place du conteneur dans le pod (initContainers)",
        en: "the place of the container in the pod (initContainers)",
      };
    case "container":
      return { fr: `le conteneur ${shown} du même pod`, en: `the container ${shown} of the same pod` };
    case "service":
      return { fr: `le Service ${shown}`, en: `the Service ${shown}` };
    case "hosts":
      return { fr: "l'hôte d'un Ingress ou d'une route", en: "the host of an Ingress or a route" };
    case "ports":
      return { fr: "les ports déclarés", en: "the ports declared" };
    default:
      return { fr: excerpt(place), en: excerpt(place) };
  }
}

export function differenceText(place: string): Text {
  const { fr, en } = placeName(place);
  return {
    fr: `ce que l'essai a reçu n'est pas ce que le manifeste donne : ${fr}`,
    en: `the trial lacked an input that the manifest gives: ${en}`,
  };
}

/** Setting that provided the input at a place: `trial.env HOST`. */
function settingName(place: string): string {
  const [kind, name] = placeParts(place);
  const settings: Readonly<Record<string, string>> = {
    env: "env",
    file: "files",
    mount: "mounts",
    exec: "probes",
  };
  return excerpt(`trial.${settings[kind] ?? kind}${name === "" ? "" : ` ${name}`}`);
}

/** Text for a Service whose variables the trial's container lacked. */
export function lackText(place: string): Text {
  const { fr, en } = placeName(place);
  return {
    fr: `l'essai de l'image seule n'a connu ni les variables ni les ports que donne ${fr}`,
    en: `the trial of the image alone knew neither the variables nor the ports that ${en} gives`,
  };
}

/** Text for a trial of the image alone, whose requests named no host of an Ingress. */
export const OTHER_HOST: Text = {
  fr: "l'essai de l'image seule a appelé l'application par son adresse, et un Ingress ou une route l'appelle par un nom d'hôte",
  en: "the trial of the image alone called the application by its address, and an Ingress or a route calls it by a host name",
};

export function additionText(place: string): Text {
  if (place === "cpu") {
    return {
      fr: "l'essai disposait de plus de processeur que le manifeste n'en donne",
      en: "the trial had more CPU than the manifest gives",
    };
  }
  if (place === "memory") {
    return {
      fr: "l'essai disposait de plus de mémoire que le manifeste n'en donne",
      en: "the trial had more memory than the manifest gives",
    };
  }
  const [setting, { fr, en }] = [settingName(place), placeName(place)];
  return {
    fr: `${setting} a donné ce que le manifeste ne donne pas (${fr})`,
    en: `${setting} gave what the manifest does not (${en})`,
  };
}

export function optionalText(place: string, object: string): Text {
  const [setting, shown] = [settingName(place), excerpt(object)];
  return {
    fr: `${setting} a donné ce que ${shown}, facultatif, ne donnera peut-être pas`,
    en: `${setting} gave what ${shown}, which is optional, may not give`,
  };
}
