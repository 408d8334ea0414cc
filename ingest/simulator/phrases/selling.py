"""Sales on the road and in shops."""

from ingest.simulator.phrases.sectors import SHOPS
from ingest.simulator.phrases.trade import Trade, listed

SALES = Trade(
    category="sales-jobs",
    sector=SHOPS,
    monthly_pay=(2100, 3900),
    titles=(
        "Commercial|Commerciale",
        "Commercial itinérant|Commerciale itinérante",
        "Technico-commercial|Technico-commerciale",
        "Attaché commercial|Attachée commerciale",
        "Chargé d'affaires|Chargée d'affaires",
        "Responsable de secteur|Responsable de secteur",
        "Téléconseiller|Téléconseillère",
        "Conseiller immobilier|Conseillère immobilière",
    ),
    specialties=listed(
        "BtoB, terrain, sédentaire, grands comptes, énergie, agroalimentaire, matériaux"
    ),
    settings=(
        "pour développer un secteur de trois départements",
        "sur un portefeuille existant à faire grandir",
        "pour vendre nos solutions aux artisans du bâtiment",
        "afin d'ouvrir de nouveaux comptes auprès des PME",
    ),
    tasks=(
        "prospecter par téléphone et sur le terrain",
        "qualifier les besoins et bâtir une offre adaptée",
        "négocier les prix, les délais et les volumes",
        "fidéliser les clients par des visites régulières",
        "répondre aux appels d'offres",
        "tenir un stand sur les salons professionnels",
        "renseigner le CRM après chaque rendez-vous",
        "atteindre vos objectifs de marge et de conquête",
        "surveiller les initiatives de la concurrence",
        "présenter les nouveautés de la gamme",
        "suivre les encours et les impayés de votre secteur",
        "organiser votre semaine de tournée en autonomie",
    ),
    requirements=(
        "Vous aimez convaincre et ne vous découragez pas au premier refus.",
        "Permis B indispensable, véhicule de service fourni.",
        "Une expérience réussie de la vente aux professionnels est demandée.",
        "Votre fixe est complété par des commissions non plafonnées.",
        "Vous parlez technique avec un chef d'atelier et budget avec un acheteur.",
        "BTS négociation ou parcours autodidacte, nous regardons l'envie.",
    ),
    skills=listed(
        "prospection, négociation, CRM, Salesforce, HubSpot, permis B, vente, anglais, appels "
        "d'offres, fidélisation, closing, Excel, relation client"
    ),
)
RETAIL = Trade(
    category="retail-jobs",
    sector=SHOPS,
    monthly_pay=(1810, 2300),
    titles=(
        "Vendeur|Vendeuse",
        "Conseiller de vente|Conseillère de vente",
        "Hôte de caisse|Hôtesse de caisse",
        "Employé libre-service|Employée libre-service",
        "Responsable de rayon|Responsable de rayon",
        "Directeur adjoint de magasin|Directrice adjointe de magasin",
        "Boucher|Bouchère",
        "Vendeur en boulangerie|Vendeuse en boulangerie",
    ),
    specialties=listed(
        "prêt-à-porter, jardin, fruits et légumes, week-end étudiant, bricolage, 30 h, luxe"
    ),
    settings=(
        "pour notre boutique du centre-ville",
        "au rayon produits frais",
        "pour l'ouverture d'un nouveau magasin",
        "en renfort pendant les fêtes de fin d'année",
    ),
    tasks=(
        "accueillir et conseiller la clientèle",
        "mettre en rayon et vérifier l'étiquetage",
        "tenir la caisse et proposer la carte de fidélité",
        "réaliser les vitrines et les têtes de gondole",
        "contrôler les dates de péremption",
        "passer les commandes et limiter les ruptures",
        "gérer les échanges et les remboursements",
        "participer à l'inventaire annuel",
        "cuire les pains et garnir la vitrine",
        "animer une petite équipe de vendeurs",
        "suivre le chiffre du rayon et la démarque",
        "préparer les commandes passées sur internet",
    ),
    requirements=(
        "Le sens du commerce prime sur le diplôme.",
        "Vous êtes disponible le samedi toute la journée.",
        "Vous aimez que tout soit bien présenté.",
        "La station debout prolongée ne vous rebute pas.",
        "Un bac professionnel vente est apprécié.",
        "Dynamique et souriant(e), vous donnez envie de revenir.",
    ),
    skills=listed(
        "vente, encaissement, merchandising, mise en rayon, inventaire, facing, accueil, "
        "gestion des stocks, CAP boucher, découpe, anglais, fidélisation"
    ),
)
