// The one question that every peer is set up with.

const CATEGORIES = [
  {
    id: "necessary",
    title: "Necessary",
    required: true,
    description:
      "Needed for the site to work: session, security and your privacy choices.",
  },
  {
    id: "analytics",
    title: "Analytics",
    required: false,
    description: "Helps us to understand how visitors use the site.",
  },
  {
    id: "marketing",
    title: "Marketing",
    required: false,
    description: "Lets us and partners show and measure relevant advertising.",
  },
];

const TEXT = {
  title: "We value your privacy",
  description:
    "We use cookies and similar technologies for analytics and marketing. You can accept all, reject all that are not necessary, or choose per purpose. You can change your choice at any time.",
  accept: "Accept all",
  reject: "Reject all",
  prefs: "Preferences",
  save: "Save choices",
  prefsTitle: "Privacy preferences",
};

const vendor = (i) => ({
  name: `Vendor ${i} Ltd`,
  category: i ? (i % 2 ? "analytics" : "marketing") : "necessary",
  required: !i,
  description: `Vendor ${i} stores and reads information on the device to measure content and ads.`,
});

const whole = ({ id, title, required, description }) => ({
  name: title,
  category: id,
  required,
  description,
});

/** `n` services that can be switched one by one. Three are the three categories; more imitate a list of vendors. */
export function makeModel(n) {
  const services = Array.from({ length: n }, (_, i) =>
    Object.assign(
      { id: `svc-${i}` },
      n === 3 ? whole(CATEGORIES[i]) : vendor(i),
    ),
  );
  return {
    n,
    services,
    categories: CATEGORIES,
    text: TEXT,
    of: (category) => services.filter((s) => s.category === category),
  };
}
