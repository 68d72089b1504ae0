"""Which letters of a font are kept: by Unicode block for alphabets, by national character sets for Han."""

from __future__ import annotations

from collections.abc import Iterable

# Latin with its African, Vietnamese and phonetic letters, Greek, Cyrillic, marks, punctuation, currency, letterlike
# signs, the commonest arrows and mathematical signs.
LATIN_GREEK_CYRILLIC = (
    "0020-007E 00A0-024F 0250-02FF 0300-036F 0370-03FF 0400-052F 1C80-1C8F 1D00-1DBF 1DC4-1DCF 1E00-1EFF 1F00-1FFF "
    "2000-206F 2070-209F 20A0-20CF 2100-218F 2190-21FF 2200-2265 25A0-25FF 2C60-2C7F 2DE0-2DFF 2E00-2E5F A640-A69F "
    "A720-A7FF AB30-AB6F FB00-FB06 FE20-FE2F FEFF FFFC-FFFD"
)
# A title's letters: no phonetics, no polytonic Greek.
TITLES = (
    "0020-007E 00A0-024F 0259 02BB-02DD 0300-0304 0306-030C 031B 0323 0326-0328 0370-03FF 0400-045F 0462-0463 0472-0475"
    " 0490-04FF 1E80-1E85 1E9E 1EA0-1EF9 2002-200B 2010-2015 2018-2022 2026 2030-203A 2044 20A0-20BF 2113 2116 2122 "
    "2190-2193 2212 FB00-FB04"
)
# Signs that scripts borrow of Latin are drawn by the Latin font, so that they look the same everywhere.
_BORROWED = (set(range(0x21, 0x7F)) | set(range(0xA1, 0x250)) | set(range(0x2030, 0x2C00))) - {0x25CC}

# Symbols that people type: arrows, technical, shapes, check marks, stars, music, chess and card suits, weather.
SYMBOLS = (
    "2190-21FF 2200-22FF 2300-23FF 2460-24FF 2500-25FF 2600-26FF 2700-27BF 27C0-27EF 27F0-27FF 2900-297F 2B00-2BFF "
    "1F500-1F53D 1F5D5-1F5FF 1D400-1D7FF"
)
CJK_SIGNS = (
    "00B7 2014 2018-2019 201C-201D 2025-2027 2030 203B 2103 2160-2179 2460-2473 3000-303F 3200-33FF FE10-FE4F FF00-FFEF"
)
KANA = "3040-30FF 31F0-31FF"
BOPOMOFO = "3100-312F 31A0-31BF 02C7 02C9-02CB 02D9"

