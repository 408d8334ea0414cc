"""Maintenance and production in factories."""

from ingest.simulator.phrases.sectors import INDUSTRY
from ingest.simulator.phrases.trade import Trade, listed

MAINTENANCE = Trade(
    category="maintenance-jobs",
    sector=INDUSTRY,
    monthly_pay=(2150, 3300),
    titles=(
        "Technicien de maintenance|Technicienne de maintenance",
        "Technicien de maintenance industrielle|Technicienne de maintenance industrielle",
        "Électromécanicien|Électromécanicienne",
        "Responsable maintenance|Responsable maintenance",
        "Automaticien|Automaticienne",
        "Mécanicien industriel|Mécanicienne industrielle",
        "Technicien SAV itinérant|Technicienne SAV itinérante",
    ),
    specialties=listed("3x8, 2x8, week-end, agroalimentaire, équipe de nuit, ascenseurs, éolien"),
    settings=(
        "sur un site de production en continu",
        "au sein d'un service de neuf techniciens",
        "pour fiabiliser deux nouvelles lignes de conditionnement",
        "en déplacement à la journée chez nos clients",
    ),
    tasks=(
        "diagnostiquer les pannes mécaniques, électriques et pneumatiques",
        "effectuer la maintenance préventive selon le planning",
        "remplacer roulements, courroies et vérins",
        "modifier des programmes d'automates",
        "renseigner les interventions dans la GMAO",
        "proposer des améliorations pour réduire les arrêts",
        "gérer le stock de pièces de rechange",
        "accompagner les prestataires extérieurs",
        "consigner les machines avant toute intervention",
        "former les opérateurs à la maintenance de premier niveau",
        "participer à l'installation de nouveaux équipements",
        "analyser les causes des pannes répétitives",
    ),
    requirements=(
        "BTS maintenance des systèmes ou électrotechnique.",
        "Vous lisez aussi bien un schéma pneumatique qu'un plan mécanique.",
        "Méthodique, vous cherchez la cause avant de changer la pièce.",
        "Les horaires postés sont compensés par des primes d'équipe.",
        "Habilitations électriques exigées ou à repasser avec nous.",
        "Une expérience en usine agroalimentaire serait un plus.",
    ),
    skills=listed(
        "GMAO, automatisme, Siemens, Schneider, pneumatique, hydraulique, mécanique, "
        "électrotechnique, habilitation électrique, TPM, soudure, 5S, variateurs, robotique"
    ),
)
PRODUCTION = Trade(
    category="manufacturing-jobs",
    sector=INDUSTRY,
    monthly_pay=(1830, 2600),
    titles=(
        "Opérateur de production|Opératrice de production",
        "Conducteur de ligne|Conductrice de ligne",
        "Soudeur TIG|Soudeuse TIG",
        "Usineur|Usineuse",
        "Tourneur-fraiseur|Tourneuse-fraiseuse",
        "Agent de conditionnement|Agente de conditionnement",
        "Chaudronnier|Chaudronnière",
        "Contrôleur qualité|Contrôleuse qualité",
        "Régleur sur presse|Régleuse sur presse",
    ),
    specialties=listed("2x8, 3x8, de nuit, débutant accepté, aéronautique, CN, agroalimentaire"),
    settings=(
        "pour un atelier de petites et moyennes séries",
        "sur une ligne d'emballage automatisée",
        "en équipe de week-end",
        "pour renforcer l'îlot de soudure",
    ),
    tasks=(
        "alimenter la machine et surveiller son fonctionnement",
        "contrôler les cotes au pied à coulisse",
        "régler les paramètres et changer les outils",
        "assembler les sous-ensembles selon la gamme",
        "souder en position sur inox et acier",
        "conditionner, peser et étiqueter les produits",
        "noter les quantités et les rebuts",
        "alerter en cas de dérive de la qualité",
        "nettoyer la ligne entre deux fabrications",
        "ébavurer et polir les pièces",
        "tracer, découper et former les tôles",
        "appliquer les consignes d'hygiène et de sécurité",
    ),
    requirements=(
        "Habile de vos mains, vous aimez le travail précis.",
        "Vous acceptez les horaires en deux ou trois équipes.",
        "Une formation au poste est assurée par un tuteur.",
        "Vous savez lire un plan et utiliser un micromètre.",
        "Licences de soudure valides appréciées.",
        "Le site n'est pas desservi par les bus, un véhicule est utile.",
    ),
    skills=listed(
        "contrôle qualité, lecture de plans, soudure TIG, soudure MIG, commande numérique, "
        "métrologie, 5S, HACCP, pont roulant, Fanuc, pliage, traçabilité, BPF"
    ),
)
