import type { Words } from "./words.js";

export const words: Words = {
  lang: "ko",
  dir: "ltr",
  title: "개인정보 이용에 대한 선택",
  optIn:
    "다음 목적으로 이용자의 데이터를 사용하고자 합니다: {purposes}. 선택하기 전에는 아무것도 저장되거나 전송되지 않으며, 선택은 언제든지 변경할 수 있습니다.",
  optOut:
    "다음 목적으로 이용자의 데이터를 사용합니다: {purposes}. 지금 거부할 수 있으며, 선택은 언제든지 변경할 수 있습니다.",
  policy: "개인정보 처리방침",
  accept: "모두 수락",
  reject: "모두 거부",
  preferences: "설정",
  preferencesTitle: "개인정보 설정",
  preferencesText:
    "이 사이트에 허용할 항목을 선택하세요. 선택은 저장한 시점부터 적용됩니다.",
  save: "저장",
  close: "닫기",
  alwaysOn: "항상 켜짐",
  off: "꺼짐",
  anonymous: "익명",
  on: "켜짐",
  offText: "아무것도 측정하지 않습니다.",
  anonymousText:
    "이용자를 식별하지 않고 측정합니다. 어떤 방문도 다른 방문과 연결되지 않습니다.",
  onText: "이용자의 기기에 저장되는 식별자로 측정합니다.",
  services: "서비스: {count}",
  findService: "서비스 찾기",
  noService: "이 이름의 서비스가 없습니다.",
  provider: "제공업체",
  stores: "저장 항목",
  sendsTo: "데이터 전송 대상",
  keptFor: "보관 기간",
  saved: "선택이 저장되었습니다.",
  decided: "마지막 저장: {date}",
  signal: "이용자의 브라우저가 보내는 거부 신호를 따릅니다.",
  leftovers: "여기에서 삭제할 수 없는 항목: {names}",
  trigger: "개인정보 선택 사항",
  embedTitle: "외부 콘텐츠: {service}",
  embedText:
    "이 콘텐츠를 표시하면 IP 주소 등의 데이터가 제공업체로 전송됩니다.",
  embedLoad: "한 번 표시",
  embedAlways: "항상 표시",
  purposes: {
    necessary: {
      label: "필수",
      description: "이 선택을 기억하는 등 사이트 작동에 꼭 필요한 항목입니다.",
    },
    functional: {
      label: "기능",
      description: "언어나 지역 등의 설정을 기억합니다.",
    },
    analytics: {
      label: "분석",
      description:
        "어떤 페이지가 이용되는지, 방문자가 어디에서 어려움을 겪는지 보여 줍니다.",
    },
    marketing: {
      label: "마케팅",
      description: "이용자에게 맞는 광고를 표시하고 그 효과를 측정합니다.",
    },
  },
};
