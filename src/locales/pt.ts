import type { Words } from "./words.js";

export const words: Words = {
  lang: "pt",
  dir: "ltr",
  title: "A sua privacidade, a sua escolha",
  optIn:
    "Gostaríamos de usar os seus dados para estas finalidades: {purposes}. Nada é guardado nem enviado antes da sua escolha, que pode alterar a qualquer momento.",
  optOut:
    "Usamos os seus dados para estas finalidades: {purposes}. Pode recusar agora ou alterar a sua escolha a qualquer momento.",
  policy: "Política de privacidade",
  accept: "Aceitar tudo",
  reject: "Rejeitar tudo",
  preferences: "Configurar",
  preferencesTitle: "Preferências de privacidade",
  preferencesText:
    "Escolha o que este site pode fazer. A sua escolha é válida a partir do momento em que a guarda.",
  save: "Guardar",
  close: "Fechar",
  alwaysOn: "Sempre ativo",
  off: "Desativado",
  anonymous: "Anónimo",
  on: "Ativado",
  offText: "Nada é medido.",
  anonymousText:
    "Medição sem reconhecer quem visita: nenhuma visita é ligada a outra.",
  onText: "Medição com um identificador guardado no seu dispositivo.",
  services: "Serviços: {count}",
  findService: "Procurar um serviço",
  noService: "Nenhum serviço com este nome.",
  provider: "Fornecedor",
  stores: "Guarda",
  sendsTo: "Envia dados para",
  keptFor: "Prazo de conservação",
  saved: "A sua escolha foi guardada.",
  decided: "Guardado pela última vez: {date}",
  signal: "O sinal de recusa do seu navegador é respeitado.",
  leftovers: "Não foi possível remover daqui: {names}",
  trigger: "Opções de privacidade",
  embedTitle: "Conteúdo externo: {service}",
  embedText:
    "Ao mostrá-lo, são enviados dados, como o seu endereço IP, ao fornecedor do conteúdo.",
  embedLoad: "Mostrar uma vez",
  embedAlways: "Mostrar sempre",
  purposes: {
    necessary: {
      label: "Necessário",
      description:
        "Aquilo de que o site precisa para funcionar, como memorizar esta escolha.",
    },
    functional: {
      label: "Funcionalidade",
      description: "Memoriza as suas definições, como um idioma ou uma região.",
    },
    analytics: {
      label: "Análise",
      description: "Mostra que páginas são usadas e onde surgem dificuldades.",
    },
    marketing: {
      label: "Marketing",
      description:
        "Mostra publicidade de acordo com os seus interesses e mede os resultados.",
    },
  },
};
