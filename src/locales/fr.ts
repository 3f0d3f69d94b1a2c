import type { Words } from "./words.js";

export const words: Words = {
  lang: "fr",
  dir: "ltr",
  title: "Votre vie privée, votre choix",
  optIn:
    "Nous souhaitons utiliser vos données aux fins suivantes\u202f: {purposes}. Rien n’est enregistré ni envoyé avant votre choix, que vous pouvez modifier à tout moment.",
  optOut:
    "Nous utilisons vos données aux fins suivantes\u202f: {purposes}. Vous pouvez refuser maintenant ou modifier votre choix à tout moment.",
  policy: "Politique de confidentialité",
  accept: "Tout accepter",
  reject: "Tout refuser",
  preferences: "Préférences",
  preferencesTitle: "Préférences de confidentialité",
  preferencesText:
    "Choisissez ce que ce site peut faire. Votre choix s’applique dès que vous l’enregistrez.",
  save: "Enregistrer",
  close: "Fermer",
  alwaysOn: "Toujours actif",
  off: "Désactivé",
  anonymous: "Anonyme",
  on: "Activé",
  offText: "Rien n’est mesuré.",
  anonymousText:
    "Mesure effectuée sans vous reconnaître\u202f: aucune visite n’est reliée à une autre.",
  onText: "Mesure effectuée avec un identifiant conservé sur votre appareil.",
  services: "Services\u202f: {count}",
  findService: "Rechercher un service",
  noService: "Aucun service de ce nom.",
  provider: "Fournisseur",
  stores: "Enregistre",
  sendsTo: "Envoie des données à",
  keptFor: "Durée de conservation",
  saved: "Votre choix est enregistré.",
  decided: "Dernier enregistrement\u202f: {date}",
  signal: "Le signal de refus de votre navigateur est respecté.",
  leftovers: "N’a pas pu être supprimé d’ici\u202f: {names}",
  trigger: "Choix de confidentialité",
  embedTitle: "Contenu externe\u202f: {service}",
  embedText:
    "L’affichage envoie des données, comme votre adresse IP, au fournisseur du contenu.",
  embedLoad: "Afficher une fois",
  embedAlways: "Toujours afficher",
  purposes: {
    necessary: {
      label: "Nécessaire",
      description:
        "Ce dont le site a besoin pour fonctionner, comme la mémorisation de ce choix.",
    },
    functional: {
      label: "Fonctionnalités",
      description:
        "Mémorise vos réglages, par exemple une langue ou une région.",
    },
    analytics: {
      label: "Mesure d’audience",
      description:
        "Montre quelles pages sont consultées et où la navigation pose des difficultés.",
    },
    marketing: {
      label: "Marketing",
      description:
        "Affiche des publicités qui vous correspondent et en mesure l’effet.",
    },
  },
};
