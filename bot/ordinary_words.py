"""Words in the names of events that any message may have, in five languages.

As `event_names` compares words: in small letters, without accents, without a plural s.
"""

_KINDS = {
    "fair": "feria foire bourse salon معرض المعرض 市集 博览会 展会",
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
#: What else names are made of in English, and said in a customer's own language.
_IN_NAMES = {
    "quartet": "cuarteto quatuor رباعي الرباعي الرباعية 四重奏",
    "trio": "ثلاثي الثلاثي 三重奏",
    "quintet": "quinteto quintette خماسي الخماسي 五重奏",
    "orchestra": "orquesta orchestre اوركسترا الاوركسترا 管弦乐团 交响乐团",
    "choir": "coro choeur chorale جوقة الجوقة 合唱团 合唱",
    "vinyl": "vinilo vinyle فينيل الفينيل 黑胶 黑膠",
    "printing": "serigrafia serigraphie طباعة الطباعة 印刷 丝印 丝网印刷",
    "design": "diseno diseñar conception تصميم التصميم 设计 設計",
    "comedy": "comedia comedie كوميديا 喜剧",
    "poetry": "poesia poesie شعر الشعر 诗歌",
    "ferry": "العبارة 渡轮",
}
IN_ENGLISH = {
    word: english
    for english, words in (_KINDS | _IN_NAMES).items()
    for word in words.split()
}
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
_OF_KINDS = frozenset(word for words in _KINDS.values() for word in words.split())
ORDINARY = KINDS | _OF_KINDS | frozenset(_OF_ANY_MESSAGE.split())
_GOODS = """
    album record vinyl lp cd single shirt tshirt tee hoodie poster merch order parcel
    package delivery disco vinilo camiseta pedido paquete cartel envio
    disque vinyle maillot affiche commande colis livraison
    اسطوانة ألبوم البوم طلب طلبي الطلب طرد قميص
    唱片 专辑 黑胶 订单 包裹 快递 海报 衣服
"""
#: What is sold, and may be named after an event: its album, a shirt of it.
GOODS = frozenset(_GOODS.split())
_OF_STOCK = """
    hi hello hey please thank ok are do does did have has had got get still back
    again any some more left only stock store sell sold selling available
    availability out when will can could would want wanted like looking look
    need buy bought know tell there here your i me them they it its itself be
    been come coming going restock restocked soon size colour color small medium
    large xs xl xxl xxxl yet right just now website online site page copy copie
    u ur pls plz what which how much many price cost see saw im ive id hola
    buena bueno favor gracia tiene tienen teneis tenei hay queda quedan quedara
    todavia aun otra vez mas disponible disponibilidad agotado agotada vende
    dispo dispos venden vendeis vendei cuando puedo puede quiero quisiera busco necesito
    comprar saber si talla pequena mediana vuelve volver vuelven vuelva tendra
    tendran esta estan es son web pagina precio cuanto cuesta gustaria quería
    queria otro bonjour salut bonsoir svp plait merci avez vous est ce avoir
    reste encore toujours plus disponibilite rupture vend vendez quand puis peux
    pourrais voudrais veux cherche besoin acheter savoir taille couleur petit
    moyen revient retour revenir aura aurez il elle je j l d s t c n qu prix
    combien coute sont a مرحبا اهلا السلام عليكم رجاء فضلك لو سمحت شكرا هل عندكم
    عندك لديكم لديك فيه يوجد توجد متوفر متوفرة متوفره متاح متاحة موجود موجودة
    مخزون المخزون باقي بقي لا زال مازال مرة اخرى نفد نفدت تبيعون متى ممكن اريد
    ابغى عايز بدي ابحث احتاج شراء اشتري اعرف يتوفر تتوفر متوفرين مقاس المقاس لون
    اللون صغير وسط كبير يرجع ترجع سيعود ستعود يعود تعود كم سعر سعره سعرها بكم هو
    هي هذا هذه هاي ايش شو لسه لسا
    pp rrp priced pricing costing it come vale valen sale salen costo coste como
    costaria coutent couterait tarif cb cest بكام كام ثمن ثمنه ثمنها اسعار حق حقه حقها
    قيمة قيمته تكلفة يكلف تكلف قديش اديش بقديش قداش بقداش شكد شقد شحال بشحال بسعر
    sorry meant mean no instead rather oops perdon decia decir queria quise refiero
    desole voulais dire parlais plutot non اقصد قصدي قصدت اسف عفوا لا
    bkam bikam bekam kam adesh addesh adech addech badesh gadesh qadesh
"""
#: What is said of any product by whoever asks whether there is one, or its price.
OF_STOCK = frozenset(_OF_STOCK.split())
_OF_STOCK_CHINESE = """
    你好 您好 请问 请 谢谢 麻烦 你们 您们 咱们 我们 店里 网站 店 有没有 有货
    没货 有吗 还有 还 有 没有 现货 库存 缺货 补货 到货 上架 断货 卖完 售罄 卖 买
    想买 想要 想 要 我 什么时候 何时 什么 时候 会 能 可以 再 重新 又 吗 呢 啊 吧
    了 的 这个 那个 这款 那款 这件 那件 这 那 是 在 码 尺码 号 大号 中号 小号
    颜色 多少钱 多少 钱 价格 怎么 一下 知道 现在 目前 一个 一件 个 件 款 台 张
    我说的是 我是说 我指的是 不好意思 不是 抱歉
    多少錢 價格 價錢 价钱 价位 售价 单价 什么价 怎么卖 怎麼賣 几钱 几块钱 几块 报价
    双 条 只 些 都 也 就 和 不 没 到 给 看 看看 查 查查 帮 帮我 来 回来
"""
OF_STOCK_CHINESE = frozenset(_OF_STOCK_CHINESE.split())
