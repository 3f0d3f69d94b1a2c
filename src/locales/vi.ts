import type { Words } from "./words.js";

export const words: Words = {
  lang: "vi",
  dir: "ltr",
  title: "Quyền riêng tư của bạn, lựa chọn của bạn",
  optIn:
    "Chúng tôi muốn sử dụng dữ liệu của bạn cho các mục đích sau: {purposes}. Trước khi bạn lựa chọn, không có gì được lưu hoặc gửi đi, và bạn có thể thay đổi lựa chọn bất cứ lúc nào.",
  optOut:
    "Chúng tôi sử dụng dữ liệu của bạn cho các mục đích sau: {purposes}. Bạn có thể từ chối ngay bây giờ hoặc thay đổi lựa chọn bất cứ lúc nào.",
  policy: "Chính sách quyền riêng tư",
  accept: "Chấp nhận tất cả",
  reject: "Từ chối tất cả",
  preferences: "Tùy chọn",
  preferencesTitle: "Tùy chọn quyền riêng tư",
  preferencesText:
    "Hãy chọn những việc trang web này được phép làm. Lựa chọn của bạn có hiệu lực kể từ khi bạn lưu.",
  save: "Lưu",
  close: "Đóng",
  alwaysOn: "Luôn bật",
  off: "Tắt",
  anonymous: "Ẩn danh",
  on: "Bật",
  offText: "Không có gì được đo lường.",
  anonymousText:
    "Đo lường mà không nhận ra bạn: không lượt truy cập nào được liên kết với lượt truy cập khác.",
  onText: "Đo lường bằng một mã định danh được lưu trên thiết bị của bạn.",
  services: "Dịch vụ: {count}",
  findService: "Tìm dịch vụ",
  noService: "Không có dịch vụ nào mang tên này.",
  provider: "Nhà cung cấp",
  stores: "Lưu trữ",
  sendsTo: "Gửi dữ liệu đến",
  keptFor: "Thời gian lưu giữ",
  saved: "Đã lưu lựa chọn của bạn.",
  decided: "Lần lưu gần nhất: {date}",
  signal: "Trang web tuân theo tín hiệu từ chối do trình duyệt của bạn gửi.",
  leftovers: "Không thể xóa từ đây: {names}",
  trigger: "Lựa chọn về quyền riêng tư",
  embedTitle: "Nội dung bên ngoài: {service}",
  embedText:
    "Khi hiển thị nội dung này, dữ liệu như địa chỉ IP của bạn sẽ được gửi đến nhà cung cấp nội dung.",
  embedLoad: "Hiển thị một lần",
  embedAlways: "Luôn hiển thị",
  purposes: {
    necessary: {
      label: "Cần thiết",
      description:
        "Những gì trang web không thể thiếu để hoạt động, chẳng hạn như ghi nhớ lựa chọn này.",
    },
    functional: {
      label: "Chức năng",
      description:
        "Ghi nhớ các cài đặt của bạn, chẳng hạn như ngôn ngữ hoặc khu vực.",
    },
    analytics: {
      label: "Phân tích",
      description:
        "Cho biết trang nào được sử dụng và khách truy cập gặp khó khăn ở đâu.",
    },
    marketing: {
      label: "Tiếp thị",
      description:
        "Hiển thị quảng cáo phù hợp với bạn và đo lường hiệu quả quảng cáo.",
    },
  },
};
