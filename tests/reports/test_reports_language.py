from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.reports.language import UNKNOWN, language_notice, language_of

ENGLISH = [
    "At least 12 people, three of them children, were killed.",
    "TWO BOMBS EXPLODED IN THE CENTER OF HARIM TODAY, KILLING ONE POLICEMAN.",
    "Dozens hurt in Harim.",
    "613 killed",
    "No casualties reported.",
    "DEATHS 161+ or 200+",
    "It displaced 4,000.",
    "The mayor of São Lourenço said 14 houses were damaged.",
    "“We never forgot Harim,” she said.",
    "An estimated 25,000 families fled.",
    "Landmine blast: 3 fatalities",
    "Police: 3 wounded, 1 missing",
]
OTHER = {
    "es": "Al menos doce personas murieron en el ataque, dijo la policía del distrito.",
    "fr": "Au moins douze personnes ont été tuées dans une attaque, selon la police.",
    "de": "Mindestens zwölf Menschen wurden bei dem Angriff getötet, sagte die Polizei.",
    "it": "Almeno dodici persone sono morte nell'attacco, ha detto la polizia.",
    "pt": "Pelo menos doze pessoas morreram no ataque, disse a polícia do distrito.",
    "nl": "Minstens twaalf mensen kwamen om het leven bij de aanval, zegt de politie.",
    "sv": "Minst tolv människor dödades i attacken, säger polisen till tidningen.",
    "pl": "Co najmniej dwanaście osób zginęło w ataku, podała policja.",
    "tr": "Saldırıda en az on iki kişi hayatını kaybetti, polis açıkladı.",
    "az": "Hücum nəticəsində ən azı on iki nəfər həlak olub, polis bildirib.",
    "id": "Sedikitnya dua belas orang tewas dalam serangan itu, kata polisi.",
    "ro": "Cel puțin douăsprezece persoane au murit în atac, a spus poliția.",
    "hu": "Legalább tizenkét ember meghalt a támadásban, közölte a rendőrség.",
    "fi": "Ainakin kaksitoista ihmistä kuoli iskussa, kertoo poliisi, ja monta on loukkaantunut.",
    "vi": "Ít nhất mười hai người đã chết trong vụ tấn công, theo cảnh sát.",
    "sw": "Watu kumi na wawili waliuawa katika shambulio hilo, polisi alisema.",
    "ru": "По меньшей мере двенадцать человек погибли при нападении, сообщает полиция.",
    "uk": "Щонайменше дванадцять людей загинули під час нападу, повідомляє поліція.",
    "ar": "قتل اثنا عشر شخصا على الأقل في هجوم، كما قال الشرطة في المدينة",
    "fa": "دست کم دوازده نفر در این حمله کشته شدند، پلیس گفت",
    "he": "לפחות שנים עשר בני אדם נהרגו במתקפה, אמר דובר של המשטרה",
    "hi": "हमले में कम से कम बारह लोग मारे गए, पुलिस ने कहा",
    "el": "Τουλάχιστον δώδεκα άτομα σκοτώθηκαν στην επίθεση, είπε η αστυνομία και το υπουργείο",
    "ja": "攻撃で少なくとも12人が死亡した。",
    "zh": "至少十二人在袭击中丧生",
    "ko": "공격으로 최소 12명이 숨졌다",
    "th": "มีผู้เสียชีวิตอย่างน้อยสิบสองคน",
    "ka": "თავდასხმას თორმეტი ადამიანი ემსხვერპლა",
    "hy": "Հարձակման հետևանքով զոհվել է տասներկու մարդ",
    "am": "በጥቃቱ አሥራ ሁለት ሰዎች ተገደሉ",
}


@pytest.mark.parametrize("text", ENGLISH)
def test_short_english_counts_as_english(text: str) -> None:
    assert language_of(text) == "en"
    assert language_of(text.upper()) == "en"


@pytest.mark.parametrize(("code", "text"), OTHER.items())
def test_another_language_is_told_by_its_code(code: str, text: str) -> None:
    assert language_of(text) == code
    notice = language_notice(code)
    assert notice is not None
    assert notice.code == "language"
    assert f"'{code}'" in notice.message


def test_a_foreign_quotation_leaves_english_english() -> None:
    text = (
        "The mayor said on Monday that 12 people were hurt. “No hay más heridos en la ciudad,” he told reporters there."
    )
    assert language_of(text) == "en"


def test_an_english_credit_leaves_spanish_spanish() -> None:
    text = OTHER["es"] * 3 + " Los heridos fueron llevados al hospital de la ciudad. Reporting by Ada Roe"
    assert language_of(text) == "es"


@pytest.mark.parametrize("text", ["", "  \n", "1234 5678", "Xqzv brtk plmf", "!!! ???"])
def test_what_tells_nothing_is_unknown(text: str) -> None:
    assert language_of(text) == UNKNOWN


def test_english_gives_no_notice_and_no_text_gives_none() -> None:
    assert language_notice("en") is None
    assert language_notice(None) is None
    unknown = language_notice(UNKNOWN)
    assert unknown is not None and unknown.code == "language"


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert 2 <= len(language_of(text)) <= 3
    assert language_of(text) == language_of(text)


def test_a_long_text_is_judged_by_its_start_middle_and_end() -> None:
    spanish = OTHER["es"] + " "
    assert language_of("A note by the editors. " + spanish * 2000) == "es"
