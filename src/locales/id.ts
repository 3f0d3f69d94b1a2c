import type { Words } from "./words.js";

export const words: Words = {
  lang: "id",
  dir: "ltr",
  title: "Privasi Anda, pilihan Anda",
  optIn:
    "Kami ingin menggunakan data Anda untuk tujuan berikut: {purposes}. Tidak ada yang disimpan atau dikirim sebelum Anda memilih, dan Anda dapat mengubah pilihan kapan saja.",
  optOut:
    "Kami menggunakan data Anda untuk tujuan berikut: {purposes}. Anda dapat menolaknya sekarang atau mengubah pilihan kapan saja.",
  policy: "Kebijakan privasi",
  accept: "Terima semua",
  reject: "Tolak semua",
  preferences: "Preferensi",
  preferencesTitle: "Preferensi privasi",
  preferencesText:
    "Pilih apa yang boleh dilakukan situs ini. Pilihan Anda berlaku sejak disimpan.",
  save: "Simpan",
  close: "Tutup",
  alwaysOn: "Selalu aktif",
  off: "Nonaktif",
  anonymous: "Anonim",
  on: "Aktif",
  offText: "Tidak ada yang diukur.",
  anonymousText:
    "Diukur tanpa mengenali Anda: tidak ada kunjungan yang dihubungkan dengan kunjungan lain.",
  onText: "Diukur dengan pengenal yang disimpan di perangkat Anda.",
  services: "Layanan: {count}",
  findService: "Cari layanan",
  noService: "Tidak ada layanan dengan nama ini.",
  provider: "Penyedia",
  stores: "Menyimpan",
  sendsTo: "Mengirim data ke",
  keptFor: "Masa penyimpanan",
  saved: "Pilihan Anda telah disimpan.",
  decided: "Terakhir disimpan: {date}",
  signal: "Sinyal penolakan dari peramban Anda dipatuhi.",
  leftovers: "Tidak dapat dihapus dari sini: {names}",
  trigger: "Pilihan privasi",
  embedTitle: "Konten eksternal: {service}",
  embedText:
    "Menampilkan konten ini akan mengirim data, seperti alamat IP Anda, ke penyedianya.",
  embedLoad: "Tampilkan sekali",
  embedAlways: "Selalu tampilkan",
  purposes: {
    necessary: {
      label: "Diperlukan",
      description:
        "Hal yang dibutuhkan situs agar dapat berfungsi, seperti mengingat pilihan ini.",
    },
    functional: {
      label: "Fungsional",
      description: "Mengingat setelan Anda, seperti bahasa atau wilayah.",
    },
    analytics: {
      label: "Analitik",
      description:
        "Menunjukkan halaman mana yang digunakan dan di mana pengunjung mengalami kesulitan.",
    },
    marketing: {
      label: "Pemasaran",
      description:
        "Menampilkan iklan yang sesuai dengan Anda dan mengukur hasilnya.",
    },
  },
};
