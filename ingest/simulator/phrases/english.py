"""Trades whose ads are in English: one ad in nine of those seen in France."""

from ingest.simulator.phrases.sectors import ABROAD
from ingest.simulator.phrases.trade import FREELANCE, Trade, listed

SOFTWARE = Trade(
    category="it-jobs",
    sector=ABROAD,
    monthly_pay=(3300, 6500),
    pay_periods=FREELANCE,
    is_english=True,
    titles=listed(
        "Software Engineer, Backend Engineer, Frontend Engineer, Full Stack Developer, Site "
        "Reliability Engineer, Mobile Engineer, Platform Engineer, Staff Engineer"
    ),
    specialties=listed("Go, Rust, payments, search team, senior, remote, Java"),
    settings=(
        "to join a squad of six in our Paris office",
        "to help us rebuild our booking engine",
        "who enjoys shipping small changes often",
    ),
    tasks=(
        "write clear, tested code and review that of others",
        "design services that survive a bad day",
        "own features from the first sketch to the dashboard",
        "cut page load times in half",
        "pair with designers on the component library",
        "share the on-call rota with seven colleagues",
        "retire old modules one at a time",
        "write short design notes before big changes",
        "mentor two junior developers",
        "keep our continuous delivery pipeline green",
    ),
    requirements=(
        "You have shipped software that people rely on.",
        "Four or more years with a modern backend language.",
        "You prefer boring technology and short meetings.",
        "French is welcome but not required.",
        "You explain trade-offs in plain words.",
    ),
    skills=listed(
        "Python, Go, Rust, Java, TypeScript, React, PostgreSQL, Kubernetes, Docker, AWS, "
        "Terraform, GraphQL, Redis, Kafka, Git"
    ),
)
DATA = Trade(
    category="it-jobs",
    sector=ABROAD,
    monthly_pay=(3300, 6300),
    pay_periods=FREELANCE,
    is_english=True,
    titles=listed(
        "Data Engineer, Data Scientist, Analytics Engineer, Machine Learning Engineer, Senior "
        "Data Analyst, Head of Data, BI Developer"
    ),
    specialties=listed("growth, pricing, senior, NLP, fraud, supply chain, contract"),
    settings=(
        "to shape the first version of our data platform",
        "to work closely with pricing and finance",
        "for a growing team of analysts",
    ),
    tasks=(
        "build pipelines that load on time and fail loudly",
        "model events into tables that analysts trust",
        "train and monitor forecasting models",
        "turn vague questions into measurable ones",
        "run experiments and explain what they did not show",
        "write tests for every metric on the weekly dashboard",
        "document sources, owners and known gaps",
        "bring warehouse costs under control",
        "present findings to people who dislike charts",
        "move notebooks into production services",
    ),
    requirements=(
        "You write SQL that a stranger can read.",
        "Solid grounding in statistics, whatever your degree.",
        "Experience with a cloud warehouse in production.",
        "You know when a simple average is enough.",
        "Comfortable working in English with colleagues abroad.",
    ),
    skills=listed(
        "SQL, Python, dbt, Airflow, Snowflake, BigQuery, Spark, Looker, Tableau, Power BI, "
        "PyTorch, scikit-learn, Pandas, Kafka, A/B testing"
    ),
)
PRODUCT = Trade(
    category="it-jobs",
    sector=ABROAD,
    monthly_pay=(3500, 6200),
    pay_periods=FREELANCE,
    is_english=True,
    titles=listed(
        "Product Manager, Senior Product Manager, Product Designer, UX Researcher, Program Manager"
    ),
    specialties=listed("platform, mobile, checkout, B2B, onboarding, senior"),
    settings=(
        "to lead our onboarding squad",
        "to own the mobile experience end to end",
        "for a product used in eleven countries",
    ),
    tasks=(
        "talk to customers every single week",
        "keep a roadmap short enough to remember",
        "define what success looks like before building",
        "run discovery workshops with sales and support",
        "prototype ideas and test them on real users",
        "write release notes that people actually read",
        "say no kindly and explain why",
        "track adoption and retire what nobody uses",
        "prepare launches with marketing",
    ),
    requirements=(
        "You have taken at least one product from idea to adoption.",
        "Data informs you, people convince you.",
        "Fluent written English, conversational French.",
        "You like small teams with wide responsibilities.",
        "A portfolio or case study is welcome.",
    ),
    skills=listed(
        "Figma, Jira, roadmapping, user research, SQL, Amplitude, Scrum, prototyping, OKR, "
        "Notion, accessibility, Miro"
    ),
)
SALES = Trade(
    category="sales-jobs",
    sector=ABROAD,
    monthly_pay=(2800, 5500),
    is_english=True,
    titles=listed(
        "Account Executive, Sales Development Representative, Key Account Manager, Customer "
        "Success Manager, Business Development Manager, Sales Manager"
    ),
    specialties=listed("DACH, Benelux, mid-market, Nordics, French speaking, enterprise"),
    settings=(
        "to open the Benelux market from Lille",
        "to look after forty mid-sized customers",
        "for a patient, consultative sale",
    ),
    tasks=(
        "find and qualify new prospects",
        "run demos that start from the customer's problem",
        "negotiate renewals and multi-year deals",
        "keep the CRM honest",
        "forecast your quarter within ten percent",
        "bring customer feedback back to product",
        "represent us at trade fairs",
        "train new users during their first month",
        "build account plans with marketing",
    ),
    requirements=(
        "Two years of selling software or services to businesses.",
        "You listen more than you pitch.",
        "Native level English, any other language is a bonus.",
        "Happy to travel twice a month.",
        "You treat a lost deal as a lesson.",
    ),
    skills=listed(
        "Salesforce, HubSpot, negotiation, prospecting, LinkedIn Sales Navigator, "
        "forecasting, presentation, German, Dutch, Excel, customer success"
    ),
)
FINANCE = Trade(
    category="accounting-finance-jobs",
    sector=ABROAD,
    monthly_pay=(3000, 6000),
    is_english=True,
    titles=listed(
        "Financial Controller, Finance Manager, FP&A Analyst, Treasury Analyst, Internal "
        "Auditor, Senior Accountant"
    ),
    specialties=listed("EMEA, group, interim, maternity cover, IFRS, shared services"),
    settings=(
        "to strengthen a finance team of nine",
        "to prepare our first group audit",
        "reporting to the chief financial officer",
    ),
    tasks=(
        "close the books within five working days",
        "prepare consolidated statements for the board",
        "challenge budgets with department heads",
        "manage cash positions in four currencies",
        "improve purchase approvals and controls",
        "coordinate external auditors",
        "automate monthly reports",
        "review contracts for revenue recognition",
        "supervise two accountants",
    ),
    requirements=(
        "A degree in accounting or a recognised certificate.",
        "Five years in audit or industry.",
        "Spreadsheets hold no secrets for you.",
        "You care about deadlines and about people.",
        "Working knowledge of French tax rules is a plus.",
    ),
    skills=listed(
        "IFRS, Excel, SAP, NetSuite, Power BI, consolidation, budgeting, treasury, audit, US "
        "GAAP, VBA"
    ),
)
TALENT = Trade(
    category="hr-jobs",
    sector=ABROAD,
    monthly_pay=(2700, 4800),
    is_english=True,
    titles=listed(
        "Talent Acquisition Partner, HR Business Partner, People Operations Manager, "
        "Technical Recruiter"
    ),
    specialties=listed("EMEA, engineering, fixed term, part-time, early careers"),
    settings=(
        "to hire thirty engineers this year",
        "to support managers in three offices",
        "for a people team of four",
    ),
    tasks=(
        "source candidates beyond the usual channels",
        "coach managers before every interview",
        "give each applicant an honest answer",
        "run onboarding for newcomers",
        "keep personnel records accurate and private",
        "review salary bands twice a year",
        "organise training and feedback cycles",
        "advise on French employment law",
        "measure how long hiring really takes",
    ),
    requirements=(
        "Three years in recruitment, agency or in-house.",
        "You handle sensitive topics with tact.",
        "Clear writing in English and French.",
        "You enjoy improving a process nobody owns.",
        "Familiarity with an applicant tracking system.",
    ),
    skills=listed(
        "sourcing, LinkedIn Recruiter, Greenhouse, Workday, interviewing, onboarding, "
        "employment law, Excel, employer branding, coaching"
    ),
)