# Letters of written Cantonese and of names, in daily use and often not in the sets below.
CANTONESE = (
    "佢哋唔喺咗冇啲嗰嘅嚟睇攞乜嘢咩點解邊度呢啱唞嬲啦喇囉喎㗎咧吖嘞咯啫嘛噃係畀俾揸掂嗌氹冧冚瞓黐嘥靚叻儍傻攰乸仔囝囡妗姣孻尐屌巢幾廁廚徛忟怐怮悭慳戥扚扠扱扻抌抦拉拧拮挼捹掁掗掙掯揇揈揗揢揦揩揪揭揳搉搊搏搓"
    "搞搦搲摙摟摣撐撓撘撠撻擂擘擝攋攣攬斟曶朘杬椗樖樽橛檨歏氽汆沊沕沖泵涸淥渣湴溚溦滯漖漬潷澀濕瀉瀨焅焓煀熇燂燉燶爆爛牯狗狽猄猛獅甌畫疊痕痺瘟癐癩皒皮盅盟睄睩瞌瞇瞅瞽矋砌碇磅磡秤窒竉笠篤籮糊糭紮絞綑縮纏罉羶"
    "翕肉肥胗脢腍腩腳膇臚艇芋茄荳蒸蓆蔗蕹薑蝕蝦螆蠔衫裝褪襟襪詐諗譖豉豬賒贃贅趷跌踢踩踱蹅蹲躝躉軋輋軭辣迫逳遢郁醃醒醫釘鈎鈒鉗鋪鍾鏟鐳鑿閂閪陰霖靜鞋鞭韭頓頸顋餂餼饞馥騮髻鬆鬍魷鯇鯪鰂鱔鱠鴛鷓麩黏黚鼆齌龕㨃㪐"
    "㷫㩒㩧㬹㓤䒏䒐䟴䁪䊆䰧吓呔咁咭咪哂哣唓唥啩喂喐喥嗱嗲嗮嘍嘜嘭嚡嚿噉噏噚埋埗埞埲奀孖孭岩嫲屘屙惗憎戇拎拃挭掟掹掅揼揾搣搵摷撚撩撳擒擸晒曱曳曬棖檳涌涿渠滾焗焫熠煲瀡爭牙牸狼瓹甩甴疴瘀痱瘌癦癲睺窿竇笪篋粉粟"
    "糯纜罅罌羅翳老耷脷膶膥膩臊臘舐芫茜菢菠萢薯蚊蛇蜆蜢蠄蠱衰裇褸褲詏跣踎踭躀蹺軚輘逗鄧酹鈪鉸鎅鑊雪飛餅餸騸骹髀鬧鱲鷄麪齋齙𠮶𠱁𠱃𠳏𠴕𠸎𠺢𠻺𠼮𠿪𡁵𡁷𡁯𡃁𡃶𡅏𢆡𢯊𢱕𢲲𢲷𢳂𢴈𢺳𣲷𤓓𤓎𤗈𤶸𥄫𥅈𥇣𥋇𥧌𥮉𦧲𦧷𦢓𧕴𧨾𨃩"
    "𨅝𨈇𨋢𨳊𨳍𨳒𨶙𨶹𩓥𩜠𩩍𩶘𪐀𪘲邨衞啟滙"
)
NAMES_IN_CHINA = (
    "喆堃镕玥瑄犇淼焱垚翀祎珺珈芃玘瑀炘烜烨煊晗昇昉昕昱婳妤姝嫣娴琦璟璐瑾瑜彧昶劼旻翊翎翀骁骐骞钰钊铠镒锜頔颢馧"
)


def ranges(written: str) -> set[int]:
    """Return the code points of ranges such as ``0041-005A 00B7``."""
    points: set[int] = set()
    for part in written.split():
        first, _, last = part.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def letters_of(keep: str, has: Iterable[int]) -> set[int]:
    """Return those of a font's code points that are kept.

    Parameters
    ----------
    keep
        One of the names below, or ranges.
    has
        What the font has.
    """
    has = set(has)
    if keep == "script":
        return has - _BORROWED
    if keep in _SETS:
        return has & _SETS[keep]()
    return has & ranges(keep)


def _han_of(codec: str, first_byte: Iterable[int], second_byte: Iterable[int]) -> set[int]:
    """Return the characters of a double-byte set whose bytes are in the ranges."""
    trail = list(second_byte)
    pairs = (bytes((one, two)).decode(codec, "ignore") for one in first_byte for two in trail)
    return {ord(letter) for letter in pairs if len(letter) == 1 and ord(letter) >= 0x80}


def _simplified() -> set[int]:
    return (
        _han_of("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
        | {ord(letter) for letter in NAMES_IN_CHINA}
        | ranges(CJK_SIGNS + " " + BOPOMOFO)
        # Pinyin is Latin and drawn by the Latin font; kana, so that a Japanese word needs no second file.
        | ranges(KANA)
    )


def _traditional() -> set[int]:
    return (
        _han_of("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
        | {ord(letter) for letter in CANTONESE}
        | ranges(CJK_SIGNS + " " + BOPOMOFO + " " + KANA)
    )


def _japanese() -> set[int]:
    lead, trail = [*range(0x88, 0xA0), *range(0xE0, 0xEB)], [*range(0x40, 0x7F), *range(0x80, 0xFD)]
    return _han_of("shift_jis", lead, trail) | ranges(CJK_SIGNS + " " + KANA)


def _korean() -> set[int]:
    return ranges("1100-11FF 3130-318F A960-A97F AC00-D7FF " + CJK_SIGNS)


_SETS = {
    "latin": lambda: ranges(LATIN_GREEK_CYRILLIC),
    "titles": lambda: ranges(TITLES),
    "symbols": lambda: ranges(SYMBOLS),
    "simplified": _simplified,
    "traditional": _traditional,
    "japanese": _japanese,
    "korean": _korean,
}
