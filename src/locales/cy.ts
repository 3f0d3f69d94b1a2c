import type { Words } from "./words.js";

export const words: Words = {
  lang: "cy",
  dir: "ltr",
  title: "Eich preifatrwydd, eich dewis",
  optIn:
    "Hoffem ddefnyddio eich data at y dibenion hyn: {purposes}. Ni chaiff dim ei storio na’i anfon nes i chi ddewis, a gallwch newid eich dewis ar unrhyw adeg.",
  optOut:
    "Rydym yn defnyddio eich data at y dibenion hyn: {purposes}. Gallwch wrthod nawr neu newid eich dewis ar unrhyw adeg.",
  policy: "Polisi preifatrwydd",
  accept: "Derbyn y cyfan",
  reject: "Gwrthod y cyfan",
  preferences: "Dewisiadau",
  preferencesTitle: "Dewisiadau preifatrwydd",
  preferencesText:
    "Dewiswch beth y caiff y wefan hon ei wneud. Mae eich dewis yn ddilys o’r eiliad y byddwch yn ei gadw.",
  save: "Cadw",
  close: "Cau",
  alwaysOn: "Ymlaen bob amser",
  off: "I ffwrdd",
  anonymous: "Dienw",
  on: "Ymlaen",
  offText: "Nid oes dim yn cael ei fesur.",
  anonymousText:
    "Mesur heb eich adnabod: nid oes unrhyw ymweliad yn cael ei gysylltu ag un arall.",
  onText: "Mesur gyda dynodydd sy’n cael ei gadw ar eich dyfais.",
  services: "Gwasanaethau: {count}",
  findService: "Dod o hyd i wasanaeth",
  noService: "Dim gwasanaeth o’r enw hwn.",
  provider: "Darparwr",
  stores: "Yn storio",
  sendsTo: "Yn anfon data at",
  keptFor: "Cyfnod cadw",
  saved: "Mae eich dewis wedi’i gadw.",
  decided: "Cadwyd ddiwethaf: {date}",
  signal: "Mae signal optio allan eich porwr yn cael ei barchu.",
  leftovers: "Nid oedd modd dileu’r rhain o’r fan hon: {names}",
  trigger: "Dewisiadau preifatrwydd",
  embedTitle: "Cynnwys allanol: {service}",
  embedText:
    "Mae ei ddangos yn anfon data, megis eich cyfeiriad IP, at ei ddarparwr.",
  embedLoad: "Dangos unwaith",
  embedAlways: "Dangos bob amser",
  purposes: {
    necessary: {
      label: "Angenrheidiol",
      description:
        "Yr hyn na all y wefan weithio hebddo, megis cofio’r dewis hwn.",
    },
    functional: {
      label: "Swyddogaethau",
      description: "Yn cofio eich gosodiadau, megis iaith neu ranbarth.",
    },
    analytics: {
      label: "Dadansoddi",
      description:
        "Yn dangos pa dudalennau sy’n cael eu defnyddio a ble mae ymwelwyr yn cael anhawster.",
    },
    marketing: {
      label: "Marchnata",
      description:
        "Yn dangos hysbysebion ar sail eich diddordebau ac yn mesur eu canlyniadau.",
    },
  },
};
