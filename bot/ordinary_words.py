"""Words in the names of events that any message may have, in five languages.

As `event_names` compares words: in small letters, without accents, without a plural s.
"""

_KINDS = {
    "fair": "feria foire salon معرض المعرض 市集 博览会",
    "market": "mercado marche سوق السوق 集市",
    "festival": "fest مهرجان المهرجان 音乐节 艺术节",
    "party": "fiesta fete 派对",
    "showcase": "展演",
    "workshop": "taller atelier ورشة الورشة 工作坊",
    "masterclass": "大师课",
    "screening": "proyeccion projection 放映",
    "exhibition": "exposicion exposition expo 展览",
    "quiz": "问答",
    "tour": "gira tournee 巡演",
}
#: What one event alone is found by where there are no others: the fair, in any
#: language by its English name.
KINDS = frozenset(_KINDS)
IN_ENGLISH = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_OF_ANY_MESSAGE = """
    a an and at by for from in is it my of off on or our the this that to up with we you
    all day days evening morning afternoon night today tomorrow tonight week weekend
    new late early live open opening first last big little best great good free special
    winter spring summer autumn fall christmas easter halloween
    january february march april may june july august
    september october november december
    monday tuesday wednesday thursday friday saturday sunday
    event events show concert gig session class course lesson talk meeting meetup music
    club series season edition part vol volume beginner kid family ticket shop store
    one two three time date place order
    el la lo los las un una unos de del al y o en con por para mi tu su que es
    dia tarde noche manana hoy semana nuevo nueva gran primer primera
    invierno primavera verano otono navidad
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
    diciembre lunes martes miercoles jueves viernes sabado domingo
    evento concierto curso clase sesion charla musica principiante tienda entrada
    le les un une des du au aux et ou en dans sur avec pour par mon ma me ce cette qui
    jour soir soiree nuit matin demain semaine nouveau nouvelle grand grande premier
    premiere hiver printemps ete automne noel
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    lundi mardi mercredi jeudi vendredi samedi dimanche
    evenement spectacle concert cours seance rencontre musique debutant billet boutique
    في من على الى عن مع و يوم ليلة الليلة مساء صباح حفلة الحفلة حفل عرض امسية جلسة
    شتاء صيف ربيع خريف موسيقى تذكرة
    音乐会 演唱会 演出 活动 之夜 晚会 课程 冬季 夏季 春季 秋季 现场 音乐 门票
"""
ORDINARY = KINDS | IN_ENGLISH.keys() | frozenset(_OF_ANY_MESSAGE.split())
_GOODS = """
    album record vinyl lp cd single shirt tshirt tee hoodie poster merch order parcel
    package delivery disco vinilo camiseta pedido paquete cartel envio
    disque vinyle maillot affiche commande colis livraison
    اسطوانة ألبوم البوم طلب طلبي الطلب طرد قميص
    唱片 专辑 黑胶 订单 包裹 快递 海报 衣服
"""
#: What is sold, and may be named after an event: its album, a shirt of it.
GOODS = frozenset(_GOODS.split())
