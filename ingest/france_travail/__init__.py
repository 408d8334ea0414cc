"""France Travail's API "Offres d'emploi v2": https://francetravail.io/produits-partages/catalogue/offres-emploi"""
