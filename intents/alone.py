"""Of which language is a word or two that nothing else is said with?

"Horaires", "salam": too little for how often letters stand on a page of each language,
and yet no word of another one that is written in these letters.
"""

from collections.abc import Mapping, Sequence

from intents.text import unaccented

#: More words say enough by themselves.
MOST = 3
#: Without accents, by language; what two of them write stands in none.
_WORDS: Mapping[str, str] = {
    "ar": """
        salam salaam salem slm marhaba mar7aba ahlan ahlen ahla shukran choukran
        shokran chokran wein ween wayn feen fein talabi talabiya talabiyeti tawsil
        tawseel flous floos fulus flousi floosi masari bkam bikam kam se3r si3r s3r
        3andkom 3andkon 3andak 3ndkm 3afak 3afakom mawjood mawjoud ma7al fatura fatoura
        tazaker tazkara mushkila moshkila moshkla na3am aywa aywah tamam khalas 5alas
        yalla inshallah inchallah habibi 7abibi wakha labas bghit baddi biddi abgha abi
        3ayez 3ayza 3awez 3awza emta imta wa9tach waqtach fo9ach ch7al mtwaffer
        mowazaf ilgha2 sabah kheir
    """,
    "es": """
        horarios devoluciones devolucion reembolso precios precio tienda pedido pedidos
        envios entradas factura hola buenas gracias ayuda queja direccion
    """,
    "fr": """
        horaires retour retours coucou allo salut bonjour bonsoir bjr bsr slt annulation
        adresse billets echange echanger remboursement rembourse garantie prix tarif
        tarifs panier magasin ouverture fermeture ouvert ouverts ferme fermes humain
        conseiller reclamation plainte probleme mdp connexion compte desabonner livreur
        livraison livraisons abime defectueux raye manquant quoi vinyle vinyles disque
        disques platine veste facture factures commande colis evenements svp stp merci
        jamais desole suivi taille tailles dispo acces affiche enceinte perdu casse
    """,
}
_HOMES: Mapping[str, str] = {
    word: language for language, words in _WORDS.items() for word in words.split()
}


def home(words: Sequence[str]) -> str | None:
    """Return the language of which every one of a few words is, None if of none."""
    if not 0 < len(words) <= MOST:
        return None
    homes = {_HOMES.get(unaccented(word)) for word in words}
    return homes.pop() if len(homes) == 1 else None
