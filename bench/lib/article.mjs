// The host page: a plain article with a hero picture, identical for all peers. A peer only adds what it needs to the
// head and to the end of the body.

const WORDS =
  "the a river market library morning people report early quiet public train coast letter city question winter garden window science number answer paper street school music history local council".split(
    " ",
  );

function paragraph(seed) {
  let state = (seed * 2654435761) >>> 0;
  const words = Array.from({ length: 32 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return WORDS[(state >>> 16) % WORDS.length];
  });
  const text = words.join(" ");
  return `<p>${text[0].toUpperCase()}${text.slice(1)}.</p>`;
}

const heading = (i) => (i % 8 ? "" : `<h2>Section ${i / 8 + 1}</h2>`);

const TEXT = Array.from(
  { length: 40 },
  (_, i) => heading(i) + paragraph(i + 1),
).join("\n");

export const article = ({ head = "", body = "" } = {}) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sample article</title>
<link rel="icon" href="data:,">
<style>
body{margin:0;font:17px/1.6 Georgia,serif;color:#222;background:#fff}
header,main,footer{max-width:760px;margin:0 auto;padding:0 16px}
header nav a{margin-right:16px;color:#345}
h1{font-size:34px;line-height:1.2}
img{display:block;width:100%;height:auto;background:#ddd}
</style>
${head}
</head>
<body>
<header><nav><a href="#a">Home</a><a href="#b">News</a><a href="#c">Culture</a></nav><h1>A sample article with a hero picture</h1></header>
<main>
<img src="/hero.png" width="640" height="480" alt="" fetchpriority="high">
${TEXT}
</main>
<footer><p>Footer</p></footer>
${body}
</body>
</html>
`;
