"""Nursing, care and help at home."""

from ingest.simulator.phrases.sectors import HEALTH, HOME_CARE
from ingest.simulator.phrases.trade import Trade, listed

NURSE = Trade(
    category="healthcare-nursing-jobs",
    sector=HEALTH,
    monthly_pay=(2200, 3300),
    titles=(
        "Infirmier|Infirmière",
        "Infirmier diplômé d'État|Infirmière diplômée d'État",
        "IDE|IDE",
        "Infirmier coordinateur|Infirmière coordinatrice",
        "Infirmier en EHPAD|Infirmière en EHPAD",
        "Infirmier de bloc opératoire|Infirmière de bloc opératoire",
        "Infirmier en psychiatrie|Infirmière en psychiatrie",
    ),
    specialties=listed("de nuit, de jour, 12 h, temps partiel, pool de remplacement, urgences"),
    settings=(
        "pour notre service de médecine polyvalente",
        "au sein d'une unité protégée de quatorze résidents",
        "pour compléter l'équipe de soins de suite",
        "en service de chirurgie ambulatoire",
        "pour des remplacements réguliers en week-end",
    ),
    tasks=(
        "dispenser les soins prescrits et surveiller leurs effets",
        "préparer et distribuer les traitements",
        "effectuer les prises de sang et les perfusions",
        "réaliser les pansements simples et complexes",
        "assurer les transmissions écrites et orales",
        "évaluer la douleur et alerter le médecin",
        "accueillir et rassurer les familles",
        "encadrer les aides-soignants et les stagiaires",
        "tenir à jour le dossier de soins informatisé",
        "participer à l'élaboration du projet de soins",
        "accompagner les patients en fin de vie avec délicatesse",
        "vérifier le chariot d'urgence et les stocks de la pharmacie",
    ),
    requirements=(
        "Le diplôme d'État d'infirmier est exigé, débutants acceptés.",
        "Vous êtes inscrit(e) à l'ordre national des infirmiers.",
        "Votre calme dans l'urgence rassure vos collègues.",
        "Une expérience en gériatrie sera appréciée.",
        "Vous êtes attentif(ve) au confort et à l'intimité des patients.",
        "Roulement en douze heures, un week-end travaillé sur trois.",
        "Vous avez à cœur de transmettre vos gestes aux étudiants.",
    ),
    skills=listed(
        "soins infirmiers, perfusion, pansements complexes, prélèvements sanguins, hygiène, "
        "dossier patient informatisé, AFGSU, pharmacologie, soins palliatifs, éducation "
        "thérapeutique"
    ),
)
CARER = Trade(
    category="healthcare-nursing-jobs",
    sector=HEALTH,
    monthly_pay=(1850, 2300),
    titles=(
        "Aide-soignant|Aide-soignante",
        "Accompagnant éducatif et social|Accompagnante éducative et sociale",
        "Agent de soins|Agente de soins",
        "Aide médico-psychologique|Aide médico-psychologique",
        "Aide-soignant de nuit|Aide-soignante de nuit",
    ),
    specialties=listed(
        "diplômé d'État, week-end, EHPAD, jour ou nuit, unité Alzheimer, foyer de vie"
    ),
    settings=(
        "pour rejoindre nos équipes de jour",
        "auprès de résidents âgés et parfois désorientés",
        "dans un foyer accueillant des adultes handicapés",
        "pour un poste en roulement sur quinze jours",
    ),
    tasks=(
        "aider les résidents à la toilette et à l'habillage",
        "accompagner la prise des repas et veiller à l'hydratation",
        "installer et mobiliser les personnes à l'aide du matériel adapté",
        "refaire les lits et entretenir l'environnement proche",
        "observer les changements d'humeur ou d'appétit",
        "signaler toute rougeur ou douleur à l'infirmière",
        "animer de petites activités l'après-midi",
        "prévenir les chutes et les escarres",
        "participer aux réunions de transmission",
        "préserver l'autonomie de chacun dans les gestes simples",
        "effectuer des rondes de nuit toutes les deux heures",
    ),
    requirements=(
        "Titulaire du diplôme d'aide-soignant ou d'un titre équivalent, vous aimez le contact.",
        "Douceur, patience et discrétion guident vos gestes.",
        "Les élèves en fin de formation peuvent postuler.",
        "Vous savez travailler au rythme des personnes que vous aidez.",
        "Horaires du matin ou de l'après-midi, planning établi au mois.",
        "La manutention des malades n'a pas de secret pour vous.",
    ),
    skills=listed(
        "toilette, aide au repas, lève-personne, manutention des malades, écoute, hygiène, "
        "bientraitance, AFGSU, transmissions, prévention des escarres"
    ),
)
HOME_HELP = Trade(
    category="social-work-jobs",
    sector=HOME_CARE,
    monthly_pay=(1800, 2100),
    titles=(
        "Auxiliaire de vie|Auxiliaire de vie",
        "Aide à domicile|Aide à domicile",
        "Assistant de vie|Assistante de vie",
        "Employé de maison|Employée de maison",
        "Garde d'enfants à domicile|Garde d'enfants à domicile",
    ),
    specialties=listed("temps partiel, secteur rural, week-end, permis B, matin, nuit calme"),
    settings=(
        "pour intervenir chez des personnes âgées du quartier",
        "à temps choisi, selon vos disponibilités",
        "pour des interventions de deux heures en moyenne",
        "auprès de familles et de personnes en perte d'autonomie",
    ),
    tasks=(
        "entretenir le logement et le linge",
        "préparer des repas simples et équilibrés",
        "faire les courses et quelques démarches administratives",
        "aider au lever, au coucher et aux déplacements",
        "tenir compagnie, lire le journal, sortir marcher",
        "accompagner la personne à ses rendez-vous médicaux",
        "noter chaque passage dans le cahier de liaison",
        "aller chercher les enfants à la sortie de l'école",
        "rappeler la prise des médicaments préparés par l'infirmier",
        "alerter la responsable de secteur en cas de besoin",
        "repasser et ranger les vêtements",
    ),
    requirements=(
        "Une première expérience auprès d'un proche compte aussi.",
        "Vous êtes véhiculé(e) ou habitez près d'une ligne de bus.",
        "Ponctualité et discrétion sont indispensables chez l'habitant.",
        "Le titre professionnel assistant de vie aux familles est un plus.",
        "Vos frais kilométriques sont remboursés entre deux interventions.",
        "Vous aimez rendre service et prendre des initiatives.",
    ),
    skills=listed(
        "ménage, repassage, cuisine simple, aide à la toilette, permis B, écoute, DEAVS, "
        "premiers secours, garde d'enfants, discrétion"
    ),
)
