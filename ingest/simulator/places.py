"""Where the jobs are: French towns as Adzuna names them, with its uneven levels."""

import random
from itertools import accumulate

# Weight, levels below France and coordinates. The weights follow the regions of 2,632 real ads,
# the levels are region, department, chief town of the district, commune, a place below it.
_TOWNS = """
28|Ile-de-France/Paris|48.863839,2.344631
9|Ile-de-France/Paris/1er Arrondissement|48.8625,2.3364
9|Ile-de-France/Paris/8ème Arrondissement|48.8727,2.3125
7|Ile-de-France/Paris/13ème Arrondissement|48.8322,2.3561
7|Ile-de-France/Paris/17ème Arrondissement|48.8835,2.3219
18|Ile-de-France/Hauts-de-Seine/Nanterre/Courbevoie/La Défense|48.8919,2.2389
12|Ile-de-France/Hauts-de-Seine/Boulogne-Billancourt/Issy-les-Moulineaux|48.8239,2.27
12|Ile-de-France/Seine-Saint-Denis/Bobigny/Montreuil|48.8624,2.4412
10|Ile-de-France/Seine-Saint-Denis/Saint-Denis/Aubervilliers|48.9146,2.3812
10|Ile-de-France/Val-de-Marne/Créteil/Vitry-sur-Seine|48.7875,2.3928
9|Ile-de-France/Yvelines/Versailles/Vélizy-Villacoublay|48.781,2.1872
8|Ile-de-France/Essonne/Evry/Corbeil-Essonnes/Lisses|48.6014,2.4223
7|Ile-de-France/Essonne/Palaiseau/Massy/Igny|48.7396,2.2272
8|Ile-de-France/Val-d'Oise/Pontoise/Cergy/Osny|49.0703,2.0626
8|Ile-de-France/Seine-et-Marne/Torcy/Noisiel|48.8455,2.6288
8|Auvergne-Rhône-Alpes/Rhône/Lyon|45.76,4.8357
9|Auvergne-Rhône-Alpes/Rhône/Lyon/Villeurbanne|45.7719,4.8902
4|Auvergne-Rhône-Alpes/Rhône/Villefranche-sur-Saône/Limas|45.9748,4.7049
6|Auvergne-Rhône-Alpes/Isère/Grenoble/Meylan|45.2093,5.7774
4|Auvergne-Rhône-Alpes/Puy-de-Dôme/Clermont-Ferrand|45.7772,3.087
4|Auvergne-Rhône-Alpes/Haute-Savoie/Annecy/Rumilly|45.8653,5.9442
4|Auvergne-Rhône-Alpes/Loire/Saint-Etienne/Saint-Chamond|45.475,4.5136
6|Occitanie/Haute-Garonne/Toulouse|43.6045,1.444
8|Occitanie/Haute-Garonne/Toulouse/Blagnac|43.636,1.3904
6|Occitanie/Hérault/Montpellier/Lattes/Saint-Jean-de-Védas|43.5773,3.8264
4|Occitanie/Gard/Nîmes/Vauvert|43.6939,4.2768
4|Occitanie/Tarn/Albi|43.9298,2.148
5|Provence-Alpes-Côte d'Azur/Bouches-du-Rhône/Marseille|43.2965,5.3698
8|Provence-Alpes-Côte d'Azur/Bouches-du-Rhône/Aix-en-Provence/Vitrolles|43.4547,5.2489
4|Provence-Alpes-Côte d'Azur/Alpes-Maritimes/Nice|43.7031,7.2661
4|Provence-Alpes-Côte d'Azur/Alpes-Maritimes/Grasse/Valbonne|43.6412,7.0089
3|Provence-Alpes-Côte d'Azur/Var/Toulon/La Garde|43.1248,6.0103
3|Provence-Alpes-Côte d'Azur/Vaucluse/Avignon/Sorgues|44.0102,4.8722
5|Hauts-De-France/Nord/Lille|50.6292,3.0573
7|Hauts-De-France/Nord/Lille/Villeneuve-d'Ascq|50.6192,3.1313
5|Hauts-De-France/Nord/Lille/Tourcoing/Neuville-en-Ferrain|50.7457,3.1578
5|Hauts-De-France/Pas-de-Calais/Arras/Beaurains|50.2629,2.7927
3|Hauts-De-France/Somme/Amiens|49.8943,2.2958
5|Nouvelle-Aquitaine/Gironde/Bordeaux|44.8378,-0.5792
10|Nouvelle-Aquitaine/Gironde/Bordeaux/Mérignac|44.8434,-0.6528
3|Nouvelle-Aquitaine/Vienne/Poitiers/Chasseneuil-du-Poitou|46.6506,0.3741
3|Nouvelle-Aquitaine/Pyrénées-Atlantiques/Bayonne/Anglet|43.4817,-1.5142
3|Nouvelle-Aquitaine/Charente-Maritime/La Rochelle|46.1603,-1.1511
5|Pays de la Loire/Loire-Atlantique/Nantes|47.2184,-1.5536
9|Pays de la Loire/Loire-Atlantique/Nantes/Rezé/Pont-Rousseau|47.1936,-1.5473
4|Pays de la Loire/Maine-et-Loire/Angers/Beaucouzé|47.4747,-0.6343
3|Pays de la Loire/Vendée/La Roche-sur-Yon/Montaigu|46.9736,-1.3142
4|Bretagne/Ille-et-Vilaine/Rennes|48.1173,-1.6778
5|Bretagne/Ille-et-Vilaine/Rennes/Cesson-Sévigné|48.1212,-1.6033
3|Bretagne/Finistère/Brest/Guipavas|48.4340,-4.3986
3|Bretagne/Morbihan/Lorient/Lanester|47.7627,-3.345
6|Grand-Est/Bas-Rhin/Strasbourg/Schiltigheim|48.6078,7.7488
3|Grand-Est/Moselle/Metz-Ville/Metz|49.1161,6.1727
3|Grand-Est/Marne/Reims/Tinqueux|49.2496,3.9908
3|Grand-Est/Meurthe-et-Moselle/Nancy|48.6921,6.1844
5|Centre/Indre-et-Loire/Tours/Joué-lès-Tours|47.3514,0.6625
4|Centre/Loiret/Orléans/Olivet|47.8625,1.901
3|Centre/Eure-et-Loir/Chartres|48.4469,1.4892
4|Normandie/Seine-Maritime/Rouen/Sotteville-lès-Rouen|49.4092,1.0901
3|Normandie/Calvados/Caen|49.1829,-0.3707
4|Bourgogne-Franche-Comté/Côte-d'Or/Dijon/Quetigny|47.3153,5.1096
2|Bourgogne-Franche-Comté/Doubs/Besançon|47.2378,6.0241
2|DOM-TOM/La Réunion/Saint-Denis|-20.8823,55.4504
1|Corse/Corse-du-Sud/Ajaccio|41.9192,8.7386
"""
# The other ways in which the same region is written.
_RESPELT = {
    "Ile-de-France": ("Île-de-France", "Ile de France"),
    "Hauts-De-France": ("Hauts-de-France", "Hauts de France"),
    "Centre": ("Centre-Val-de-Loire", "Centre-Val de Loire"),
    "Pays de la Loire": ("Pays-de-la-Loire",),
    "Grand-Est": ("Grand Est",),
    "Provence-Alpes-Côte d'Azur": ("Provence-Alpes-Côte-d'Azur", "PACA"),
    "Bourgogne-Franche-Comté": ("Bourgogne Franche-Comté",),
    "Auvergne-Rhône-Alpes": ("Auvergne-Rhone-Alpes",),
}
RESPELT_SHARE = 0.02
# Levels of 2,632 real ads: 287 of one, 90 of two, 703, 582, 904, 66 of six. Towns that have fewer
# levels than drawn push the lower counts up, hence not quite these numbers.
_DEPTHS = (1, 2, 3, 4, 5, 6)
_DEPTH_WEIGHTS = tuple(accumulate((11, 3.5, 22, 11, 46, 6.5)))
# Nearly all ads without coordinates (306 of 2,632) say "France" and no more.
UNPLACED_SHARE = 0.023
MISPLACED_SHARE = 0.004

