// Asks the API and shows its answers. Text from ads is only ever set as text, never as markup.
const told = document.getElementById("told");
const results = document.getElementById("results");
const words = document.getElementById("words");

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function link(url, text) {
  const made = element("a", text);
  made.href = url;
  made.rel = "noopener";
  return made;
}

function pay(job) {
  const amounts = [...new Set([job.salary_min, job.salary_max].filter((amount) => amount !== null))];
  if (!amounts.length) return "";
  const money = new Intl.NumberFormat(undefined, { style: "currency", currency: job.salary_currency || "EUR", maximumFractionDigits: 2, minimumFractionDigits: 0 });
  return `${amounts.map((amount) => money.format(amount)).join(" – ")} a ${job.salary_period}`;
}

function card(job) {
  const article = element("article");
  const title = element("h2");
  title.append(link(job.url, job.title));
  article.append(title);
  const place = [job.company_name, job.city || job.region, job.posted_date].filter(Boolean).join(" · ");
  article.append(element("p", place, "where"));
  if (pay(job)) article.append(element("p", pay(job), "pay"));
  article.append(element("p", job.excerpt));
  const foot = element("p", "", "foot");
  const similar = element("button", "Similar jobs");
  similar.type = "button";
  similar.addEventListener("click", () => ask(`/api/recommend?job_id=${job.job_id}`, `Similar to “${job.title}”`));
  foot.append(similar, element("span", `score ${job.score.toFixed(2)}`), link("https://www.adzuna.fr", job.attribution));
  article.append(foot);
  return article;
}

async function ask(address, title) {
  told.textContent = "Searching …";
  const started = performance.now();
  try {
    const response = await fetch(address);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail);
    const took = Math.round(performance.now() - started);
    told.textContent = `${title}: ${answer.results.length || "no"} jobs in ${took} ms, as of ${new Date(answer.data_as_of).toLocaleString()}`;
    results.replaceChildren(...answer.results.map(card));
    window.scrollTo(0, 0);
  } catch (error) {
    told.textContent = error.message || "The server does not answer.";
    results.replaceChildren();
  }
}

document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const query = words.value.trim();
  if (query) ask(`/api/jobs/search?q=${encodeURIComponent(query)}&top=10`, `“${query}”`);
});
