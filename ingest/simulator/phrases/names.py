"""What invented employers are called."""

from ingest.simulator.phrases.trade import listed

SURNAMES = listed(
    "Abadie, Alvarez, Arnaud, Aubert, Bailly, Barbier, Baudry, Benali, Bertin, Besnard, Blanchet, "
    "Bodin, Bonnet, Bouvier, Briand, Brunet, Carlier, Caron, Chabert, Charrier, Chauvin, Clément, "
    "Collet, Cordier, Coulon, Courtois, Da Silva, Delaunay, Deschamps, Diallo, Dufour, Dumas, "
    "Etcheverry, Fabre, Faure, Ferrand, Fontaine, Fournier, Gaillard, Garnier, Gauthier, Germain, "
    "Gillet, Girard, Grandjean, Guérin, Guichard, Guillou, Hamon, Hébert, Hervé, Hoarau, Huet, "
    "Jacquet, Joly, Kervella, Labbé, Lacroix, Lambert, Langlois, Lebreton, Lefort, Legrand, "
    "Lemoine, Lopez, Mallet, Marchand, Marty, Maillard, Meunier, Millet, Monnier, Morvan, "
    "Navarro, Nguyen, Noël, Olivier, Pasquier, Pelletier, Perrin, Picard, Poirier, Prévost, "
    "Quéméner, Raynaud, Renard, Rey, Rivière, Rolland, Roussel, Sabatier, Salaün, Schmitt, "
    "Tanguy, Texier, Thibault, Tessier, Vallet, Vasseur, Vidal, Voisin, Weber, Ziegler"
)
_STARTS = listed(
    "Alv, Bri, Cal, Dor, Elv, Fal, Gal, Hel, Jor, Kor, Lum, Mar, Nov, Ori, Pal, Quar, Riv, Sol, "
    "Tav, Ver"
)
_ENDS = listed("ane, élis, ovia, ium, anta, exa, ora, yle, isis, éo, onis, aude")
WORDS = tuple(start + end for start in _STARTS for end in _ENDS)
