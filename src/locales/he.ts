import type { Words } from "./words.js";

export const words: Words = {
  lang: "he",
  dir: "rtl",
  title: "הפרטיות שלך, הבחירה שלך",
  optIn:
    "אנחנו מבקשים להשתמש בנתונים שלך למטרות הבאות: {purposes}. שום דבר לא נשמר ולא נשלח לפני הבחירה שלך, ואפשר לשנות אותה בכל עת.",
  optOut:
    "אנחנו משתמשים בנתונים שלך למטרות הבאות: {purposes}. אפשר לסרב עכשיו או לשנות את הבחירה בכל עת.",
  policy: "מדיניות הפרטיות",
  accept: "אישור הכול",
  reject: "דחיית הכול",
  preferences: "העדפות",
  preferencesTitle: "העדפות פרטיות",
  preferencesText:
    "כאן בוחרים מה מותר לאתר הזה לעשות. הבחירה תקפה מרגע השמירה.",
  save: "שמירה",
  close: "סגירה",
  alwaysOn: "פועל תמיד",
  off: "כבוי",
  anonymous: "אנונימי",
  on: "פועל",
  offText: "שום דבר לא נמדד.",
  anonymousText: "המדידה נעשית בלי לזהות אותך: שום ביקור לא מקושר לביקור אחר.",
  onText: "המדידה נעשית באמצעות מזהה שנשמר במכשיר שלך.",
  services: "שירותים: {count}",
  findService: "חיפוש שירות",
  noService: "אין שירות בשם הזה.",
  provider: "ספק",
  stores: "שומר",
  sendsTo: "שולח נתונים אל",
  keptFor: "משך השמירה",
  saved: "הבחירה שלך נשמרה.",
  decided: "נשמר לאחרונה: {date}",
  signal: "האתר מכבד את אות הסירוב של הדפדפן שלך.",
  leftovers: "לא היה אפשר להסיר מכאן: {names}",
  trigger: "אפשרויות פרטיות",
  embedTitle: "תוכן חיצוני: {service}",
  embedText: "הצגת התוכן כרוכה בשליחת נתונים, כגון כתובת ה־IP שלך, לספק שלו.",
  embedLoad: "להציג פעם אחת",
  embedAlways: "להציג תמיד",
  purposes: {
    necessary: {
      label: "הכרחי",
      description: "מה שהאתר אינו יכול לפעול בלעדיו, למשל זכירת הבחירה הזאת.",
    },
    functional: {
      label: "פונקציונליות",
      description: "זכירת ההגדרות שלך, למשל שפה או אזור.",
    },
    analytics: {
      label: "ניתוח שימוש",
      description: "בדיקה באילו דפים משתמשים והיכן המבקרים נתקעים.",
    },
    marketing: {
      label: "שיווק",
      description: "הצגת פרסומות שמתאימות לך ומדידת התוצאות שלהן.",
    },
  },
};
