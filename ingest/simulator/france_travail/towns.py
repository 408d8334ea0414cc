"""The simulator's towns as France Travail names them."""

from dataclasses import dataclass

# Name in ads, département, commune (INSEE), postal code.
_TOWNS = """
Paris|75|75056|75001
Courbevoie|92|92026|92400
Issy-les-Moulineaux|92|92040|92130
Montreuil|93|93048|93100
Aubervilliers|93|93001|93300
Vitry-sur-Seine|94|94081|94400
Vélizy-Villacoublay|78|78640|78140
Corbeil-Essonnes|91|91174|91100
Massy|91|91377|91300
Cergy|95|95127|95000
Noisiel|77|77337|77186
Lyon|69|69123|69002
Villeurbanne|69|69266|69100
Limas|69|69115|69400
Meylan|38|38229|38240
Clermont-Ferrand|63|63113|63000
Rumilly|74|74225|74150
Saint-Chamond|42|42207|42400
Toulouse|31|31555|31000
Blagnac|31|31069|31700
Lattes|34|34129|34970
Vauvert|30|30341|30600
Albi|81|81004|81000
Marseille|13|13055|13001
Vitrolles|13|13117|13127
Nice|06|06088|06000
Valbonne|06|06152|06560
La Garde|83|83062|83130
Sorgues|84|84129|84700
Lille|59|59350|59000
Villeneuve-d'Ascq|59|59009|59650
Tourcoing|59|59599|59200
Beaurains|62|62099|62217
Amiens|80|80021|80000
Bordeaux|33|33063|33000
Mérignac|33|33281|33700
Chasseneuil-du-Poitou|86|86062|86360
Anglet|64|64024|64600
La Rochelle|17|17300|17000
Nantes|44|44109|44000
Rezé|44|44143|44400
Beaucouzé|49|49020|49070
Montaigu|85|85146|85600
Rennes|35|35238|35000
Cesson-Sévigné|35|35051|35510
Guipavas|29|29075|29490
Lanester|56|56098|56600
Schiltigheim|67|67447|67300
Metz|57|57463|57000
Tinqueux|51|51573|51430
Nancy|54|54395|54000
Joué-lès-Tours|37|37122|37300
Olivet|45|45232|45160
Chartres|28|28085|28000
Sotteville-lès-Rouen|76|76681|76300
Caen|14|14118|14000
Quetigny|21|21515|21800
Besançon|25|25056|25000
Saint-Denis|974|97411|97400
Ajaccio|2A|2A004|20000
"""


@dataclass(frozen=True)
class Town:
    name: str
    department: str
    commune: str
    postal_code: str


TOWNS = {
    town.name: town for town in (Town(*line.split("|")) for line in _TOWNS.strip().splitlines())
}
