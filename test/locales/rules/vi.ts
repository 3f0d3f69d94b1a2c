import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /tốt hơn|tốt nhất|trải nghiệm|cải thiện|nâng cao|tối ưu|tận hưởng|thưởng thức|khuyên dùng|khuyến nghị|đề xuất|tiếp tục|đồng ý|(?<!\p{L})ok(?!\p{L})|tôi hiểu|đã hiểu|cá nhân h(óa|oá)|rất tiếc|đáng tiếc|xin lỗi|hạn chế|giới hạn|để sau|lần sau|không phải (bây giờ|lúc này)|có lẽ|cảm ơn|cám ơn|coi trọng|trân trọng|quan tâm|giúp chúng tôi|cho phép chúng tôi/iu,
  labels: [
    /^chấp nhận tất cả$/iu,
    /^từ chối tất cả$/iu,
    /^((tùy|tuỳ) chọn|cài đặt)$/iu,
    /^lưu$/iu,
  ],
};
