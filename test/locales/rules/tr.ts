import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /(?<!\p{L})(daha iyi|en iyi|[iİ]yileştir\p{L}*|geliştir\p{L}*|deneyim\p{L}*|kişisel\p{L}*|size özel|keyfini|keyif|tadını|öner\p{L}*|tavsiye\p{L}*|devam\p{L}*|tamam|ok|okey|katılıyorum|onaylıyorum|kabul ediyorum|anladım|anlıyorum|elbette|tabii|ne yazık ki|maalesef|üzgünüz|sınırlı|kısıtlı|sınırla\p{L}*|kısıtla\p{L}*|sonra|daha sonra|şimdi değil|belki|hayır,? teşekkür\p{L}*|değer ver\p{L}*|önem(siyor|li|si)\p{L}*|yardım\p{L}*)(?!\p{L})/iu,
  labels: [
    /^((tümünü|hepsini) )?kabul et$/iu,
    /^((tümünü|hepsini) )?reddet$/iu,
    /^(tercihler|ayarlar|seçenekler)$/iu,
    /^kaydet$/iu,
  ],
};
