// The phone in the browser's language. The English words are the keys; a language that
// is not here gets English.

const WORDS = {
  "+ 1 day": ["+ يوم", "+ 1 día", "+ 1 jour", "+ 1 天"],
  "+ 1 hour": ["+ ساعة", "+ 1 hora", "+ 1 heure", "+ 1 小时"],
  "A file": ["ملف", "Un archivo", "Un fichier", "文件"],
  "A file of this device, or its address below": ["ملف من هذا الجهاز، أو عنوانه أدناه", "Un archivo de este dispositivo, o su dirección abajo", "Un fichier de cet appareil, ou son adresse ci-dessous", "本机文件，或在下面填写其地址"],
  "A link": ["رابط", "Un enlace", "Un lien", "链接"],
  "A location": ["موقع", "Una ubicación", "Un lieu", "位置"],
  "A picture": ["صورة", "Una imagen", "Une image", "图片"],
  "A place": ["مكان", "Un lugar", "Un lieu", "地点"],
  "A voice message": ["رسالة صوتية", "Un mensaje de voz", "Un message vocal", "语音消息"],
  "Add a customer": ["أضف عميلًا", "Añadir un cliente", "Ajouter un client", "添加客户"],
  "Add a customer, a person who writes to the Page, and the conversation will be here.": ["أضف عميلًا يكتب إلى الصفحة، وستظهر المحادثة هنا.", "Añade un cliente, alguien que escribe a la página, y la conversación estará aquí.", "Ajoutez un client, quelqu’un qui écrit à la Page, et la conversation sera ici.", "添加一位给主页写消息的客户，对话就会显示在这里。"],
  "Address of the file": ["عنوان الملف", "Dirección del archivo", "Adresse du fichier", "文件地址"],
  "Back to the conversation": ["العودة إلى المحادثة", "Volver a la conversación", "Retour à la conversation", "返回对话"],
  "Cancel": ["إلغاء", "Cancelar", "Annuler", "取消"],
  "Change between light and dark": ["بدّل بين الفاتح والداكن", "Cambiar entre claro y oscuro", "Passer du clair au sombre", "切换浅色和深色"],
  "Clock": ["الساعة", "Reloj", "Horloge", "时钟"],
  "Clock and window": ["الساعة ومهلة الرد", "Reloj y plazo", "Horloge et délai", "时钟和时限"],
  "Closed": ["انتهت", "Cerrado", "Fermé", "已关闭"],
  "Conversation": ["المحادثة", "Conversación", "Conversation", "对话"],
  "Customers": ["العملاء", "Clientes", "Clients", "客户"],
  "Delivered": ["وصلت", "Entregado", "Distribué", "已送达"],
  "Each is a person with a phone. Be any of them.": ["كل واحد منهم شخص معه هاتف. كن أيًّا منهم.", "Cada uno es una persona con un teléfono. Sé quien quieras.", "Chacun est une personne avec un téléphone. Soyez qui vous voulez.", "每位都是拿着手机的人，您可以扮演任何一位。"],
  "Edit": ["تعديل", "Editar", "Modifier", "编辑"],
  "Edited": ["معدَّلة", "Editado", "Modifié", "已编辑"],
  "File": ["ملف", "Archivo", "Fichier", "文件"],
  "Get Started": ["ابدأ", "Empezar", "Démarrer", "开始使用"],
  "Go to": ["انتقل إلى", "Ir a", "Aller à", "前往"],
  "Has not written yet": ["لم يكتب بعد", "Aún no ha escrito", "N’a pas encore écrit", "还没有写过"],
  "Language of Messenger": ["لغة ماسنجر", "Idioma de Messenger", "Langue de Messenger", "Messenger 的语言"],
  "Latitude": ["خط العرض", "Latitud", "Latitude", "纬度"],
  "Light or dark": ["فاتح أو داكن", "Claro u oscuro", "Clair ou sombre", "浅色或深色"],
  "Log in": ["تسجيل الدخول", "Iniciar sesión", "Se connecter", "登录"],
  "Longitude": ["خط الطول", "Longitud", "Longitude", "经度"],
  "Menu of the Page": ["قائمة الصفحة", "Menú de la página", "Menu de la Page", "主页菜单"],
  "Message": ["رسالة", "Mensaje", "Message", "消息"],
  "Messages": ["الرسائل", "Mensajes", "Messages", "消息"],
  "More": ["المزيد", "Más", "Plus", "更多"],
  "New messages": ["رسائل جديدة", "Mensajes nuevos", "Nouveaux messages", "新消息"],
  "Nobody is here yet": ["لا أحد هنا بعد", "Aún no hay nadie", "Personne ici pour l’instant", "这里还没有人"],
  "A message that is gone": ["رسالة لم تعد موجودة", "Un mensaje que ya no está", "Un message qui n’est plus là", "一条已不存在的消息"],
  "Not open yet": ["لم تبدأ بعد", "Aún no abierto", "Pas encore ouvert", "尚未开启"],
  "Open for %(span)s more": ["مفتوحة لمدة %(span)s أخرى", "Abierto %(span)s más", "Ouvert encore %(span)s", "还剩 %(span)s"],
  "Quick replies": ["ردود سريعة", "Respuestas rápidas", "Réponses rapides", "快捷回复"],
  "Reply": ["رد", "Responder", "Répondre", "回复"],
  "Reply window": ["مهلة الرد", "Plazo de respuesta", "Délai de réponse", "回复时限"],
  "Replying to: %(words)s": ["رد على: %(words)s", "En respuesta a: %(words)s", "En réponse à : %(words)s", "回复：%(words)s"],
  "Seen": ["شوهدت", "Visto", "Vu", "已读"],
  "Send": ["إرسال", "Enviar", "Envoyer", "发送"],
  "Send a file": ["إرسال ملف", "Enviar un archivo", "Envoyer un fichier", "发送文件"],
  "Send a location": ["إرسال موقع", "Enviar una ubicación", "Envoyer un lieu", "发送位置"],
  "Send a picture": ["إرسال صورة", "Enviar una imagen", "Envoyer une image", "发送图片"],
  "Send a thumbs up": ["إرسال إعجاب", "Enviar un pulgar arriba", "Envoyer un pouce levé", "发送点赞"],
  "Send a voice message": ["إرسال رسالة صوتية", "Enviar un mensaje de voz", "Envoyer un message vocal", "发送语音消息"],
  "Send something else": ["إرسال شيء آخر", "Enviar otra cosa", "Envoyer autre chose", "发送其他内容"],
  "Sent": ["أُرسلت", "Enviado", "Envoyé", "已发送"],
  "Sent something": ["أرسل شيئًا", "Envió algo", "A envoyé quelque chose", "发送了内容"],
  "Set": ["ضبط", "Fijar", "Régler", "设置"],
  "Skip to the message field": ["انتقل إلى حقل الرسالة", "Ir al campo del mensaje", "Aller au champ du message", "跳到消息框"],
  "That was not sent: %(reason)s.": ["لم يُرسل ذلك: %(reason)s.", "No se envió: %(reason)s.", "Ceci n’a pas été envoyé : %(reason)s.", "未能发送：%(reason)s。"],
  "The Page may answer for 24 hours after the customer's last message.": ["يجوز للصفحة أن تجيب خلال 24 ساعة من آخر رسالة للعميل.", "La página puede responder durante 24 horas desde el último mensaje del cliente.", "La Page peut répondre pendant 24 heures après le dernier message du client.", "主页可在客户最后一条消息后的 24 小时内回复。"],
  "The emulator does not answer. Trying again…": ["المحاكي لا يجيب. تُعاد المحاولة…", "El emulador no responde. Reintentando…", "L’émulateur ne répond pas. Nouvel essai…", "模拟器没有响应，正在重试…"],
  "This picture could not be loaded": ["تعذّر تحميل هذه الصورة", "No se pudo cargar esta imagen", "Cette image n’a pas pu être chargée", "无法加载此图片"],
  "Thumbs up": ["إعجاب", "Pulgar arriba", "Pouce levé", "点赞"],
  "Typing": ["يكتب", "Escribiendo", "Écrit", "正在输入"],
  "Unsend": ["تراجع عن الإرسال", "Anular envío", "Annuler l’envoi", "撤回"],
  "Write to the Page, or wait until it writes to you.": ["اكتب إلى الصفحة، أو انتظر حتى تكتب إليك.", "Escribe a la página, o espera a que te escriba.", "Écrivez à la Page, ou attendez qu’elle vous écrive.", "给主页写消息，或等它给您写。"],
  "Without either a short tone is sent.": ["من دونهما تُرسل نغمة قصيرة.", "Sin ninguno de los dos se envía un tono breve.", "Sans l’un ni l’autre, un bref son est envoyé.", "两者都不填时，发送一段短音。"],
  "You": ["أنت", "Tú", "Vous", "您"],
  "You are": ["أنت", "Eres", "Vous êtes", "您是"],
  "You unsent a message": ["تراجعت عن رسالة", "Anulaste un mensaje", "Vous avez annulé un message", "您撤回了一条消息"],
  "You: %(words)s": ["أنت: %(words)s", "Tú: %(words)s", "Vous : %(words)s", "您：%(words)s"],
  "has blocked the Page": ["حظر الصفحة", "ha bloqueado la página", "a bloqué la Page", "已屏蔽主页"],
  "%(count)s unread": ["%(count)s غير مقروءة", "%(count)s sin leer", "%(count)s non lus", "%(count)s 条未读"],
  "%(count)s cards": ["%(count)s بطاقات", "%(count)s tarjetas", "%(count)s cartes", "%(count)s 张卡片"],
  "%(h)s h %(min)s min": ["%(h)s س %(min)s د", "%(h)s h %(min)s min", "%(h)s h %(min)s min", "%(h)s 小时 %(min)s 分"],
  "%(min)s min": ["%(min)s د", "%(min)s min", "%(min)s min", "%(min)s 分钟"],
  "Who is added writes to": ["من يُضاف يكتب إلى", "Quien se añade escribe a", "Qui est ajouté écrit à", "新增的客户写给"],
};
const LANGUAGES = ["ar", "es", "fr", "zh"];
const NAMES = ["aria-label", "title", "placeholder"];

const tag = navigator.languages.find((one) => ["en", ...LANGUAGES].includes(one.slice(0, 2))) ?? "en";
export const language = tag.slice(0, 2);
// For times and dates; a browser whose language is not here keeps its customs.
export const locale = language === navigator.language.slice(0, 2) ? navigator.language : undefined;

export function word(english, values = {}) {
  const found = WORDS[english]?.[LANGUAGES.indexOf(language)] ?? english;
  return found.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
}

// Put the page into the browser's language, and in its direction.
export function translate(page) {
  page.documentElement.lang = language;
  page.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const english = text.data.trim();
    if (english in WORDS) text.data = text.data.replace(english, () => word(english));
  }
  for (const one of page.body.querySelectorAll("*")) {
    for (const name of NAMES) {
      if (one.hasAttribute(name)) one.setAttribute(name, word(one.getAttribute(name)));
    }
  }
}
