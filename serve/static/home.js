// Shows what the API answers. Text from ads is only ever set as text, never as markup.
const told = document.getElementById("told");
const results = document.getElementById("results");
const narrowing = document.getElementById("narrowing");
const paging = document.getElementById("paging");

const FACETS = {
  contract: "Contract", remote: "Place of work", department: "Département", city: "Town", company: "Company", language: "Language",
};
const FACETS_SHOWN = 6;

const PAY = {
  fr: { hour: "par heure", day: "par jour", week: "par semaine", month: "par mois", year: "par an", predicted: "estimation" },
  en: { hour: "an hour", day: "a day", week: "a week", month: "a month", year: "a year", predicted: "estimated" },
};

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function link(url, parts) {
  const isWeb = /^https?:\/\//i.test(url) || url.startsWith("/");
  return isWeb ? element("a", { href: url }, ...parts) : element("span", {}, ...parts);
}

// "45 000 – 52 000 € par an" in a French ad, "€45,000 – €52,000 a year" in another
function pay(job) {
  const amounts = [job.salary_min, job.salary_max].filter((amount) => amount !== null);
  if (!amounts.length) return "";
  const words = PAY[job.language] || PAY.en;
  const money = new Intl.NumberFormat(job.language === "fr" ? "fr-FR" : "en", {
    ...(job.salary_currency && { style: "currency", currency: job.salary_currency }),
    minimumFractionDigits: amounts.every(Number.isInteger) ? 0 : 2,
    maximumFractionDigits: 2,
  });
  const [least, most] = [amounts[0], amounts.at(-1)];
  const range = least === most ? money.format(least) : money.formatRange(least, most);
  const guess = job.salary_source === "predicted" ? ` (${words.predicted})` : "";
  return `${range} ${words[job.salary_period] || ""}${guess}`;
}

function score(job) {
  const why = job.why.terms.map(({ term, part }) => `${term} ${part.toFixed(2)}`).join(", ");
  return element("span", { title: why }, `score ${job.score.toFixed(2)}: ${job.why.terms.slice(0, 3).map(({ term }) => term).join(", ")}`);
}

// Places are counted in Unicode characters, of which JavaScript's strings have two for some.
function marked(text, places) {
  const letters = Array.from(text || "");
  const parts = [];
  let at = 0;
  for (const [begin, end] of places) {
    parts.push(letters.slice(at, begin).join(""), element("mark", {}, letters.slice(begin, end).join("")));
    at = end;
  }
  return [...parts, letters.slice(at).join("")];
}

function card(job) {
  const lang = job.language || "";
  const place = [job.company_name, job.city || job.region, job.posted_date].filter(Boolean).join(" · ");
  const similar = link(`/?job_id=${job.job_id}`, ["Similar jobs"]);
  similar.setAttribute("aria-label", `Similar jobs to ${job.title}`);
  return element(
    "article", {},
    element("h2", { lang }, link(job.url || "", marked(job.title, job.highlights.title))),
    element("p", { className: "soft" }, place),
    element("p", { className: "pay", lang }, pay(job)),
    element("p", { lang }, ...marked(job.excerpt, job.highlights.excerpt)),
    element("p", { className: "soft foot" }, similar, score(job), link(job.attribution_url || "", [job.attribution])),
  );
}

// The address of this page with another value of one parameter; all of it from the first job on.
function elsewhere(name, value) {
  const asked = new URLSearchParams(location.search);
  asked.delete("offset");
  if (value === null) asked.delete(name);
  else asked.set(name, value);
  return `/?${asked}`;
}

function facet(name, counts) {
  const chosen = new URLSearchParams(location.search).get(name);
  const links = chosen
    ? [link(elsewhere(name, null), [`${chosen} ×`])]
    // in JavaScript keys such as "13" come in order of their number, and not as they were answered
    : Object.entries(counts).sort(([, one], [, other]) => other - one).slice(0, FACETS_SHOWN)
      .map(([value, count]) => link(elsewhere(name, value), [`${value} ${count.toLocaleString()}`]));
  return links.length ? [element("p", {}, element("span", {}, FACETS[name]), ...links)] : [];
}

function pages(answer) {
  const offset = answer.query.offset || 0;
  const next = offset + answer.query.top;
  const links = [];
  if (offset) links.push(link(elsewhere("offset", Math.max(0, offset - answer.query.top)), ["← before"]));
  if (next < answer.total && next <= 1000) links.push(link(elsewhere("offset", next), ["further →"]));
  return links;
}

function summary(answer) {
  const found = answer.total;
  const typed = answer.did_you_mean || answer.query.q;
  const what = typed ? `for “${typed}”` : "like this one";
  if (!found) return `No jobs found ${what}. Other or fewer words may find some.`;
  const collected = new Date(answer.data_as_of).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const instead = answer.did_you_mean ? `, which you may have meant by “${answer.query.q}”` : "";
  const partly = answer.degraded ? ". The database does not answer: texts and links are missing" : "";
  return `${found.toLocaleString()} ${found === 1 ? "job" : "jobs"} ${what}${instead}, as of ${collected}${partly}`;
}

async function show(source) {
  let answer;
  try {
    const response = await fetch(source);
    answer = await response.json();
    if (!response.ok) {
      told.textContent = answer.detail;
      return;
    }
  } catch {
    told.textContent = "The server does not answer. Try again soon.";
    return;
  }
  results.replaceChildren(...answer.results.map(card));
  told.textContent = summary(answer);
  narrowing.replaceChildren(...Object.keys(FACETS).flatMap((name) => facet(name, answer.facets[name] || {})));
  paging.replaceChildren(...pages(answer));
}

show(results.dataset.source);
