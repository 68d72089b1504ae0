"""Things to be shown and sold: what stands there until somebody puts in a photo of their own."""

from __future__ import annotations

import math

from templates.pictures.paper import Paper


def headphones() -> Paper:
    """Draw headphones, 1000 by 1000."""
    paper = Paper(1000, 1000, "#ffd9c2", "#ffb99b")
    paper.oval(500, 500, 400, 400, "#ffe9da")
    paper.oval(500, 872, 300, 34, "#d98a6a80")
    paper.arc((500, 520), (292, 330), (180, 180), 66, "#14213d")
    paper.arc((500, 520), (292, 330), (205, 90), 22, "#2c4170")
    paper.arc((500, 540), (262, 300), (215, 110), 30, "#e2571f")
    for x, flip in ((208, 1), (792, -1)):
        paper.rect(x - 30, 480, 60, 130, "#3a4c7d", radius=22)
        paper.rect(x - 86 + 26 * flip, 540, 172, 300, "#14213d", radius=80)
        paper.rect(x - 86 + 26 * flip - 20 * flip, 560, 132, 260, "#22335f", radius=66)
        paper.rect(x + 52 * flip - 52, 550, 104, 280, "#e2571f", radius=52)
        paper.rect(x + 74 * flip - 36, 566, 72, 248, "#f07a43", radius=36)
        paper.oval(x - 44 * flip, 690, 30, 90, "#31467a")
    return paper


def armchair() -> Paper:
    """Draw an armchair, 1000 by 1000."""
    paper = Paper(1000, 1000, "#ffd23f")
    paper.oval(500, 470, 410, 410, "#ffdf73")
    paper.oval(500, 892, 360, 36, "#c79a1480")
    for x in (270, 706):
        paper.area([(x, 800), (x + 40, 800), (x + 24, 900), (x + 8, 900)], "#3b2b1a")
    paper.rect(250, 230, 500, 480, "#e14b3d", radius=130)
    paper.rect(300, 282, 400, 400, "#ee6757", radius=90)
    for x in (420, 500, 580):
        for y in (380, 470):
            paper.oval(x, y, 12, 12, "#c13a2e")
    paper.rect(250, 600, 500, 170, "#f07f70", radius=56)
    paper.rect(240, 720, 520, 110, "#c8392d", radius=36)
    for x in (170, 690):
        paper.rect(x, 500, 140, 330, "#d5402f", radius=66)
        paper.rect(x + 22, 520, 96, 120, "#ea6252", radius=48)
    paper.rect(404, 520, 200, 150, "#14213d", radius=34)
    paper.line([(430, 560), (580, 640)], 12, "#ffd23f")
    paper.line([(430, 600), (540, 656)], 12, "#fafafa")
    paper.line([(470, 540), (584, 600)], 12, "#fafafa")
    return paper


def app_screen() -> Paper:
    """Draw what an app for walks shows on a telephone, 720 by 1480."""
    paper = Paper(720, 1480, "#f7f5ff")
    paper.rect(0, 0, 720, 620, "#5b3df5", bottom="#8f6bff")
    paper.rect(48, 96, 300, 40, "#ffffff", radius=20)
    paper.rect(48, 156, 200, 26, "#ffffff90", radius=13)
    paper.oval(630, 130, 46, 46, "#ffd778")
    paper.oval(630, 120, 18, 18, "#5b3df5")
    paper.rect(600, 144, 60, 32, "#5b3df5", radius=16)
    paper.arc((360, 410), (150, 150), (0, 360), 40, "#ffffff38")
    paper.arc((360, 410), (150, 150), (-90, 265), 40, "#ffd778")
    paper.rect(282, 376, 156, 46, "#ffffff", radius=20)
    paper.rect(310, 440, 100, 22, "#ffffffa0", radius=11)
    paper.rect(48, 570, 624, 300, "#ffffff", radius=44)
    for day, tall in enumerate((90, 140, 70, 180, 120, 200, 150)):
        paper.rect(92 + 80 * day, 830 - tall, 48, tall, "#5b3df5" if day == 5 else "#d6ccff", radius=18)
    for row, (tint, wide) in enumerate((("#ffb08a", 300), ("#8fd8c4", 240), ("#ffd778", 330))):
        top = 910 + 170 * row
        paper.rect(48, top, 624, 146, "#ffffff", radius=40)
        paper.rect(76, top + 26, 94, 94, tint, radius=30)
        paper.oval(123, top + 73, 22, 22, "#ffffff")
        paper.rect(200, top + 40, wide, 26, "#2c2456", radius=13)
        paper.rect(200, top + 84, wide * 0.6, 20, "#b9b2d8", radius=10)
        paper.line([(616, top + 58), (634, top + 74), (616, top + 90)], 8, "#b9b2d8")
    paper.rect(260, 1446, 200, 12, "#2c2456", radius=6)
    return paper


def _plate(table: str, dark: str) -> Paper:
    """Return a plate on a table of planks, seen from above, 900 by 900."""
    paper = Paper(900, 900, table)
    for x in range(0, 900, 150):
        paper.rect(x, 0, 5, 900, dark)
    paper.oval(460, 468, 372, 372, "#00000040")
    paper.oval(450, 450, 370, 370, "#fbf7ee")
    paper.oval(450, 450, 300, 300, "#e9e1d2")
    paper.oval(450, 450, 286, 286, "#f8f3e8")
    return paper


