"""The words on the reading control, in the languages we have them in.

To add a language, add its row: the compiler of types asks for every field.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bitext.languages import parse_language


@dataclass(frozen=True, slots=True)
class Words:
    """The words on the control, in one language."""

    reading: str
    """What the control is for."""

    translation: str
    both: str
    """Side by side with the original."""

    language: str
    translated: str
    """Before how much of the page is translated, so are the two that follow."""

    outdated: str
    """Also of a sentence: it translates an English that has changed."""

    machine: str
    """By machine."""

    doubted: str
    """Of a sentence: somebody is to look at it."""

    untranslated: str
    """Of a sentence."""

    hint: str
    """How to see one sentence's original."""

    original: str
    """Before the original of a sentence."""

    available: str
    """That the page can be read in this language."""

    close: str


_ENGLISH = Words(
    "Reading",
    "Translation",
    "Side by side",
    "Language",
    "Translated",
    "Outdated",
    "By machine",
    "Needs review",
    "Not translated",
    "Select a sentence to see the original",
    "Original",
    "This page is available in English",
    "Close",
)

_WORDS = {
    "en": _ENGLISH,
    "ar": Words(
        "القراءة",
        "الترجمة",
        "جنبًا إلى جنب",
        "اللغة",
        "المترجَم",
        "قديم",
        "ترجمة آلية",
        "بحاجة إلى مراجعة",
        "غير مترجَم",
        "اختر جملة لعرض النص الأصلي",
        "النص الأصلي",
        "هذه الصفحة متاحة بالعربية",
        "إغلاق",
    ),
    "cs": Words(
        "Čtení",
        "Překlad",
        "Vedle sebe",
        "Jazyk",
        "Přeloženo",
        "Zastaralé",
        "Strojově",
        "Ke kontrole",
        "Nepřeloženo",
        "Vyberte větu a uvidíte originál",
        "Originál",
        "Tato stránka je k dispozici v češtině",
        "Zavřít",
    ),
    "de": Words(
        "Lesen",
        "Übersetzung",
        "Nebeneinander",
        "Sprache",
        "Übersetzt",
        "Veraltet",
        "Maschinell",
        "Zu prüfen",
        "Nicht übersetzt",
        "Wählen Sie einen Satz, um das Original zu sehen",
        "Original",
        "Diese Seite gibt es auch auf Deutsch",
        "Schließen",
    ),
    "es": Words(
        "Lectura",
        "Traducción",
        "En paralelo",
        "Idioma",
        "Traducido",
        "Desactualizado",
        "Por máquina",
        "Por revisar",
        "Sin traducir",
        "Seleccione una frase para ver el original",
        "Original",
        "Esta página está disponible en español",
        "Cerrar",
    ),
    "fr": Words(
        "Lecture",
        "Traduction",
        "En parallèle",
        "Langue",
        "Traduit",
        "Périmé",
        "Par machine",
        "À relire",
        "Non traduit",
        "Choisissez une phrase pour voir l’original",
        "Original",
        "Cette page existe en français",
        "Fermer",
    ),
    "he": Words(
        "קריאה",
        "תרגום",
        "זה לצד זה",
        "שפה",
        "תורגם",
        "לא עדכני",
        "תרגום מכונה",
        "לבדיקה",
        "לא תורגם",
        "בחרו משפט כדי לראות את המקור",
        "המקור",
        "הדף הזה זמין בעברית",
        "סגירה",
    ),
    "hr": Words(
        "Čitanje",
        "Prijevod",
        "Usporedno",
        "Jezik",
        "Prevedeno",
        "Zastarjelo",
        "Strojno",
        "Za pregled",
        "Neprevedeno",
        "Odaberite rečenicu i vidjet ćete izvornik",
        "Izvornik",
        "Ova je stranica dostupna na hrvatskom",
        "Zatvori",
    ),
    "it": Words(
        "Lettura",
        "Traduzione",
        "A fronte",
        "Lingua",
        "Tradotto",
        "Non aggiornato",
        "Automatica",
        "Da rivedere",
        "Non tradotto",
        "Selezionare una frase per vedere l’originale",
        "Originale",
        "Questa pagina è disponibile in italiano",
        "Chiudi",
    ),
    "ja": Words(
        "表示",
        "翻訳",
        "対訳",
        "言語",
        "翻訳済み",
        "旧版の訳",
        "機械翻訳",
        "要確認",
        "未翻訳",
        "文を選ぶと原文が表示されます",
        "原文",
        "このページは日本語でも読めます",
        "閉じる",
    ),
    "ko": Words(
        "읽기",
        "번역",
        "나란히",
        "언어",
        "번역됨",
        "오래됨",
        "기계 번역",
        "검토 필요",
        "번역 안 됨",
        "문장을 선택하면 원문이 표시됩니다",
        "원문",
        "이 페이지는 한국어로도 볼 수 있습니다",
        "닫기",
    ),
    "nl": Words(
        "Lezen",
        "Vertaling",
        "Naast elkaar",
        "Taal",
        "Vertaald",
        "Verouderd",
        "Machinaal",
        "Na te kijken",
        "Niet vertaald",
        "Kies een zin om het origineel te zien",
        "Origineel",
        "Deze pagina is er in het Nederlands",
        "Sluiten",
    ),
    "pl": Words(
        "Czytanie",
        "Tłumaczenie",
        "Obok siebie",
        "Język",
        "Przetłumaczono",
        "Nieaktualne",
        "Maszynowo",
        "Do sprawdzenia",
        "Nieprzetłumaczone",
        "Wybierz zdanie, aby zobaczyć oryginał",
        "Oryginał",
        "Ta strona jest dostępna po polsku",
        "Zamknij",
    ),
    "pt": Words(
        "Leitura",
        "Tradução",
        "Lado a lado",
        "Idioma",
        "Traduzido",
        "Desatualizado",
        "Por máquina",
        "Por rever",
        "Não traduzido",
        "Selecione uma frase para ver o original",
        "Original",
        "Esta página está disponível em português",
        "Fechar",
    ),
    "ru": Words(
        "Чтение",
        "Перевод",
        "Параллельно",
        "Язык",
        "Переведено",
        "Устарело",
        "Машинный перевод",
        "На проверку",
        "Не переведено",
        "Выберите предложение, чтобы увидеть оригинал",
        "Оригинал",
        "Эта страница доступна на русском языке",
        "Закрыть",
    ),
    "sl": Words(
        "Branje",
        "Prevod",
        "Vzporedno",
        "Jezik",
        "Prevedeno",
        "Zastarelo",
        "Strojno",
        "Za pregled",
        "Ni prevedeno",
        "Za ogled izvirnika izberite poved",
        "Izvirnik",
        "Ta stran je na voljo v slovenščini",
        "Zapri",
    ),
    "tr": Words(
        "Okuma",
        "Çeviri",
        "Yan yana",
        "Dil",
        "Çevrildi",
        "Güncel değil",
        "Makineyle",
        "Gözden geçirilecek",
        "Çevrilmedi",
        "Aslını görmek için bir cümle seçin",
        "Aslı",
        "Bu sayfa Türkçe olarak da okunabilir",
        "Kapat",
    ),
    "uk": Words(
        "Читання",
        "Переклад",
        "Паралельно",
        "Мова",
        "Перекладено",
        "Застаріло",
        "Машинний переклад",
        "На перевірку",
        "Не перекладено",
        "Виберіть речення, щоб побачити оригінал",
        "Оригінал",
        "Ця сторінка доступна українською",
        "Закрити",
    ),
    "zh": Words(
        "阅读",
        "译文",
        "对照",
        "语言",
        "已翻译",
        "已过时",
        "机器翻译",
        "待审阅",
        "未翻译",
        "选择一个句子即可查看原文",
        "原文",
        "本页提供中文版",
        "关闭",
    ),
    "zh-Hant": Words(
        "閱讀",
        "譯文",
        "對照",
        "語言",
        "已翻譯",
        "已過時",
        "機器翻譯",
        "待審閱",
        "未翻譯",
        "選擇一個句子即可查看原文",
        "原文",
        "本頁提供中文版",
        "關閉",
    ),
}
"""By language, and script where that decides."""

_TRADITIONAL = frozenset({"TW", "HK", "MO"})


@cache
def words_of(tag: str) -> Words | None:
    """Return the words in a language; None if we have none.

    >>> words_of("sl-SI").both, words_of("zh-TW").close, words_of("gsw-CH") is None
    ('Vzporedno', '關閉', True)
    """
    language = parse_language(tag)
    if language is None:
        return None
    is_traditional = language.script == "Hant" or language.region in _TRADITIONAL
    name = "zh-Hant" if language.language == "zh" and is_traditional else language.language
    return _WORDS.get(name)


def words_or_english(tag: str) -> Words:
    """Return the words in a language, or in English."""
    return words_of(tag) or _ENGLISH
