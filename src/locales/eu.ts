import type { Words } from "./words.js";

export const words: Words = {
  lang: "eu",
  dir: "ltr",
  title: "Zure pribatutasuna, zure aukera",
  optIn:
    "Zure datuak helburu hauetarako erabili nahi ditugu: {purposes}. Zuk aukeratu arte ez da ezer gordetzen, ezta bidaltzen ere, eta zure aukera edonoiz alda dezakezu.",
  optOut:
    "Zure datuak helburu hauetarako erabiltzen ditugu: {purposes}. Orain ezetz esan dezakezu, edo zure aukera edonoiz alda dezakezu.",
  policy: "Pribatutasun-politika",
  accept: "Denak onartu",
  reject: "Denak baztertu",
  preferences: "Konfigurazioa",
  preferencesTitle: "Pribatutasunaren konfigurazioa",
  preferencesText:
    "Aukeratu zer egin dezakeen webgune honek. Zure aukerak gordetzen duzun unetik aurrera balio du.",
  save: "Gorde",
  close: "Itxi",
  alwaysOn: "Beti piztuta",
  off: "Itzalita",
  anonymous: "Anonimo",
  on: "Piztuta",
  offText: "Ez da ezer neurtzen.",
  anonymousText:
    "Zu identifikatu gabe neurtzen da: bisitak ez dira elkarrekin lotzen.",
  onText: "Zure gailuan gordetzen den identifikatzaile batekin neurtzen da.",
  services: "Zerbitzuak: {count}",
  findService: "Bilatu zerbitzu bat",
  noService: "Ez dago izen horretako zerbitzurik.",
  provider: "Hornitzailea",
  stores: "Gordetzen duena",
  sendsTo: "Datuen hartzaileak",
  keptFor: "Gordetzeko epea",
  saved: "Zure aukera gorde da.",
  decided: "Azken aldiz gordeta: {date}",
  signal: "Zure nabigatzaileak bidalitako uko-seinalea errespetatzen da.",
  leftovers: "Hemendik kendu ezin izan dena: {names}",
  trigger: "Pribatutasun-aukerak",
  embedTitle: "Kanpoko edukia: {service}",
  embedText:
    "Edukia erakustean, datuak bidaltzen zaizkio hornitzaileari; adibidez, zure IP helbidea.",
  embedLoad: "Erakutsi behin",
  embedAlways: "Erakutsi beti",
  purposes: {
    necessary: {
      label: "Beharrezkoa",
      description:
        "Webguneak funtzionatzeko ezinbestekoa duena; adibidez, aukera hau gogoratzea.",
    },
    functional: {
      label: "Funtzionaltasuna",
      description:
        "Zure ezarpenak gogoratzen ditu; adibidez, hizkuntza edo eskualdea.",
    },
    analytics: {
      label: "Analitika",
      description:
        "Zer orri erabiltzen diren eta bisitariek non dituzten zailtasunak erakusten du.",
    },
    marketing: {
      label: "Marketina",
      description:
        "Zure interesen araberako publizitatea erakusten du, eta haren emaitzak neurtzen ditu.",
    },
  },
};
