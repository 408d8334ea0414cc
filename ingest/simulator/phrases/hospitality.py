"""Kitchens and dining rooms."""

from ingest.simulator.phrases.sectors import HOSPITALITY
from ingest.simulator.phrases.trade import Trade, listed

COOK = Trade(
    category="hospitality-catering-jobs",
    sector=HOSPITALITY,
    monthly_pay=(1850, 2700),
    titles=(
        "Cuisinier|Cuisinière",
        "Chef de partie|Cheffe de partie",
        "Commis de cuisine|Commis de cuisine",
        "Second de cuisine|Seconde de cuisine",
        "Chef gérant|Cheffe gérante",
        "Pâtissier|Pâtissière",
        "Plongeur|Plongeuse",
        "Pizzaïolo|Pizzaïola",
    ),
    specialties=listed(
        "collectivité, poste froid, poste chaud, saison, du lundi au vendredi, traditionnel"
    ),
    settings=(
        "pour compléter une brigade de six personnes",
        "en restauration collective, sans coupure",
        "pour la saison d'été, logement possible",
        "dans une cuisine ouverte sur la salle",
    ),
    tasks=(
        "réaliser les entrées, les plats et les desserts de la carte",
        "éplucher, tailler et cuire les légumes du jour",
        "dresser les assiettes avec soin pendant le service",
        "respecter les fiches techniques et les grammages",
        "réceptionner les livraisons et contrôler la fraîcheur",
        "nettoyer le poste de travail et le matériel",
        "appliquer les règles d'hygiène et les relevés de température",
        "proposer des suggestions selon le marché",
        "préparer les fonds, les jus et les sauces",
        "gérer les stocks et limiter le gaspillage",
        "encadrer un commis et un apprenti",
        "élaborer les menus scolaires avec la diététicienne",
    ),
    requirements=(
        "CAP cuisine ou solide pratique derrière les fourneaux.",
        "Vous gardez votre calme pendant le coup de feu.",
        "Vous aimez travailler des produits bruts.",
        "L'esprit de brigade compte autant que la technique.",
        "Deux jours de repos consécutifs, service continu.",
        "Une expérience en cuisine de collectivité est appréciée.",
    ),
    skills=listed(
        "HACCP, cuisson, dressage, pâtisserie, fiches techniques, gestion des stocks, cuisine "
        "traditionnelle, liaison froide, découpe, allergènes, CAP cuisine"
    ),
)
WAITER = Trade(
    category="hospitality-catering-jobs",
    sector=HOSPITALITY,
    monthly_pay=(1820, 2300),
    titles=(
        "Serveur|Serveuse",
        "Chef de rang|Cheffe de rang",
        "Barman|Barmaid",
        "Réceptionniste|Réceptionniste",
        "Employé de restauration|Employée de restauration",
        "Maître d'hôtel|Maîtresse d'hôtel",
        "Valet de chambre|Femme de chambre",
    ),
    specialties=listed("extra, saison, temps partiel, petit-déjeuner, coupure, brasserie, banquet"),
    settings=(
        "pour le service du midi et du soir",
        "en terrasse comme en salle, d'avril à octobre",
        "pour un établissement de bord de mer",
        "dans une équipe jeune de huit personnes",
    ),
    tasks=(
        "accueillir les clients et les conduire à leur table",
        "prendre les commandes et conseiller les vins",
        "assurer le service à l'assiette et au plateau",
        "dresser et débarrasser les tables",
        "préparer les boissons chaudes et les cocktails",
        "encaisser les additions et clôturer la caisse",
        "répondre au téléphone et noter les réservations",
        "veiller à la propreté de la salle et de la terrasse",
        "faire le lien entre la cuisine et la salle",
        "remettre en place le buffet du petit-déjeuner",
        "enregistrer les arrivées et les départs de l'hôtel",
    ),
    requirements=(
        "Votre présentation est soignée et votre sourire naturel.",
        "Vous avez déjà porté trois assiettes sans trembler.",
        "L'anglais courant est utile avec notre clientèle étrangère.",
        "Vous êtes disponible le samedi et certains jours fériés.",
        "Une formation hôtelière est un plus, l'envie suffit.",
        "Le rythme des services en coupure vous convient.",
    ),
    skills=listed(
        "service à l'assiette, encaissement, œnologie, cocktails, anglais, accueil, Opera, "
        "prise de commande, réservation, room service, HACCP"
    ),
)
