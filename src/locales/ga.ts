import type { Words } from "./words.js";

export const words: Words = {
  lang: "ga",
  dir: "ltr",
  title: "Do phríobháideachas, do rogha",
  optIn:
    "Ba mhaith linn do chuid sonraí a úsáid chun na gcríoch seo a leanas: {purposes}. Ní stóráiltear agus ní sheoltar aon rud sula ndéanann tú rogha, agus is féidir leat do rogha a athrú am ar bith.",
  optOut:
    "Úsáidimid do chuid sonraí chun na gcríoch seo a leanas: {purposes}. Is féidir leat diúltú anois nó do rogha a athrú am ar bith.",
  policy: "Beartas príobháideachais",
  accept: "Glac le gach rud",
  reject: "Diúltaigh do gach rud",
  preferences: "Socruithe",
  preferencesTitle: "Socruithe príobháideachais",
  preferencesText:
    "Roghnaigh cad atá ceadaithe don suíomh seo a dhéanamh. Tá feidhm le do rogha ón uair a shábhálann tú í.",
  save: "Sábháil",
  close: "Dún",
  alwaysOn: "Ar siúl i gcónaí",
  off: "As",
  anonymous: "Anaithnid",
  on: "Ar siúl",
  offText: "Ní thomhaistear aon rud.",
  anonymousText:
    "Déantar tomhas gan tú a aithint: ní cheanglaítear aon chuairt le cuairt eile.",
  onText: "Déantar tomhas le haitheantóir a choinnítear ar do ghléas.",
  services: "Seirbhísí: {count}",
  findService: "Aimsigh seirbhís",
  noService: "Níl aon seirbhís ann leis an ainm seo.",
  provider: "Soláthraí",
  stores: "Stórálann",
  sendsTo: "Seolann sonraí chuig",
  keptFor: "Tréimhse choinneála",
  saved: "Tá do rogha sábháilte.",
  decided: "Sábháladh an uair dheireanach: {date}",
  signal: "Urramaítear an comhartha diúltaithe ó do bhrabhsálaí.",
  leftovers: "Níorbh fhéidir iad seo a scriosadh anseo: {names}",
  trigger: "Roghanna príobháideachais",
  embedTitle: "Ábhar seachtrach: {service}",
  embedText:
    "Nuair a thaispeántar é, seoltar sonraí, amhail do sheoladh IP, chuig a sholáthraí.",
  embedLoad: "Taispeáin uair amháin",
  embedAlways: "Taispeáin i gcónaí",
  purposes: {
    necessary: {
      label: "Riachtanach",
      description:
        "An méid nach féidir leis an suíomh oibriú gan é, amhail cuimhneamh ar an rogha seo.",
    },
    functional: {
      label: "Feidhmiúlacht",
      description: "Cuimhníonn sé ar do shocruithe, amhail teanga nó réigiún.",
    },
    analytics: {
      label: "Anailísíocht",
      description:
        "Léiríonn sé na leathanaigh a úsáidtear agus cá háit a dtéann cuairteoirí i bhfostú.",
    },
    marketing: {
      label: "Margaíocht",
      description:
        "Taispeánann sé fógraí a oireann duit agus tomhaiseann sé iad.",
    },
  },
};
