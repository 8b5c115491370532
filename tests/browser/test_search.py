"""Ten searches in each of six languages find the expected page among the first three."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.conftest import serving
from once import Once
from sites import bitext_process, make_project, po, succeed, translate

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ENGLISH = {
    "install": ("Install the tools", "Download the package and start the setup program."),
    "translate": ("Translate a file", "Open the catalog and write each sentence in your language."),
    "publish": ("Publish the site", "Copy the folder to your web server."),
    "images": ("Pictures", "Save each screenshot beside the original image."),
    "errors": ("When something fails", "The message names the line of the mistake."),
}

TRANSLATED = {
    "sl-SI": {
        "install": ("Namestitev orodij", "Prenesite paket in zaženite namestitveni program."),
        "translate": (
            "Prevajanje datoteke",
            "Odprite katalog in vsako poved napišite v svojem jeziku.",
        ),
        "publish": ("Objava spletnega mesta", "Mapo kopirajte v spletni strežnik."),
        "images": ("Slike", "Posnetek zaslona shranite ob izvirno sliko."),
        "errors": ("Ko kaj spodleti", "Sporočilo pove vrstico napake."),
    },
    "de-DE": {
        "install": ("Werkzeuge installieren", "Laden Sie das Paket und starten Sie das Programm."),
        "translate": (
            "Eine Datei übersetzen",
            "Öffnen Sie den Katalog und schreiben Sie jeden Satz.",
        ),
        "publish": ("Die Website veröffentlichen", "Kopieren Sie den Ordner auf Ihren Webserver."),
        "images": ("Bilder", "Speichern Sie jede Bildschirmaufnahme neben dem Original."),
        "errors": ("Wenn etwas scheitert", "Die Meldung nennt die Zeile des Fehlers."),
    },
    "ja-JP": {
        "install": (
            "ツールのインストール",
            "パッケージをダウンロードしてセットアップを開始します。",
        ),
        "translate": ("ファイルの翻訳", "カタログを開き、各文をあなたの言語で書きます。"),
        "publish": ("サイトの公開", "フォルダーをウェブサーバーにコピーします。"),
        "images": ("画像", "スクリーンショットを元の画像の隣に保存します。"),
        "errors": ("失敗したとき", "メッセージには間違いの行番号が示されます。"),
    },
    "zh-CN": {
        "install": ("安装工具", "下载软件包并启动安装程序。"),
        "translate": ("翻译文件", "打开目录文件，用您的语言写出每个句子。"),
        "publish": ("发布网站", "将文件夹复制到您的网络服务器。"),
        "images": ("图片", "将每张屏幕截图保存在原图旁边。"),
        "errors": ("出错的时候", "消息会指出错误所在的行。"),
    },
    "ar-SA": {
        "install": ("تثبيت الأدوات", "نزّل الحزمة وابدأ برنامج الإعداد."),
        "translate": ("ترجمة ملف", "افتح الفهرس واكتب كل جملة بلغتك."),
        "publish": ("نشر الموقع", "انسخ المجلد إلى خادم الويب."),
        "images": ("الصور", "احفظ كل لقطة شاشة بجانب الصورة الأصلية."),
        "errors": ("عند حدوث خطأ", "تذكر الرسالة سطر الخطأ."),
    },
}

SEARCHES = {
    "en-US": "install:install tools|download translate:translate|sentences publish:publish|server"
    " images:pictures|screenshots errors:fails|messages",
    "sl-SI": "install:namestitve|paketi translate:prevajanja|povedi publish:strežniki|mape"
    " images:slika|posnetki errors:napak|vrstica",
    "de-DE": "install:installieren|pakete translate:übersetzen|sätze publish:veröffentlichen|ordner"
    " images:bilder|bildschirmaufnahmen errors:fehler|zeilen",
    "ja-JP": "install:インストール|パッケージ translate:翻訳|言語 publish:公開|サーバー"
    " images:画像|スクリーンショット errors:失敗|行番号",
    "zh-CN": "install:安装|软件包 translate:翻译|句子 publish:发布|服务器 images:图片|屏幕截图"
    " errors:出错|消息",
    "ar-SA": "install:أدوات|الحزم translate:الترجمة|الجملة publish:الموقع|للخادم images:صور|شاشات"
    " errors:رسالة|السطر",
}
"""By language and page the words that readers type, other forms than the pages have among them."""

CASES = [
    (tag, words.replace("_", " "), name)
    for tag, text in SEARCHES.items()
    for name, _, asked in (part.partition(":") for part in text.replace("l t", "l_t").split(" "))
    for words in asked.split("|")
]


@pytest.fixture(scope="module")
def address(once: Once) -> Iterator[str]:
    with serving(once("search", build) / "build/html") as served:
        yield served


def build(folder: Path) -> None:
    articles = {f"{name}.md": f"# {title}\n\n{text}\n" for name, (title, text) in ENGLISH.items()}
    articles["index.md"] = "# Start\n\n```{toctree}\n" + "\n".join(ENGLISH) + "\n```\n"
    root = make_project(folder, articles, languages=tuple(TRANSLATED))
    succeed(root, "gettext")
    succeed(root, "update")
    for tag, pages in TRANSLATED.items():
        for name, (title, text) in pages.items():
            translations = dict(zip(ENGLISH[name], (title, text), strict=True))
            translate(po(root, name, tag), translations)
    assert bitext_process(root, "build", seconds=300).status == 0


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page()


def results(page: Page, address: str, tag: str, words: str) -> list[str]:
    page.goto(f"{address}/{tag}/search.html?q={words}")
    page.wait_for_function("!document.querySelector('#search-progress')?.innerText.match(/\\.$/)")
    page.wait_for_timeout(100)
    links = page.locator("ul.search li > a").all()
    return [(link.get_attribute("href") or "").partition(".html")[0] for link in links]


@pytest.mark.parametrize(("tag", "words", "name"), CASES)
def test_a_search_finds_its_page(page: Page, address: str, tag: str, words: str, name: str) -> None:
    assert name in results(page, address, tag, words)[:3]


def test_there_are_ten_in_each_language() -> None:
    assert [sum(case[0] == tag for case in CASES) for tag in SEARCHES] == [10] * 6


@pytest.mark.parametrize(("tag", "words"), [("sl-SI", "mape"), ("de-DE", "ordner")])
def test_what_is_shown_of_a_page_is_not_what_it_hides(
    page: Page, address: str, tag: str, words: str
) -> None:
    results(page, address, tag, words)
    summary = page.locator("ul.search .context").first
    summary.wait_for()
    said = " ".join(summary.inner_text().strip(". ").split())
    assert said == " ".join(TRANSLATED[tag]["publish"]).strip(".")


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_hidden_english_is_not_found(page: Page, address: str, tag: str) -> None:
    assert results(page, address, tag, "screenshot") == []
