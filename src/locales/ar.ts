import type { Words } from "./words.js";

export const words: Words = {
  lang: "ar",
  dir: "rtl",
  title: "خصوصيتك، اختيارك",
  optIn:
    "نودّ استخدام بياناتك للأغراض التالية: {purposes}. لا يُخزَّن أي شيء ولا يُرسَل قبل اختيارك، ويمكنك تغيير اختيارك في أي وقت.",
  optOut:
    "نستخدم بياناتك للأغراض التالية: {purposes}. يمكنك الرفض الآن أو تغيير اختيارك في أي وقت.",
  policy: "سياسة الخصوصية",
  accept: "قبول الكل",
  reject: "رفض الكل",
  preferences: "التفضيلات",
  preferencesTitle: "تفضيلات الخصوصية",
  preferencesText:
    "يمكنك تحديد ما يُسمح لهذا الموقع بفعله. يسري اختيارك من لحظة حفظه.",
  save: "حفظ",
  close: "إغلاق",
  alwaysOn: "مفعّل دائمًا",
  off: "معطّل",
  anonymous: "مجهول الهوية",
  on: "مفعّل",
  offText: "لا يُقاس أي شيء.",
  anonymousText:
    "يُقاس الاستخدام دون التعرّف عليك: لا تُربط أي زيارة بزيارة أخرى.",
  onText: "يُقاس الاستخدام بمعرّف يُحفظ على جهازك.",
  services: "الخدمات: {count}",
  findService: "البحث عن خدمة",
  noService: "لا توجد خدمة بهذا الاسم.",
  provider: "مقدّم الخدمة",
  stores: "تخزّن",
  sendsTo: "ترسل البيانات إلى",
  keptFor: "مدة الاحتفاظ",
  saved: "تم حفظ اختيارك.",
  decided: "آخر حفظ: {date}",
  signal: "نلتزم بإشارة الرفض التي يرسلها متصفّحك.",
  leftovers: "تعذّر حذف ما يلي من هنا: {names}",
  trigger: "خيارات الخصوصية",
  embedTitle: "محتوى خارجي: {service}",
  embedText: "يؤدي عرضه إلى إرسال بيانات، مثل عنوان IP الخاص بك، إلى مقدّمه.",
  embedLoad: "عرض مرة واحدة",
  embedAlways: "عرض دائمًا",
  purposes: {
    necessary: {
      label: "الوظائف الضرورية",
      description: "ما لا يعمل الموقع من دونه، مثل تذكّر هذا الاختيار.",
    },
    functional: {
      label: "الوظائف الإضافية",
      description: "لتذكّر إعداداتك، مثل اللغة أو المنطقة.",
    },
    analytics: {
      label: "التحليلات",
      description: "لمعرفة الصفحات المستخدَمة والمواضع التي يتعثّر فيها الزوار.",
    },
    marketing: {
      label: "التسويق",
      description: "لعرض إعلانات تناسبك وقياس أثرها.",
    },
  },
};
