"""Software, data, systems and projects."""

from ingest.simulator.phrases.sectors import DIGITAL
from ingest.simulator.phrases.trade import FREELANCE, Trade, listed

SOFTWARE = Trade(
    category="it-jobs",
    sector=DIGITAL,
    monthly_pay=(2700, 5200),
    pay_periods=FREELANCE,
    titles=(
        "Développeur web|Développeuse web",
        "Développeur full stack|Développeuse full stack",
        "Développeur Java|Développeuse Java",
        "Développeur Python|Développeuse Python",
        "Ingénieur logiciel|Ingénieure logiciel",
        "Développeur front-end|Développeuse front-end",
        "Développeur mobile|Développeuse mobile",
        "Lead developer",
        "Développeur C#|Développeuse C#",
    ),
    specialties=listed("confirmé, junior, senior, React, Angular, PHP Symfony, Node.js, .NET"),
    settings=(
        "au sein d'une équipe produit de sept personnes",
        "pour reprendre la refonte de notre espace client",
        "afin d'accélérer le développement de notre application",
        "pour une mission longue chez un acteur de l'assurance",
        "dans une équipe agile qui livre chaque semaine",
    ),
    tasks=(
        "concevoir et développer de nouvelles fonctionnalités",
        "écrire des tests unitaires et d'intégration",
        "relire le code de vos collègues avec bienveillance",
        "corriger les anomalies remontées par le support",
        "participer aux choix d'architecture logicielle",
        "maintenir nos API REST et leur documentation",
        "améliorer les temps de réponse des pages les plus consultées",
        "découper les besoins en tickets avec le product owner",
        "faire évoluer le socle technique vers des versions récentes",
        "automatiser les déploiements avec l'équipe d'exploitation",
        "intégrer les maquettes en respectant les règles d'accessibilité",
        "accompagner les développeurs moins expérimentés",
        "moderniser un applicatif historique module après module",
    ),
    requirements=(
        "Après un bac+3 ou plus en informatique, vous codez depuis au moins deux ans.",
        "Vous avez déjà mis en production une application utilisée par un large public.",
        "Vous connaissez les bonnes pratiques de développement et les revues de code.",
        "Vous lisez l'anglais technique sans difficulté.",
        "À l'aise avec Git, vous travaillez par petites branches et petits commits.",
        "Un projet personnel ou une contribution libre sera regardé avec intérêt.",
        "Vous savez expliquer un choix technique à un public non spécialiste.",
    ),
    skills=listed(
        "Java, Spring Boot, Python, Django, JavaScript, TypeScript, React, Angular, Vue.js, "
        "Node.js, PHP, Symfony, C#, .NET, PostgreSQL, Docker, Git, GitLab CI, Kotlin, API "
        "REST, HTML, CSS"
    ),
)
DATA = Trade(
    category="it-jobs",
    sector=DIGITAL,
    monthly_pay=(2900, 5600),
    pay_periods=FREELANCE,
    titles=(
        "Data Engineer",
        "Data Analyst",
        "Data Scientist",
        "Ingénieur données|Ingénieure données",
        "Analyste de données|Analyste de données",
        "Chargé d'études statistiques|Chargée d'études statistiques",
        "Architecte data|Architecte data",
        "Consultant BI|Consultante BI",
        "Développeur décisionnel|Développeuse décisionnelle",
    ),
    specialties=listed("confirmé, junior, senior, Power BI, GCP, Azure, marketing, Snowflake"),
    settings=(
        "au sein d'un pôle données rattaché à l'informatique",
        "pour construire notre nouvel entrepôt de données",
        "afin d'outiller le pilotage des équipes métier",
        "pour un client du secteur de l'énergie",
        "dans une équipe data de cinq personnes en pleine construction",
    ),
    tasks=(
        "concevoir des pipelines d'ingestion fiables et surveillés",
        "modéliser les données en étoile pour les besoins de reporting",
        "construire des tableaux de bord lisibles pour les métiers",
        "contrôler la qualité des données et documenter les écarts",
        "entraîner puis évaluer des modèles de prévision",
        "recueillir les besoins auprès des directions commerciale et financière",
        "migrer les traitements historiques vers une plateforme cloud",
        "optimiser les requêtes SQL les plus coûteuses",
        "tenir à jour le catalogue et le dictionnaire des données",
        "réaliser des analyses exploratoires et en présenter les résultats",
        "mettre en place des tests automatiques sur les tables de référence",
        "veiller au respect du RGPD dans les usages de la donnée",
        "former les utilisateurs aux outils d'analyse en libre-service",
    ),
    requirements=(
        "Diplômé(e) en statistique ou en informatique, vous aimez les chiffres.",
        "Trois années d'expérience sur un poste similaire sont souhaitées.",
        "Vous écrivez un SQL propre et savez lire un plan d'exécution.",
        "Vous avez déjà travaillé avec un entrepôt de données dans le cloud.",
        "Vous savez raconter une histoire à partir d'un graphique.",
        "La connaissance d'un outil d'orchestration est un vrai atout.",
        "Curieux(se), vous questionnez toujours la source d'un indicateur.",
    ),
    skills=listed(
        "Python, SQL, Power BI, Tableau, dbt, Airflow, Spark, Snowflake, BigQuery, "
        "Databricks, Pandas, scikit-learn, R, Talend, Azure, GCP, AWS, Kafka, PostgreSQL, "
        "Excel, Looker, machine learning"
    ),
)
SYSTEMS = Trade(
    category="it-jobs",
    sector=DIGITAL,
    monthly_pay=(2400, 4900),
    pay_periods=FREELANCE,
    titles=(
        "Administrateur systèmes|Administratrice systèmes",
        "Ingénieur DevOps|Ingénieure DevOps",
        "Technicien support informatique|Technicienne support informatique",
        "Ingénieur cybersécurité|Ingénieure cybersécurité",
        "Administrateur cloud|Administratrice cloud",
        "Technicien helpdesk|Technicienne helpdesk",
        "Ingénieur réseaux|Ingénieure réseaux",
    ),
    specialties=listed("niveau 2, confirmé, Linux, Windows, N2/N3, astreintes, AWS, itinérant"),
    settings=(
        "pour le service informatique d'un site de production",
        "au sein d'une équipe d'exploitation de dix personnes",
        "afin de fiabiliser nos plateformes d'hébergement",
        "pour assurer le support de proximité de nos agences",
    ),
    tasks=(
        "superviser les serveurs et traiter les alertes",
        "installer, configurer et remplacer les postes de travail",
        "administrer l'annuaire et les droits d'accès",
        "diagnostiquer les incidents réseau de bout en bout",
        "écrire des scripts pour supprimer les tâches répétitives",
        "tester régulièrement les sauvegardes et les restaurations",
        "maintenir les grappes de conteneurs et leurs certificats",
        "suivre les vulnérabilités et appliquer les correctifs",
        "dépanner les utilisateurs au téléphone et par ticket",
        "rédiger les procédures d'exploitation",
        "décrire l'infrastructure sous forme de code",
        "sensibiliser les équipes aux risques d'hameçonnage",
    ),
    requirements=(
        "Titulaire d'un bac+2 en systèmes et réseaux, vous aimez résoudre les pannes.",
        "Vous avez déjà administré un parc mixte Linux et Windows.",
        "Pédagogue, vous savez vous mettre à la portée de l'utilisateur.",
        "Vous acceptez une semaine d'astreinte toutes les six semaines.",
        "Une certification cloud ou réseau serait appréciée.",
        "Le permis B est utile pour rejoindre les sites distants.",
    ),
    skills=listed(
        "Linux, Windows Server, Active Directory, VMware, Kubernetes, Docker, Terraform, "
        "Ansible, Jenkins, Prometheus, Grafana, AWS, Azure, Bash, PowerShell, Cisco, VPN, "
        "Office 365, GLPI, pare-feu, ITIL"
    ),
)
PROJECTS = Trade(
    category="consultancy-jobs",
    sector=DIGITAL,
    monthly_pay=(3000, 5500),
    pay_periods=FREELANCE,
    titles=(
        "Product Owner",
        "Chef de projet informatique|Cheffe de projet informatique",
        "Chef de projet digital|Cheffe de projet digitale",
        "Business Analyst",
        "Consultant AMOA|Consultante AMOA",
        "Scrum Master",
        "Consultant ERP|Consultante ERP",
    ),
    specialties=listed("confirmé, junior, SAP, assurance, banque, santé, e-commerce"),
    settings=(
        "pour piloter la refonte d'un portail destiné aux adhérents",
        "à l'interface entre les métiers et les équipes techniques",
        "afin de cadrer la mise en place d'un nouvel ERP",
        "pour une mission d'un an renouvelable en région",
    ),
    tasks=(
        "recueillir et formaliser les besoins des utilisateurs",
        "prioriser le backlog selon la valeur attendue",
        "rédiger les spécifications et les critères d'acceptation",
        "animer les ateliers, les démonstrations et les rétrospectives",
        "suivre le budget, le planning et les risques",
        "coordonner les prestataires et les équipes internes",
        "préparer puis exécuter les campagnes de recette",
        "conduire le changement auprès des futurs utilisateurs",
        "présenter l'avancement en comité de pilotage",
        "mesurer l'usage réel des fonctionnalités livrées",
        "cartographier les processus existants",
    ),
    requirements=(
        "Vous justifiez de trois à cinq ans dans la conduite de projets numériques.",
        "Vous savez arbitrer sans perdre de vue l'utilisateur final.",
        "Une première expérience en méthode agile est indispensable.",
        "Votre aisance rédactionnelle vous permet d'écrire vite et clair.",
        "Diplomate, vous savez dire non et proposer une autre voie.",
        "La connaissance du secteur bancaire est un plus.",
    ),
    skills=listed(
        "Scrum, Kanban, Jira, Confluence, SQL, Figma, BPMN, SAP, Salesforce, MS Project, "
        "Excel, gestion de projet, recette, UML, conduite du changement"
    ),
)
