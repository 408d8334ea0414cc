// Draws what /api/market answers: plain SVG, of which every number can be read off.
const part = document.getElementById("part");
const told = document.getElementById("told");
const charts = document.getElementById("charts");

const WIDE = 640, HIGH = 190, OVER = 24, LEFT = 64, UNDER = 22, ROW = 22, NAMES = 190;
const MONTHS = 24; // shown, the last ones: single old ads would press all others together

function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function figure(title, note, drawing) {
  const made = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const soft = Object.assign(document.createElement("span"), { className: "soft", textContent: ` ${note}` });
  caption.append(Object.assign(document.createElement("strong"), { textContent: title }), soft);
  made.append(caption, drawing);
  return made;
}

function hint(text) {
  return svg("title", {}, text);
}

// Three lines of a grid with their values, from 0 to the largest number.
function grid(most, written) {
  return [0, most / 2, most].flatMap((value) => {
    const y = HIGH - (HIGH - OVER) * (value / most || 0);
    return [
      svg("line", { class: "grid", x1: LEFT, x2: WIDE, y1: y, y2: y }),
      svg("text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, written(value)),
    ];
  });
}

function byMonth(months, most, written, draw) {
  const step = (WIDE - LEFT) / Math.max(months.length, 1);
  const every = Math.ceil(months.length / 12);
  const height = (value) => (HIGH - OVER) * (value / most || 0);
  const drawn = months.flatMap((month, number) => {
    const x = LEFT + number * step;
    const name = svg("text", { x: x + step / 2, y: HIGH + 16, "text-anchor": "middle" }, month.month);
    return [...draw(month, x, step, height), ...(number % every ? [] : [name])];
  });
  return svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH + UNDER}`, role: "img" }, ...grid(most, written), ...drawn);
}

function openings(months) {
  const most = Math.max(1, ...months.map(({ postings }) => postings));
  return byMonth(months, most, (value) => Math.round(value).toLocaleString(), (month, x, step, height) => [
    svg("rect", { class: "faint", x: x + step * 0.15, width: step * 0.7, y: HIGH - height(month.postings), height: height(month.postings) },
      hint(`${month.month}: ${month.postings.toLocaleString()} posted`)),
    svg("rect", { class: "bar", x: x + step * 0.15, width: step * 0.7, y: HIGH - height(month.still_open), height: height(month.still_open) },
      hint(`${month.month}: ${month.still_open.toLocaleString()} still open`)),
  ]);
}

function pay(months) {
  const most = Math.max(1, ...months.map((month) => month.upper_quartile || 0));
  const money = (value) => `${Math.round(value / 1000)} k`;
  return byMonth(months, most, money, (month, x, step, height) => {
    if (month.median === null) return [];
    const text = `${month.month}: half of ${month.n.toLocaleString()} postings from ${money(month.lower_quartile)} to ${money(month.upper_quartile)}, median ${money(month.median)} ${month.currency}`;
    return [
      svg("rect", { class: "faint", x: x + step * 0.2, width: step * 0.6, y: HIGH - height(month.upper_quartile), height: Math.max(2, height(month.upper_quartile) - height(month.lower_quartile)) }, hint(text)),
      svg("line", { class: "line", x1: x + step * 0.2, x2: x + step * 0.8, y1: HIGH - height(month.median), y2: HIGH - height(month.median) }, hint(text)),
      svg("text", { x: x + step / 2, y: HIGH - height(month.upper_quartile) - 4, "text-anchor": "middle" }, `n ${month.n}`),
    ];
  });
}

function skills(named) {
  const most = Math.max(1, ...named.map(({ postings }) => postings));
  const drawn = named.flatMap((skill, number) => {
    const y = number * ROW;
    const width = (WIDE - NAMES - 60) * (skill.postings / most);
    return [
      svg("text", { class: "name", x: NAMES - 8, y: y + 15, "text-anchor": "end" }, skill.skill),
      svg("rect", { class: "bar", x: NAMES, y: y + 3, width, height: ROW - 7 }),
      svg("text", { x: NAMES + width + 6, y: y + 15 }, skill.postings.toLocaleString()),
    ];
  });
  return svg("svg", { viewBox: `0 0 ${WIDE} ${Math.max(named.length, 1) * ROW}`, role: "img" }, ...drawn);
}

// Months of the currency that most postings are paid in.
function inOneCurrency(months) {
  const counts = {};
  for (const { currency, n } of months) counts[currency] = (counts[currency] || 0) + n;
  const [currency] = Object.keys(counts).sort((one, other) => counts[other] - counts[one]);
  return [currency || "", months.filter((month) => month.currency === currency)];
}

function choices(name, values) {
  const select = part.elements[name];
  const chosen = new URLSearchParams(location.search).get(name) || "";
  select.append(...values.map((value) => new Option(value, value)));
  select.value = chosen;
}

async function read(what, asked) {
  const response = await fetch(`${charts.dataset[what]}?${new URLSearchParams(asked)}`);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}

async function show() {
  const chosen = new URLSearchParams(location.search);
  const trade = chosen.get("trade") ? { trade: chosen.get("trade") } : {};
  const region = chosen.get("region") ? { region: chosen.get("region") } : {};
  try {
    const [opened, paid, named] = await Promise.all([
      read("openings", { ...trade, ...region }), read("pay", { ...trade, ...region }), read("skills", trade),
    ]);
    choices("trade", opened.trades);
    choices("region", opened.regions);
    const [currency, months] = inOneCurrency(paid.months);
    charts.replaceChildren(
      figure("Jobs posted in each month", "dark: still open", openings(opened.months.slice(-MONTHS))),
      figure("Pay a year", `median and middle half, ${currency}; n: postings that tell it, predictions left out`, pay(months.slice(-MONTHS))),
      figure("Skills named most", region.region ? "by postings, in all regions" : "by postings", skills(named.skills)),
    );
    told.textContent = `As of ${new Date(opened.data_as_of).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}`;
  } catch (error) {
    told.textContent = error instanceof TypeError ? "The server does not answer. Try again soon." : error.message;
  }
}

part.addEventListener("change", () => {
  const asked = new URLSearchParams([...new FormData(part)].filter(([, value]) => value));
  location.search = asked.toString();
});

show();
