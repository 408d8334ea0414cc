"""Lorries and warehouses."""

from ingest.simulator.phrases.sectors import TRANSPORT
from ingest.simulator.phrases.trade import Trade, listed

DRIVER = Trade(
    category="logistics-warehouse-jobs",
    sector=TRANSPORT,
    monthly_pay=(1950, 2700),
    titles=(
        "Chauffeur poids lourd|Conductrice poids lourd",
        "Conducteur SPL|Conductrice SPL",
        "Chauffeur-livreur|Chauffeuse-livreuse",
        "Conducteur routier|Conductrice routière",
        "Chauffeur de car scolaire|Conductrice de car scolaire",
        "Livreur VL|Livreuse VL",
    ),
    specialties=listed("régional, national, frigo, benne, messagerie, de nuit, ADR, citerne"),
    settings=(
        "pour des tournées régionales à la journée",
        "au départ de notre dépôt, avec retour chaque soir",
        "pour livrer des magasins en température dirigée",
        "sur une ligne de nuit entre deux plateformes",
    ),
    tasks=(
        "charger, arrimer et décharger les marchandises",
        "livrer les clients dans le respect des horaires",
        "contrôler l'état du véhicule avant le départ",
        "faire signer et rapporter les bons de livraison",
        "respecter les temps de conduite et de repos",
        "manœuvrer sur quai et en zone urbaine dense",
        "signaler les avaries et les retards à l'exploitation",
        "conduire un ensemble articulé récent",
        "entretenir la propreté de la cabine et de la remorque",
        "optimiser l'ordre de la tournée avec l'exploitant",
        "utiliser le hayon et le transpalette en sécurité",
    ),
    requirements=(
        "Permis C ou CE, FIMO et carte conducteur à jour.",
        "Vous roulez souple et économe.",
        "Une première année de conduite en livraison est souhaitée.",
        "Les jeunes titulaires du titre professionnel sont les bienvenus.",
        "Vous représentez l'entreprise auprès du destinataire, le sourire compte.",
        "Prise de poste vers cinq heures du matin.",
    ),
    skills=listed(
        "permis C, permis CE, FIMO, FCO, ADR, hayon, chronotachygraphe, transpalette, "
        "arrimage, CACES R489, lecture de carte, permis D"
    ),
)
WAREHOUSE = Trade(
    category="logistics-warehouse-jobs",
    sector=TRANSPORT,
    monthly_pay=(1820, 2250),
    titles=(
        "Cariste|Cariste",
        "Préparateur de commandes|Préparatrice de commandes",
        "Magasinier cariste|Magasinière cariste",
        "Agent logistique|Agente logistique",
        "Manutentionnaire|Manutentionnaire",
        "Gestionnaire de stock|Gestionnaire de stock",
        "Réceptionnaire|Réceptionnaire",
    ),
    specialties=listed("CACES 1, CACES 3 et 5, CACES 1A/1B, 2x8, de nuit, frais, drive"),
    settings=(
        "pour un entrepôt de produits frais",
        "au sein d'une plateforme neuve de trente mille mètres carrés",
        "pour absorber la hausse d'activité de la saison",
        "en horaires décalés, du lundi au vendredi",
    ),
    tasks=(
        "préparer les commandes à l'aide d'un casque vocal",
        "filmer, étiqueter et palettiser les colis",
        "ranger les palettes en hauteur avec un chariot rétractable",
        "charger et décharger les camions à quai",
        "contrôler les quantités reçues et les dates limites",
        "saisir les mouvements dans le logiciel d'entrepôt",
        "participer aux inventaires tournants",
        "trier les retours et isoler les produits abîmés",
        "maintenir les allées dégagées et propres",
        "réapprovisionner les emplacements de prélèvement",
        "vérifier le niveau de charge des batteries",
    ),
    requirements=(
        "Vos CACES R489 sont valides et vous les avez pratiqués récemment.",
        "Vous tenez un rythme soutenu sans négliger la sécurité.",
        "Le port de charges répété ne vous fait pas peur.",
        "Le travail dans le froid positif ne vous gêne pas.",
        "Vous savez lire un bordereau et compter juste.",
        "Débutant accepté : une formation interne de trois jours est prévue.",
    ),
    skills=listed(
        "CACES 1, CACES 3, CACES 5, CACES 6, WMS, commande vocale, scan, SAP, inventaire, "
        "palettisation, gestes et postures, chariot élévateur, transpalette, Excel"
    ),
)
