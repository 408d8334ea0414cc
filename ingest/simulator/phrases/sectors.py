"""Who hires: invented employers, sector by sector. A likeness to a real one is chance."""

from ingest.simulator.phrases.trade import Sector

DIGITAL = Sector(
    known=("Orvélane Conseil", "Brivexa", "Numalis Services", "Groupe Katéo", "Sylvoria Digital"),
    patterns=(
        "{word} Conseil",
        "{word} Technologies",
        "{word}",
        "{word} Lab",
        "{word} Digital",
        "{surname} Informatique",
        "{word} & {surname}",
        "{word} Systèmes",
        "{word} {town}",
        "Studio {surname}",
    ),
    introductions=(
        "{name} conçoit depuis {year} des services numériques pour les collectivités et les PME.",
        "Née en {year}, {name} réunit {staff} passionnés autour de produits web et mobiles.",
        "Chez {name}, {staff} consultants accompagnent banques, assureurs et industriels.",
        "{name}, c'est un éditeur indépendant : {staff} personnes, un produit, zéro jargon.",
        "Entreprise à taille humaine ({staff} salariés), {name} publie un logiciel de gestion.",
        "Cabinet de conseil fondé en {year}, {name} intervient du cadrage à la mise en service.",
        "{name} développe une plateforme utilisée chaque jour par des milliers d'artisans.",
    ),
)
HEALTH = Sector(
    known=("Fondation Clairbois", "Groupe Santé Armélia", "Association Les Deux Rives"),
    patterns=(
        "Clinique {surname}",
        "Clinique du {word}",
        "Résidence {word}",
        "EHPAD {surname}",
        "Centre hospitalier de {town}",
        "Maison de santé {surname}",
        "Polyclinique {word}",
        "Résidence Les Jardins de {word}",
        "Hôpital privé {surname}",
        "Association {word} {town}",
    ),
    introductions=(
        "{name} accueille {staff} patients et résidents dans des locaux rénovés en {year}.",
        "Établissement à but non lucratif, {name} emploie {staff} professionnels du soin.",
        "Depuis {year}, {name} prend soin des personnes âgées ou fragilisées du territoire.",
        "Au cœur d'un parc arboré, {name} dispose de {staff} lits et d'un plateau récent.",
        "{name} défend un accompagnement respectueux du rythme de chacun.",
        "Nos {staff} salariés font vivre au quotidien le projet de soins de {name}.",
    ),
)
HOME_CARE = Sector(
    known=("Mains Voisines", "Domicile & Douceur", "Réseau Capucine"),
    patterns=(
        "{word} à domicile",
        "Services {surname}",
        "Aide et Présence {town}",
        "{word} Services",
        "Les Foyers de {word}",
        "ADMS {town}",
        "Maison {surname} Services",
    ),
    introductions=(
        "{name} aide chaque semaine plus de {staff} familles à bien vivre chez elles.",
        "Association née en {year}, {name} intervient auprès de personnes âgées ou handicapées.",
        "Avec {name}, vos interventions sont regroupées par quartier pour limiter les trajets.",
        "Notre agence compte {staff} intervenants, épaulés par une responsable de secteur.",
        "{name} propose ménage, repas et accompagnement depuis {year}.",
    ),
)
TRANSPORT = Sector(
    known=("Logivalys", "Transports Quintane", "Entrepôts Marivel", "Groupe Frétalis"),
    patterns=(
        "Transports {surname}",
        "{surname} Logistique",
        "{word} Fret",
        "Messagerie {surname}",
        "{word} Logistics",
        "Entrepôts {surname}",
        "{surname} & Fils Transports",
        "Plateforme {town} {word}",
    ),
    introductions=(
        "Transporteur familial depuis {year}, {name} exploite une flotte de {staff} véhicules.",
        "{name} gère une plateforme de {staff} quais ouverte six jours sur sept.",
        "Prestataire logistique, {name} prépare les commandes de grandes enseignes.",
        "Installée près de la rocade, {name} livre toute la région en vingt-quatre heures.",
        "Avec {staff} salariés, {name} reste une maison où l'on se connaît par son prénom.",
    ),
)
HOSPITALITY = Sector(
    known=("Les Tables d'Octave", "Hôtels Brisemer", "Maison Perdrigal", "Restauration Abélia"),
    patterns=(
        "Restaurant {surname}",
        "Brasserie {surname}",
        "Hôtel {word}",
        "Le Bistrot de {surname}",
        "Auberge {surname}",
        "Hôtel-Restaurant {word}",
        "Chez {surname}",
        "La Table {surname}",
        "Traiteur {surname}",
    ),
    introductions=(
        "Maison ouverte en {year}, {name} sert une cuisine de marché et de saison.",
        "{name} accueille {staff} couverts le midi et le soir, en salle et en terrasse.",
        "Restaurant bistronomique, {name} travaille avec des producteurs de la région.",
        "Hôtel et restaurant de charme, {name} compte {staff} chambres face au port.",
        "Notre brigade de {staff} personnes partage le goût du fait maison.",
        "{name} assure la restauration d'écoles et d'entreprises avec des produits frais.",
    ),
)
OFFICE = Sector(
    known=(
        "Cabinet Vauquelin",
        "Fidarès",
        "Groupe Montaubry",
        "Mutuelle Hestia",
        "Coopérative Sénéo",
    ),
    patterns=(
        "Cabinet {surname}",
        "{surname} & Associés",
        "{surname} Expertise",
        "Groupe {surname}",
        "{word} Gestion",
        "Fiduciaire {surname}",
        "{word} Assurances",
        "{surname} Conseil",
        "{word} Immobilier",
        "Mutuelle {word}",
    ),
    introductions=(
        "{name} suit {staff} dossiers d'artisans, de commerçants et d'associations.",
        "Fondé en {year}, {name} est un cabinet indépendant au fonctionnement très collégial.",
        "Groupe familial de {staff} salariés, {name} modernise ses fonctions support.",
        "{name} cultive la proximité avec ses clients et la confiance entre collègues.",
        "Notre siège regroupe {staff} personnes dans des bureaux lumineux, à deux pas du tramway.",
        "{name} accompagne depuis {year} les dirigeants de petites et moyennes entreprises.",
    ),
)
SHOPS = Sector(
    known=("Comptoirs Lavigne", "Maison Ardélia", "Bricoféo", "Les Halles Sorbier"),
    patterns=(
        "Boutique {surname}",
        "Maison {surname}",
        "{surname} Distribution",
        "Magasins {word}",
        "{word} Équipement",
        "Jardinerie {surname}",
        "Comptoir {surname}",
        "{word} Habitat",
        "Librairie {surname}",
    ),
    introductions=(
        "{name} compte {staff} magasins et privilégie la promotion interne.",
        "Enseigne de quartier depuis {year}, {name} mise sur le conseil et le sourire.",
        "Artisans et particuliers font confiance à {name}, présente dans {staff} communes.",
        "{name} ouvre un nouveau point de vente et constitue toute son équipe.",
        "Chez {name}, la vente commence par l'écoute.",
        "Entreprise régionale de {staff} personnes, {name} développe son réseau d'agences.",
    ),
)
BUILDING = Sector(
    known=("Batirive", "Constructions Mélandre", "Groupe Pierrefonte", "Élektria Travaux"),
    patterns=(
        "{surname} Bâtiment",
        "Maçonnerie {surname}",
        "Électricité {surname}",
        "{surname} & Fils",
        "Entreprise {surname}",
        "{word} Construction",
        "SARL {surname} Travaux",
        "{surname} Frères",
        "{word} Énergies",
        "Ateliers {surname}",
    ),
    introductions=(
        "Entreprise artisanale créée en {year}, {name} réalise du neuf et de la rénovation.",
        "{name} emploie {staff} compagnons sur des chantiers à moins d'une heure du dépôt.",
        "Reconnue pour le soin de ses finitions, {name} travaille surtout pour des particuliers.",
        "Filiale d'un groupe régional, {name} construit logements, écoles et gymnases.",
        "Avec {staff} salariés et un carnet de commandes plein, {name} renforce ses équipes.",
        "{name} intervient dans le tertiaire, l'habitat collectif et les bâtiments agricoles.",
    ),
)
INDUSTRY = Sector(
    known=(
        "Mécanor",
        "Ateliers Duvernelle",
        "Laiterie des Trois Vals",
        "Plastéor",
        "Aciéries Corvane",
    ),
    patterns=(
        "{surname} Industrie",
        "Usinage {surname}",
        "{word} Mécanique",
        "Fonderie {surname}",
        "{word} Packaging",
        "Laboratoires {word}",
        "Chaudronnerie {surname}",
        "{word} Composites",
        "Biscuiterie {surname}",
        "Papeteries {surname}",
    ),
    introductions=(
        "{name} fabrique des pièces de précision pour le ferroviaire et le médical.",
        "Site industriel de {staff} salariés, {name} investit dans de nouvelles lignes.",
        "Depuis {year}, {name} transforme le lait collecté dans les fermes voisines.",
        "Sous-traitant mécanique, {name} associe savoir-faire d'atelier et machines récentes.",
        "Notre usine tourne en trois équipes et produit {staff} tonnes par semaine.",
        "{name} conçoit et assemble des équipements destinés aux économies d'énergie.",
    ),
)
SCHOOLS = Sector(
    known=("Écoles Montessart", "Réseau Formavie", "Institution Saint-Albin", "Campus Vérinelle"),
    patterns=(
        "Lycée {surname}",
        "École {surname}",
        "Institut {word}",
        "Collège {surname}",
        "Centre de formation {town}",
        "Campus {word}",
        "CFA {town}",
        "Cours {surname}",
    ),
    introductions=(
        "{name} forme chaque année {staff} élèves, apprentis et adultes en reconversion.",
        "Établissement sous contrat depuis {year}, {name} accueille des classes de taille réduite.",
        "{name} défend une pédagogie active, fondée sur les projets et la coopération.",
        "Centre de formation par apprentissage, {name} travaille avec {staff} entreprises.",
        "L'équipe de {name} rassemble {staff} enseignants très investis.",
    ),
)
SERVICES = Sector(
    known=("Netalys", "Vigirève Sécurité", "Propreté Bellanger", "Groupe Sécurancia"),
    patterns=(
        "{surname} Propreté",
        "{word} Services",
        "{word} Sécurité",
        "{surname} Services",
        "Multiservices {surname}",
        "{word} Protection",
        "Net {word}",
        "{surname} Environnement",
    ),
    introductions=(
        "{name} intervient dans {staff} bureaux, écoles et commerces de l'agglomération.",
        "Société de services fondée en {year}, {name} privilégie les contrats stables.",
        "{name} emploie {staff} agents et forme chacun à son poste.",
        "Reconnue par ses clients pour sa réactivité, {name} agrandit ses équipes.",
        "Chez {name}, les plannings sont connus trois semaines à l'avance.",
    ),
)
BEAUTY = Sector(
    known=("Salons Mèche & Cie", "Institut Opaline", "Ateliers Boucle d'Or"),
    patterns=(
        "Salon {surname}",
        "Coiffure {surname}",
        "L'Atelier {surname}",
        "Institut {word}",
        "{word} Coiffure",
        "Barbier {surname}",
        "Chez {surname} Coiffure",
    ),
    introductions=(
        "Salon mixte ouvert en {year}, {name} reçoit une clientèle fidèle et variée.",
        "{name} anime {staff} salons et propose un vrai parcours d'évolution.",
        "Dans un cadre chaleureux, {name} travaille avec des produits d'origine végétale.",
        "Notre équipe de {staff} coiffeurs partage le goût du travail soigné.",
    ),
)
AGENCIES = Sector(
    known=(
        "Interim Passerelle",
        "Agence Boréal Emploi",
        "Cap Embauche",
        "Recrutéo",
        "Talentis Ouest",
    ),
    patterns=(
        "Interim {surname}",
        "Agence {word} Emploi",
        "{word} Recrutement",
        "{surname} RH",
        "{word} Intérim {town}",
        "{word} Talents",
    ),
    introductions=(
        "{name} recrute pour un client du secteur, une entreprise de {staff} personnes.",
        "Spécialiste de l'intérim et du recrutement, {name} vous propose une nouvelle mission.",
        "Notre client, acteur reconnu de son secteur depuis {year}, nous confie ce recrutement.",
        "Depuis {year}, {name} accompagne candidats et entreprises du bassin d'emploi.",
        "{name} : une équipe disponible, des missions près de chez vous, un suivi régulier.",
    ),
)
ABROAD = Sector(
    known=("Lumora", "Northquay", "Petalbyte", "Harbourline Group", "Kitewell"),
    patterns=(
        "{word}",
        "{word} Labs",
        "{word} Software",
        "{word} Analytics",
        "{word} Group",
        "{surname} Partners",
        "{word} Health",
        "{word} Mobility",
    ),
    introductions=(
        "{name} builds software that helps small shops run their whole back office.",
        "Founded in {year}, {name} is a team of {staff} people spread over four countries.",
        "At {name}, {staff} curious minds work on cleaner transport for European cities.",
        "{name} is a profitable scale-up with customers in retail, travel and insurance.",
        "We are {name}: {staff} colleagues, one open-plan office and plenty of plants.",
        "Since {year}, {name} has been turning messy paperwork into simple online services.",
    ),
)
