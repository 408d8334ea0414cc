"""Masons, electricians, plumbers."""

from ingest.simulator.phrases.sectors import BUILDING
from ingest.simulator.phrases.trade import Trade, listed

MASON = Trade(
    category="trade-construction-jobs",
    sector=BUILDING,
    monthly_pay=(1950, 2700),
    titles=(
        "Maçon|Maçonne",
        "Maçon coffreur|Maçonne coffreuse",
        "Coffreur bancheur|Coffreuse bancheuse",
        "Chef de chantier|Cheffe de chantier",
        "Manœuvre bâtiment|Manœuvre bâtiment",
        "Carreleur|Carreleuse",
        "Couvreur|Couvreuse",
        "Peintre en bâtiment|Peintre en bâtiment",
    ),
    specialties=listed("N3P1, N2, traditionnel, rénovation, pierre, gros œuvre, avec permis B"),
    settings=(
        "pour un chantier de trente logements",
        "en rénovation de maisons anciennes",
        "pour rejoindre une équipe de trois compagnons",
        "sur des chantiers situés dans le département",
    ),
    tasks=(
        "implanter et couler les fondations",
        "monter des murs en parpaings, briques ou pierres",
        "poser les coffrages et ferrailler les poteaux",
        "réaliser les enduits et les joints",
        "couler des dalles et tirer le béton à la règle",
        "lire les plans et reporter les cotes",
        "monter et démonter les échafaudages",
        "ouvrir des baies et poser des linteaux",
        "encadrer un apprenti maçon",
        "nettoyer le chantier en fin de journée",
        "poser carrelages, chapes et faïences",
        "préparer les supports et appliquer les peintures",
    ),
    requirements=(
        "CAP maçonnerie ou cinq ans de truelle.",
        "Vous travaillez d'aplomb et de niveau, par tous les temps.",
        "Le port des équipements de sécurité est un réflexe.",
        "Permis B apprécié pour conduire le fourgon.",
        "Vous savez vous organiser seul(e) sur un petit chantier.",
        "Paniers repas et indemnités de trajet selon la convention du bâtiment.",
    ),
    skills=listed(
        "coffrage, ferraillage, lecture de plans, enduit, béton, échafaudage, permis B, CACES "
        "nacelle, banche, niveau laser, carrelage, placo"
    ),
)
ELECTRICIAN = Trade(
    category="trade-construction-jobs",
    sector=BUILDING,
    monthly_pay=(1950, 2900),
    titles=(
        "Électricien|Électricienne",
        "Électricien bâtiment|Électricienne bâtiment",
        "Électricien tertiaire|Électricienne tertiaire",
        "Monteur électricien|Monteuse électricienne",
        "Technicien courants faibles|Technicienne courants faibles",
        "Installateur photovoltaïque|Installatrice photovoltaïque",
        "Domoticien|Domoticienne",
    ),
    specialties=listed(
        "N3P2, industriel, confirmé, débutant, courants forts, fibre optique, dépannage"
    ),
    settings=(
        "pour le câblage d'un groupe scolaire",
        "en neuf comme en rénovation",
        "pour équiper des toitures en panneaux solaires",
        "au sein de l'équipe dépannage",
    ),
    tasks=(
        "tirer les câbles et poser les chemins de câbles",
        "raccorder les armoires et les tableaux électriques",
        "installer prises, luminaires et interrupteurs",
        "mettre en service les équipements et rédiger les relevés",
        "rechercher les pannes et remettre en conformité",
        "poser des bornes de recharge pour véhicules",
        "câbler les réseaux informatiques et la fibre",
        "installer alarmes, contrôle d'accès et vidéosurveillance",
        "lire les schémas unifilaires",
        "consigner les installations avant intervention",
        "poser onduleurs et panneaux photovoltaïques",
        "approvisionner votre chantier en matériel",
    ),
    requirements=(
        "Habilitations électriques B2V, BR et BC à jour.",
        "BEP, CAP ou bac pro électrotechnique.",
        "Vous connaissez la norme NF C 15-100.",
        "Vous ne craignez ni la hauteur ni les combles.",
        "Véhicule, téléphone et outillage vous sont confiés.",
        "Autonome, vous rendez compte à votre conducteur de travaux.",
    ),
    skills=listed(
        "habilitation électrique, NF C 15-100, câblage, schémas électriques, domotique, KNX, "
        "courants faibles, photovoltaïque, CACES nacelle, multimètre, fibre optique, IRVE"
    ),
)
PLUMBER = Trade(
    category="trade-construction-jobs",
    sector=BUILDING,
    monthly_pay=(1980, 2900),
    titles=(
        "Plombier chauffagiste|Plombière chauffagiste",
        "Plombier|Plombière",
        "Frigoriste|Frigoriste",
        "Technicien CVC|Technicienne CVC",
        "Chauffagiste|Chauffagiste",
        "Menuisier poseur|Menuisière poseuse",
    ),
    specialties=listed("dépannage, N3, pompes à chaleur, salle de bains, confirmé, itinérant"),
    settings=(
        "pour des chantiers de rénovation énergétique",
        "en dépannage chez les particuliers",
        "pour suivre un parc de chaudières collectives",
        "dans un secteur de trente kilomètres autour de l'atelier",
    ),
    tasks=(
        "poser et raccorder les appareils sanitaires",
        "installer des pompes à chaleur et des chaudières",
        "souder le cuivre et sertir le multicouche",
        "purger, équilibrer et régler les réseaux",
        "rechercher les fuites et remplacer les pièces usées",
        "entretenir les climatisations et manipuler les fluides",
        "établir un compte rendu sur tablette après passage",
        "conseiller le client sur ses économies d'eau",
        "déposer les anciens équipements et évacuer les gravats",
        "poser fenêtres, volets et portes intérieures",
        "mettre en service les installations neuves",
    ),
    requirements=(
        "CAP installateur sanitaire ou thermique.",
        "L'attestation de manipulation des fluides frigorigènes est un atout.",
        "Vous laissez toujours un logement propre derrière vous.",
        "Astreinte une semaine sur cinq, récupérée et payée.",
        "Vous savez chiffrer un petit devis sur place.",
        "Le permis B est obligatoire.",
    ),
    skills=listed(
        "soudure cuivre, multicouche, PAC, chaudière gaz, fluides frigorigènes, VMC, "
        "climatisation, permis B, sanitaire, régulation, devis, RGE"
    ),
)
