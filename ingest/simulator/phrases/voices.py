"""The sentences that ads of every trade share, in French and in English."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    """How an ad speaks, whatever its trade.

    `openings` take `{job}` and `{setting}`, some `{town}`; `lists` are a heading, a separator and
    an end for the tasks; `skill_leads` come before a comma-separated list; `traits`, `offers`
    and `closings` are whole sentences; `news` open an ad that was edited.
    """

    either_sex: tuple[str, ...]
    openings: tuple[str, ...]
    lists: tuple[tuple[str, str, str], ...]
    profile_heads: tuple[str, ...]
    skill_leads: tuple[str, ...]
    traits: tuple[str, ...]
    offers: tuple[str, ...]
    closings: tuple[str, ...]
    news: tuple[str, ...]
    conjunction: str


FRENCH = Voice(
    either_sex=(
        "un {m} ou une {f}",
        "un {m} (H/F)",
        "un(e) {m}",
        "un {m} / une {f}",
        "un·e {m}",
    ),
    openings=(
        "Nous recherchons {job} {setting}.",
        "Nous recrutons {job} {setting}.",
        "Création de poste : nous cherchons {job} {setting}.",
        "À la suite d'un départ en retraite, nous souhaitons accueillir {job} {setting}.",
        "Notre équipe de {town} s'agrandit et attend {job} {setting}.",
        "Envie de changement ? Devenez {job} {setting} !",
        "Poste à pourvoir à {town} : {job} {setting}.",
        "Pour accompagner notre développement, nous embauchons {job} {setting}.",
        "Description du poste : {job} {setting}.",
        "Un poste s'ouvre : {job} {setting}.",
    ),
    lists=(
        ("Vos missions :", " - ", "."),
        ("Vos principales missions sont les suivantes :", " ; ", "."),
        ("Au quotidien, vous aurez à", ", ", "."),
        ("Votre rôle :", " • ", ""),
        ("MISSIONS", " - ", ""),
        ("En lien direct avec votre responsable, vous devrez", ", ", "."),
        ("Vos responsabilités :", " ; ", "."),
        ("Vous serez chargé(e) des tâches suivantes :", ", ", "."),
    ),
    profile_heads=("Votre profil :", "Profil recherché :", "PROFIL", "Ce que nous attendons :", ""),
    skill_leads=(
        "Compétences attendues : {skills}.",
        "Vous maîtrisez {skills}.",
        "Mots-clés : {skills}.",
        "Environnement : {skills}.",
        "Des connaissances en {skills} sont demandées.",
        "Atouts pour le poste : {skills}.",
    ),
    traits=(
        "Votre rigueur est appréciée de vos collègues.",
        "Votre esprit d'équipe fera la différence.",
        "Autonome, vous savez aussi demander de l'aide.",
        "Vous avez le sens du service.",
        "Vous êtes à l'écoute et organisé(e).",
        "Motivation et savoir-être comptent plus que le diplôme.",
        "Vous aimez apprendre et partager.",
    ),
    offers=(
        "Nous proposons une mutuelle familiale et des tickets restaurant.",
        "Contrat de 35 heures, treizième mois et prime de vacances.",
        "Avantages : RTT, comité d'entreprise, remboursement des transports à 75 %.",
        "Deux jours de télétravail par semaine après la période d'intégration.",
        "Parking gratuit, salle de pause et petits-déjeuners d'équipe.",
        "Intéressement, participation et horaires souples.",
        "Formation interne dès votre arrivée et parrainage pendant trois mois.",
        "Temps plein ou partiel, à voir ensemble.",
    ),
    closings=(
        "Nos locaux sont accessibles et ce poste est ouvert à tous.",
        "Envoyez votre CV, nous répondons à toutes les candidatures.",
        "Un échange téléphonique, une rencontre, puis notre réponse sous huit jours.",
        "Prise de poste dès que possible.",
        "Vous vous reconnaissez ? Écrivez-nous quelques lignes.",
        "À compétences égales, toutes les candidatures sont étudiées.",
    ),
    news=(
        "Poste toujours à pourvoir.",
        "Annonce mise à jour.",
        "Démarrage avancé d'un mois.",
        "Recrutement urgent.",
        "Entretiens possibles en visioconférence.",
    ),
    conjunction=" et ",
)
ENGLISH = Voice(
    either_sex=("{m}", "{m} (all genders)"),
    openings=(
        "We are looking for our next {job} {setting}.",
        "We are hiring: {job} {setting}.",
        "Our {town} team is growing and needs one more {job} {setting}.",
        "About the role: {job} {setting}.",
        "Could you be our next {job} {setting}?",
    ),
    lists=(
        ("What you will do:", " - ", "."),
        ("Day to day, you will", ", ", "."),
        ("Your responsibilities:", " • ", ""),
        ("In your first year you will", ", ", "."),
        ("Key missions:", " ; ", "."),
    ),
    profile_heads=("About you:", "Your profile:", "What we look for:", "Requirements", ""),
    skill_leads=(
        "Our stack: {skills}.",
        "Tools of the trade: {skills}.",
        "You are at home with {skills}.",
        "Nice to have: {skills}.",
    ),
    traits=(
        "You are kind, curious and direct.",
        "You like autonomy and ask for help early.",
        "Attention to detail comes naturally to you.",
        "You work well with people unlike you.",
    ),
    offers=(
        "We offer stock options, health cover and a bike allowance.",
        "Hybrid work with two office days a week.",
        "Twenty-eight days of leave plus your birthday.",
        "Lunch vouchers, gym pass and a training budget.",
        "Relocation support is available.",
    ),
    closings=(
        "Everyone is welcome to apply.",
        "Send us a short note, no cover letter needed.",
        "Our process takes two weeks and three conversations.",
        "We adjust interviews to your needs.",
    ),
    news=(
        "Still open.",
        "Now hiring for an earlier start.",
        "Updated role.",
        "Interviews can be held online.",
    ),
    conjunction=" and ",
)
# Pay in words, as 2 % of the real ads give it: {k} thousands a year, {day} a day, {hour} an hour.
PAY_SENTENCES = (
    "Rémunération : {k_low} K€.",
    "Salaire : {k_low}-{k_high}K€ selon profil.",
    "TJM : {day_low}-{day_high} €.",
    "{hour} € brut/heure.",
    "Salaire compris entre {month_low} € et {month_high} € brut par mois.",
    "Package de {k_low} à {k_high} k€ bruts annuels.",
    "Rémunération brute annuelle : {year_low} €.",
)
# Amounts that are not pay; whoever reads pay from texts must leave them alone.
FALSE_FRIENDS = (
    "Nous venons de lever {millions} M€ auprès de fonds européens.",
    "Notre chiffre d'affaires atteint {millions} millions d'euros.",
    "Prime de cooptation de {bonus} €.",
    "Tickets restaurant d'une valeur de {voucher} €.",
    "Budget travaux de {millions} M€ sur trois ans.",
)
