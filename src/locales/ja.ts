import type { Words } from "./words.js";

export const words: Words = {
  lang: "ja",
  dir: "ltr",
  title: "プライバシーに関する選択",
  optIn:
    "お客様のデータを次の目的で利用したいと考えています：{purposes}。お客様が選択するまで、データの保存や送信は一切行われません。選択はいつでも変更できます。",
  optOut:
    "お客様のデータを次の目的で利用しています：{purposes}。今すぐ拒否することも、いつでも選択を変更することもできます。",
  policy: "プライバシーポリシー",
  accept: "すべて許可",
  reject: "すべて拒否",
  preferences: "設定",
  preferencesTitle: "プライバシー設定",
  preferencesText:
    "このサイトに許可する内容を選択してください。選択は保存した時点から有効になります。",
  save: "保存",
  close: "閉じる",
  alwaysOn: "常にオン",
  off: "オフ",
  anonymous: "匿名",
  on: "オン",
  offText: "計測は行われません。",
  anonymousText:
    "お客様を識別せずに計測します。ある訪問が別の訪問と結び付けられることはありません。",
  onText: "お使いの端末に保存される識別子を使って計測します。",
  services: "サービス：{count}",
  findService: "サービスを検索",
  noService: "この名前のサービスはありません。",
  provider: "提供元",
  stores: "保存するデータ",
  sendsTo: "データの送信先",
  keptFor: "保存期間",
  saved: "選択を保存しました。",
  decided: "最終保存日：{date}",
  signal: "お使いのブラウザーのオプトアウト信号に従います。",
  leftovers: "ここからは削除できませんでした：{names}",
  trigger: "プライバシーの選択",
  embedTitle: "外部コンテンツ：{service}",
  embedText: "表示すると、IPアドレスなどのデータが提供元に送信されます。",
  embedLoad: "一度だけ表示",
  embedAlways: "常に表示",
  purposes: {
    necessary: {
      label: "必須",
      description: "この選択の記憶など、サイトの動作に欠かせないものです。",
    },
    functional: {
      label: "機能",
      description: "言語や地域などの設定を記憶します。",
    },
    analytics: {
      label: "分析",
      description:
        "どのページが利用され、訪問者がどこでつまずいているかを把握します。",
    },
    marketing: {
      label: "マーケティング",
      description: "お客様に合った広告を表示し、その効果を測定します。",
    },
  },
};