_ROWS = [line.split("|") for line in _TOWNS.strip().splitlines()]
_WEIGHTS = tuple(accumulate(int(weight) for weight, _, _ in _ROWS))
_PLACES = [(tuple(levels.split("/")), *map(float, point.split(","))) for _, levels, point in _ROWS]


def town_of(levels: tuple[str, ...]) -> str:
    """The name an ad's text uses: the commune, or the town above where there is none."""
    return levels[3] if len(levels) > 3 else levels[1] if levels[1] == "Paris" else levels[2]


def draw_place(rng: random.Random) -> tuple[str, dict]:
    """A town's name and the fields that an ad has of it: `location`, perhaps coordinates."""
    levels, latitude, longitude = rng.choices(_PLACES, cum_weights=_WEIGHTS)[0]
    town = town_of(levels)
    if levels[0] in _RESPELT and rng.random() < RESPELT_SHARE:
        levels = (rng.choice(_RESPELT[levels[0]]), *levels[1:])
    area = ["France", *levels][: rng.choices(_DEPTHS, cum_weights=_DEPTH_WEIGHTS)[0]]
    fields: dict = {
        "location": {
            "__CLASS__": "Adzuna::API::Response::Location",
            "area": area,
            "display_name": ", ".join(area[:-3:-1]),
        }
    }
    if len(area) > 1 and rng.random() >= UNPLACED_SHARE:
        if rng.random() < MISPLACED_SHARE:
            latitude, longitude = rng.choice(
                ((0.0, 0.0), (longitude, latitude), (48.85341, 2.3488))
            )
        fields |= {"latitude": latitude, "longitude": longitude}
    return town, fields
