"""Teaching, cleaning, security and hairdressing."""

from ingest.simulator.phrases.sectors import BEAUTY, SCHOOLS, SERVICES
from ingest.simulator.phrases.trade import Trade, listed

TEACHER = Trade(
    category="teaching-jobs",
    sector=SCHOOLS,
    monthly_pay=(2000, 3100),
    titles=(
        "Professeur de mathématiques|Professeure de mathématiques",
        "Enseignant de français|Enseignante de français",
        "Formateur|Formatrice",
        "Professeur d'anglais|Professeure d'anglais",
        "Enseignant en maternelle|Enseignante en maternelle",
        "Formateur technique|Formatrice technique",
        "Surveillant|Surveillante",
        "Éducateur de jeunes enfants|Éducatrice de jeunes enfants",
        "Accompagnant d'élèves|Accompagnante d'élèves",
    ),
    specialties=listed("collège, lycée professionnel, vacataire, 18 h, BTS, mi-temps, primaire"),
    settings=(
        "pour les classes de quatrième et de troisième",
        "auprès d'apprentis de première année",
        "pour un remplacement jusqu'aux vacances d'été",
        "à raison de quelques heures par semaine",
    ),
    tasks=(
        "préparer et animer les cours",
        "corriger les copies et remplir les bulletins",
        "suivre la progression de chaque élève",
        "concevoir des supports variés et des évaluations",
        "recevoir les parents et les maîtres d'apprentissage",
        "participer aux conseils de classe",
        "encadrer les travaux pratiques en atelier",
        "organiser des sorties et des projets culturels",
        "adapter l'enseignement aux élèves en difficulté",
        "préparer les candidats aux épreuves d'examen",
        "visiter les apprentis en entreprise",
        "veiller à la sécurité pendant la récréation",
    ),
    requirements=(
        "Licence ou master dans la discipline enseignée.",
        "Vous avez déjà tenu une classe ou animé un groupe.",
        "Votre autorité est naturelle et bienveillante.",
        "Un casier judiciaire vierge sera demandé.",
        "Une pratique professionnelle du métier enseigné est appréciée.",
        "Vous aimez transmettre et faire progresser.",
    ),
    skills=listed(
        "pédagogie, gestion de classe, ingénierie de formation, évaluation, Pronote, Moodle, "
        "anglais, pédagogie différenciée, CAP petite enfance, animation, tutorat, numérique "
        "éducatif"
    ),
)
CLEANER = Trade(
    category="domestic-help-cleaning-jobs",
    sector=SERVICES,
    monthly_pay=(1805, 2050),
    titles=(
        "Agent d'entretien|Agente d'entretien",
        "Agent de propreté|Agente de propreté",
        "Agent de nettoyage industriel|Agente de nettoyage industriel",
        "Laveur de vitres|Laveuse de vitres",
        "Chef d'équipe propreté|Cheffe d'équipe propreté",
        "Agent de service hospitalier|Agente de service hospitalier",
    ),
    specialties=listed(
        "temps partiel, matin, soir, bureaux, 15 h par semaine, remise en état, écoles"
    ),
    settings=(
        "pour l'entretien de bureaux tôt le matin",
        "sur un site commercial du centre",
        "pour nettoyer des parties communes d'immeubles",
        "dans une école primaire, après la classe",
    ),
    tasks=(
        "balayer, laver et désinfecter les sols",
        "vider les corbeilles et trier les déchets",
        "nettoyer et réapprovisionner les sanitaires",
        "dépoussiérer les bureaux et les surfaces",
        "laver les vitres à la perche ou en nacelle",
        "utiliser l'autolaveuse et la monobrosse",
        "doser correctement les produits d'entretien",
        "rentrer et sortir les conteneurs",
        "signaler les dégradations au chef d'équipe",
        "remettre en état des locaux après travaux",
        "bionettoyer les chambres selon le protocole",
    ),
    requirements=(
        "Sérieux(se) et ponctuel(le), vous travaillez souvent seul(e).",
        "Débutants bienvenus, nous vous montrons les gestes.",
        "Vous pouvez commencer dès six heures.",
        "Les escaliers et la marche ne vous fatiguent pas.",
        "Savoir lire une étiquette de produit est nécessaire.",
        "Un moyen de transport personnel est conseillé.",
    ),
    skills=listed(
        "autolaveuse, monobrosse, bionettoyage, désinfection, vitrerie, tri des déchets, "
        "gestes et postures, permis B, CACES nacelle, produits d'entretien"
    ),
)
GUARD = Trade(
    category="other-general-jobs",
    sector=SERVICES,
    monthly_pay=(1850, 2300),
    titles=(
        "Agent de sécurité|Agente de sécurité",
        "Agent de sécurité incendie|Agente de sécurité incendie",
        "Agent cynophile|Agente cynophile",
        "Rondier intervenant|Rondière intervenante",
        "Opérateur de télésurveillance|Opératrice de télésurveillance",
        "Chef de poste sécurité|Cheffe de poste sécurité",
    ),
    specialties=listed(
        "SSIAP 1, SSIAP 2, de nuit, magasin, évènementiel, site industriel, vacations"
    ),
    settings=(
        "pour la surveillance d'un centre commercial",
        "sur un site industriel classé",
        "pour des vacations de douze heures",
        "au poste central d'une tour de bureaux",
    ),
    tasks=(
        "filtrer les entrées et contrôler les sacs",
        "effectuer des rondes et pointer chaque passage",
        "surveiller les écrans de vidéoprotection",
        "intervenir en cas d'alarme ou de départ de feu",
        "tenir la main courante à jour",
        "porter assistance aux personnes et alerter les secours",
        "prévenir les vols et les incivilités",
        "vérifier les extincteurs et les issues de secours",
        "gérer les clés et les badges",
        "rédiger un rapport après chaque incident",
        "accueillir les visiteurs avec courtoisie",
    ),
    requirements=(
        "Carte professionnelle en cours de validité.",
        "Diplôme SSIAP et secourisme à jour.",
        "Vous savez désamorcer un conflit par la parole.",
        "Tenue correcte et bonne élocution exigées.",
        "Le travail de nuit et le dimanche sont majorés.",
        "Vigilant(e), vous remarquez le détail inhabituel.",
    ),
    skills=listed(
        "SSIAP 1, CQP APS, SST, H0B0, vidéosurveillance, ronde, main courante, gestion de "
        "conflit, contrôle d'accès, maître-chien, anglais"
    ),
)
HAIRDRESSER = Trade(
    category="other-general-jobs",
    sector=BEAUTY,
    monthly_pay=(1815, 2300),
    titles=(
        "Coiffeur|Coiffeuse",
        "Coiffeur mixte|Coiffeuse mixte",
        "Barbier|Barbière",
        "Responsable de salon|Responsable de salon",
        "Esthéticien|Esthéticienne",
        "Apprenti coiffeur|Apprentie coiffeuse",
    ),
    specialties=listed("confirmé, temps partiel, coloriste, BP, polyvalent, à domicile"),
    settings=(
        "pour compléter une équipe de quatre personnes",
        "dans un salon lumineux refait à neuf",
        "pour une clientèle mixte et fidèle",
        "avec ou sans rendez-vous, du mardi au samedi",
    ),
    tasks=(
        "accueillir la cliente et comprendre son souhait",
        "réaliser coupes, brushings et coiffages",
        "préparer et appliquer colorations et mèches",
        "tailler les barbes et entretenir les contours",
        "conseiller les soins et les produits de revente",
        "tenir le planning des rendez-vous",
        "nettoyer le bac, les outils et le poste",
        "réaliser épilations et soins du visage",
        "former l'apprenti aux gestes du métier",
        "créer des chignons pour les mariages",
        "suivre les tendances et les nouvelles techniques",
    ),
    requirements=(
        "CAP coiffure exigé, brevet professionnel apprécié.",
        "Votre créativité s'exprime sans oublier l'écoute.",
        "Vous travaillez vite et bien, toujours avec le sourire.",
        "Un essai d'une demi-journée sera proposé.",
        "Fixe et pourcentage sur la revente.",
        "Une semaine de quatre jours est possible.",
    ),
    skills=listed(
        "coupe, coloration, balayage, brushing, barbe, chignon, épilation, vente conseil, CAP "
        "coiffure, BP coiffure, lissage, prise de rendez-vous"
    ),
)