def pasta() -> Paper:
    """Draw spaghetti with tomatoes and basil."""
    paper = _plate("#6d4a34", "#5a3b28")
    for number in range(26):
        turn = number * 47 % 360
        size = 235 - number * 7
        paper.arc((450 + 12 * math.cos(number), 450 + 12 * math.sin(number * 2)), (size, size * 0.92), (turn, 200), 15,
                  "#f0c869" if number % 2 else "#e3b04f")  # fmt: skip
    paper.oval(450, 440, 150, 140, "#c8412c")
    paper.oval(430, 420, 120, 100, "#da5238")
    for x, y in ((330, 350), (560, 360), (540, 550), (350, 540), (460, 450)):
        paper.oval(x, y, 44, 44, "#e0452f")
        paper.oval(x - 12, y - 14, 14, 10, "#f79a80")
    for x, y, flip in ((420, 370, 1), (500, 400, -1), (450, 500, 1)):
        paper.oval(x, y, 52, 27, "#3f8a4a")
        paper.line([(x - 40, y), (x + 40, y + 4 * flip)], 4, "#69b06b")
    return paper


def salad() -> Paper:
    """Draw a salad with egg and radish."""
    paper = _plate("#4d6b63", "#3f5b54")
    for number in range(22):
        angle = number * 2.4
        far = 40 + number * 8.5
        x, y = 450 + far * math.cos(angle), 450 + far * math.sin(angle)
        paper.oval(x, y, 82, 58, ("#78b254", "#9bcc6a", "#5a9a48")[number % 3])
        paper.line([(x - 50, y), (x + 50, y + 10)], 4, "#c9e6a3")
    for x, y in ((360, 380), (540, 420), (450, 560)):
        paper.oval(x, y, 72, 62, "#ffffff")
        paper.oval(x, y, 36, 34, "#f7b733")
    for x, y in ((460, 330), (330, 500), (580, 550), (600, 330), (450, 460)):
        paper.oval(x, y, 38, 38, "#d7365c")
        paper.oval(x, y, 31, 31, "#fff1f3")
    return paper


def dessert() -> Paper:
    """Draw a cake with berries."""
    paper = _plate("#8b4a52", "#773d45")
    paper.oval(450, 462, 196, 196, "#c98d4c")
    paper.oval(450, 450, 190, 190, "#f4d9a6")
    paper.oval(450, 450, 168, 168, "#fff3da")
    for number in range(11):
        angle = number * 2 * math.pi / 11
        x, y = 450 + 132 * math.cos(angle), 450 + 132 * math.sin(angle)
        paper.oval(x, y, 34, 34, "#c72c48" if number % 2 else "#3d3a78")
        paper.oval(x - 9, y - 11, 10, 8, "#ffffff90")
    paper.oval(450, 450, 60, 60, "#c72c48")
    paper.oval(432, 432, 16, 12, "#ffffff90")
    for right, down in ((-70, -20), (66, -34), (10, 76)):
        paper.oval(450 + right, 450 + down, 40, 20, "#4d9a55")
    return paper


def ferry() -> Paper:
    """Draw a ferry in a harbour, 1280 by 960: something that the news might show."""
    paper = Paper(1280, 960, "#8fc3e6", "#e8f3f7")
    for x, tall in ((40, 200), (130, 290), (230, 170), (320, 250), (900, 210), (990, 310), (1090, 190), (1180, 260)):
        paper.rect(x, 560 - tall, 84, tall, "#6f8fae", bottom="#9db6cb")
    for x, y in ((640, 250), (780, 300)):
        paper.rect(x - 6, y, 12, 310, "#ffffff")
        for turn in (20, 140, 260):
            paper.line([(x, y), (x + 110 * math.cos(math.radians(turn)), y + 110 * math.sin(math.radians(turn)))], 13,
                       "#ffffff")  # fmt: skip
    paper.rect(0, 550, 1280, 410, "#2b6f9e", bottom="#134467")
    paper.rect(360, 430, 520, 110, "#f5f7fa", radius=16)
    paper.rect(470, 350, 300, 90, "#ffffff", radius=14)
    for x in range(390, 850, 62):
        paper.rect(x, 462, 40, 40, "#2b4a6b", radius=8)
    for x in range(492, 760, 56):
        paper.rect(x, 376, 36, 32, "#2b4a6b", radius=6)
    for x in range(480, 760, 72):
        paper.area([(x, 346), (x + 62, 346), (x + 74, 318), (x + 12, 318)], "#1b2f5a")
    paper.area([(250, 530), (1010, 530), (930, 660), (330, 660)], "#d23b2f", bottom="#a92a22")
    paper.rect(258, 520, 748, 22, "#ffffff")
    for x, y, long in (
        (120, 700, 220),
        (520, 720, 300),
        (930, 700, 200),
        (300, 790, 260),
        (760, 820, 320),
        (80, 880, 240),
    ):
        paper.line([(x, y), (x + long, y)], 9, "#bfe3f480")
    return paper
