"""Adzuna's categories with the labels of its French answers."""

UNKNOWN = "unknown"
CATEGORIES = {
    "accounting-finance-jobs": "Emplois Comptabilité et Finance",
    "it-jobs": "Emplois Informatique",
    "sales-jobs": "Emplois Vente",
    "customer-services-jobs": "Emplois Services client",
    "engineering-jobs": "Emplois Ingénierie",
    "hr-jobs": "Emplois RH et Recrutement",
    "healthcare-nursing-jobs": "Emplois Soins de santé et infirmiers",
    "hospitality-catering-jobs": "Emplois Hospitalité et Restauration",
    "pr-advertising-marketing-jobs": "Emplois RP, Publicité et Marketing",
    "logistics-warehouse-jobs": "Emplois Distribution et Entrepôts",
    "teaching-jobs": "Emplois Enseignement",
    "trade-construction-jobs": "Emplois Industrie et Construction",
    "admin-jobs": "Emplois Administration",
    "legal-jobs": "Emplois Droit",
    "creative-design-jobs": "Emplois Création et Design",
    "graduate-jobs": "Emplois Diplômés",
    "retail-jobs": "Emplois Commerce détail",
    "consultancy-jobs": "Emplois Consultants",
    "manufacturing-jobs": "Emplois Fabrication",
    "scientific-qa-jobs": "Emplois Scientifiques et AQ",
    "social-work-jobs": "Emplois Travail social",
    "travel-jobs": "Emplois Voyages",
    "property-jobs": "Emplois Immobilier",
    "maintenance-jobs": "Emplois Maintenance",
    "domestic-help-cleaning-jobs": "Emplois Aide à domicile et Nettoyage",
    "other-general-jobs": "Emplois Autres/Général",
    UNKNOWN: "Unknown",
}


def category(tag: str) -> dict[str, str]:
    """One category as the API answers it."""
    return {
        "__CLASS__": "Adzuna::API::Response::Category",
        "tag": tag,
        "label": CATEGORIES[tag],
    }
