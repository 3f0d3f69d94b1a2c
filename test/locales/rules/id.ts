import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /\b(lebih baik|terbaik|pengalaman|meningkatkan|tingkatkan|optimal\w*|menikmati|nikmati|rekomendasi\w*|direkomendasikan|disarankan|lanjut\w*|melanjutkan|oke?|setuju|mengerti|paham|personalisasi|dipersonalisasi|maaf|sayangnya|terbatas|nanti|tidak sekarang|jangan sekarang|mungkin|terima kasih|menghargai|peduli|bantu kami|izinkan kami)\b/i,
  labels: [
    /^terima (cookie|semua)$/i,
    /^tolak (cookie|semua)$/i,
    /^(preferensi|setelan|pengaturan)$/i,
    /^simpan$/i,
  ],
};
