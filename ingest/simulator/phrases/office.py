"""Books, people and paperwork."""

from ingest.simulator.phrases.sectors import OFFICE
from ingest.simulator.phrases.trade import Trade, listed

ACCOUNTANT = Trade(
    category="accounting-finance-jobs",
    sector=OFFICE,
    monthly_pay=(2100, 3600),
    titles=(
        "Comptable|Comptable",
        "Assistant comptable|Assistante comptable",
        "Comptable fournisseurs|Comptable fournisseurs",
        "Collaborateur comptable|Collaboratrice comptable",
        "Contrôleur de gestion|Contrôleuse de gestion",
        "Chef comptable|Cheffe comptable",
        "Comptable général|Comptable générale",
        "Auditeur financier|Auditrice financière",
    ),
    specialties=listed("confirmé, junior, clients, trésorerie, cabinet, temps partiel, unique"),
    settings=(
        "pour un portefeuille de petites entreprises",
        "au sein d'un service comptable de quatre personnes",
        "rattaché(e) à la direction financière",
        "pour remplacer une collègue en congé maternité",
    ),
    tasks=(
        "saisir et lettrer les factures fournisseurs",
        "effectuer les rapprochements bancaires",
        "préparer les déclarations de TVA",
        "participer aux clôtures mensuelles et au bilan",
        "relancer les clients en retard de paiement",
        "suivre les immobilisations et les amortissements",
        "établir la liasse fiscale de vos dossiers",
        "analyser les écarts entre budget et réalisé",
        "produire des tableaux de bord pour la direction",
        "répondre aux questions des commissaires aux comptes",
        "gérer les notes de frais et les règlements",
        "conseiller vos clients sur leurs choix de gestion",
    ),
    requirements=(
        "Vous possédez un BTS comptabilité, un DCG ou équivalent.",
        "Rigoureux(se), vous aimez qu'un compte tombe juste.",
        "Vous maîtrisez les tableaux croisés dynamiques.",
        "Deux ans en cabinet vous ont appris à respecter les échéances.",
        "Le secret professionnel va de soi pour vous.",
        "Vous êtes force de proposition pour simplifier les procédures.",
    ),
    skills=listed(
        "Excel, Sage, Cegid, EBP, SAP, TVA, liasse fiscale, rapprochement bancaire, DCG, "
        "clôture comptable, Power BI, lettrage, trésorerie, consolidation, IFRS"
    ),
)
PEOPLE = Trade(
    category="hr-jobs",
    sector=OFFICE,
    monthly_pay=(2200, 3700),
    titles=(
        "Chargé de recrutement|Chargée de recrutement",
        "Gestionnaire de paie|Gestionnaire de paie",
        "Assistant RH|Assistante RH",
        "Responsable ressources humaines|Responsable ressources humaines",
        "Chargé de formation|Chargée de formation",
        "Consultant en recrutement|Consultante en recrutement",
        "Chargé de mission RH|Chargée de mission RH",
    ),
    specialties=listed("multi-sites, junior, confirmé, alternance possible, ADP, tertiaire"),
    settings=(
        "pour un effectif de trois cents salariés",
        "au sein d'une direction des ressources humaines engagée",
        "afin de soutenir de nombreux recrutements",
        "en binôme avec la responsable du personnel",
    ),
    tasks=(
        "rédiger et diffuser les annonces d'emploi",
        "mener les entretiens téléphoniques et physiques",
        "établir les bulletins de salaire et contrôler les variables",
        "préparer les contrats et les avenants",
        "suivre les absences, les congés et les visites médicales",
        "construire le plan de développement des compétences",
        "accueillir les nouveaux arrivants et organiser leur intégration",
        "répondre aux questions des salariés sur leur paie",
        "déclarer les charges sociales chaque mois",
        "animer le dialogue social et préparer les réunions du CSE",
        "suivre les indicateurs sociaux et l'index d'égalité",
        "représenter l'entreprise sur les forums d'écoles",
    ),
    requirements=(
        "Formation en gestion des ressources humaines ou en droit social.",
        "Votre écoute inspire confiance aux managers comme aux salariés.",
        "Vous connaissez les bases de la paie et de la DSN.",
        "Vous savez garder une information confidentielle.",
        "Organisé(e), vous menez dix recrutements de front sans vous perdre.",
        "Une première expérience en agence d'emploi serait idéale.",
    ),
    skills=listed(
        "paie, DSN, droit du travail, recrutement, Silae, ADP, Excel, sourcing, LinkedIn, "
        "GPEC, entretien, SIRH, formation, relations sociales"
    ),
)
ASSISTANT = Trade(
    category="admin-jobs",
    sector=OFFICE,
    monthly_pay=(1850, 2500),
    titles=(
        "Assistant administratif|Assistante administrative",
        "Secrétaire médical|Secrétaire médicale",
        "Assistant de direction|Assistante de direction",
        "Gestionnaire ADV|Gestionnaire ADV",
        "Hôte d'accueil|Hôtesse d'accueil",
        "Secrétaire|Secrétaire",
        "Conseiller clientèle|Conseillère clientèle",
    ),
    specialties=listed(
        "bilingue anglais, temps partiel, polyvalent, juridique, standard, CDD six mois"
    ),
    settings=(
        "pour épauler une équipe de douze collaborateurs",
        "au sein d'une agence ouverte au public",
        "pour organiser le quotidien de deux dirigeants",
        "à l'accueil d'un cabinet pluridisciplinaire",
    ),
    tasks=(
        "accueillir les visiteurs et orienter les appels",
        "gérer les agendas et organiser les déplacements",
        "rédiger courriers, comptes rendus et présentations",
        "classer et archiver les dossiers papier et numériques",
        "saisir les commandes et suivre les livraisons",
        "commander les fournitures et vérifier les factures",
        "préparer les réunions et réserver les salles",
        "mettre à jour le fichier des clients",
        "frapper les courriers médicaux sous dictée numérique",
        "traiter les réclamations avec courtoisie",
        "trier et distribuer le courrier du matin",
    ),
    requirements=(
        "Votre orthographe est irréprochable.",
        "Vous jonglez entre plusieurs dossiers sans rien oublier.",
        "Un bac+2 en assistanat est souhaité.",
        "Vous êtes à l'aise au téléphone, même avec un interlocuteur pressé.",
        "La maîtrise du pack Office est attendue.",
        "Discrétion et bonne humeur feront la différence.",
    ),
    skills=listed(
        "Word, Excel, Outlook, PowerPoint, standard téléphonique, accueil, orthographe, "
        "classement, anglais, prise de notes, Doctolib, CRM, facturation"
    ),
)
