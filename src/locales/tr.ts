import type { Words } from "./words.js";

export const words: Words = {
  lang: "tr",
  dir: "ltr",
  title: "Gizliliğiniz, sizin seçiminiz",
  optIn:
    "Verilerinizi şu amaçlarla kullanmak istiyoruz: {purposes}. Siz seçim yapana kadar hiçbir şey saklanmaz ve gönderilmez; seçiminizi istediğiniz zaman değiştirebilirsiniz.",
  optOut:
    "Verilerinizi şu amaçlarla kullanıyoruz: {purposes}. Şimdi reddedebilir veya seçiminizi istediğiniz zaman değiştirebilirsiniz.",
  policy: "Gizlilik politikası",
  accept: "Kabul et",
  reject: "Reddet",
  preferences: "Tercihler",
  preferencesTitle: "Gizlilik tercihleri",
  preferencesText:
    "Bu sitenin neler yapabileceğini seçin. Seçiminiz, kaydettiğiniz andan itibaren geçerlidir.",
  save: "Kaydet",
  close: "Kapat",
  alwaysOn: "Her zaman açık",
  off: "Kapalı",
  anonymous: "Anonim",
  on: "Açık",
  offText: "Hiçbir ölçüm yapılmaz.",
  anonymousText:
    "Ölçüm, siz tanınmadan yapılır: Hiçbir ziyaret bir başkasıyla ilişkilendirilmez.",
  onText: "Ölçüm, cihazınızda saklanan bir tanımlayıcıyla yapılır.",
  services: "Hizmetler: {count}",
  findService: "Hizmet ara",
  noService: "Bu adda bir hizmet yok.",
  provider: "Sağlayıcı",
  stores: "Sakladığı veriler",
  sendsTo: "Veri alıcıları",
  keptFor: "Saklama süresi",
  saved: "Seçiminiz kaydedildi.",
  decided: "Son kayıt: {date}",
  signal: "Tarayıcınızın gönderdiği ret sinyaline uyulur.",
  leftovers: "Buradan kaldırılamadı: {names}",
  trigger: "Gizlilik tercihleri",
  embedTitle: "Harici içerik: {service}",
  embedText:
    "İçerik gösterildiğinde IP adresiniz gibi veriler sağlayıcıya gönderilir.",
  embedLoad: "Bir kez göster",
  embedAlways: "Her zaman göster",
  purposes: {
    necessary: {
      label: "Zorunlu",
      description:
        "Sitenin çalışması için zorunlu olanlar, örneğin bu seçimin hatırlanması.",
    },
    functional: {
      label: "İşlevsellik",
      description: "Dil veya bölge gibi ayarlarınızı hatırlar.",
    },
    analytics: {
      label: "Analiz",
      description:
        "Hangi sayfaların kullanıldığını ve ziyaretçilerin nerede zorlandığını gösterir.",
    },
    marketing: {
      label: "Pazarlama",
      description:
        "İlgi alanlarınıza göre reklam gösterir ve sonuçlarını ölçer.",
    },
  },
};
