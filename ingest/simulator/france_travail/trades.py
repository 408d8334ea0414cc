"""The ROME code and name that ads of each of the simulator's trades carry."""

ROME = {
    "accounting-finance-jobs": ("M1203", "Comptabilité"),
    "admin-jobs": ("M1607", "Secrétariat"),
    "consultancy-jobs": ("M1402", "Conseil en organisation et management d'entreprise"),
    "domestic-help-cleaning-jobs": ("K2204", "Nettoyage de locaux"),
    "healthcare-nursing-jobs": ("J1501", "Soins d'hygiène, de confort du patient"),
    "hospitality-catering-jobs": ("G1603", "Personnel polyvalent en restauration"),
    "hr-jobs": ("M1502", "Développement des ressources humaines"),
    "it-jobs": ("M1805", "Études et développement informatique"),
    "logistics-warehouse-jobs": ("N1103", "Magasinage et préparation de commandes"),
    "maintenance-jobs": ("I1304", "Maintenance d'équipements industriels"),
    "manufacturing-jobs": ("H2909", "Montage-assemblage mécanique"),
    "other-general-jobs": ("K2503", "Sécurité et surveillance privées"),
    "retail-jobs": ("D1106", "Vente en alimentation"),
    "sales-jobs": ("D1402", "Relation commerciale grands comptes et entreprises"),
    "social-work-jobs": ("K1207", "Intervention socioéducative"),
    "teaching-jobs": ("K2111", "Formation professionnelle"),
    "trade-construction-jobs": ("F1703", "Maçonnerie"),
}
