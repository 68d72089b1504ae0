"""Houses and rooms: what a tour shows until somebody puts in photos of their own. All are 1280 by 960."""

from __future__ import annotations

from templates.pictures.paper import Paper

SIZE = (1280, 960)
WALL, OAK, OAK_DARK, LEAF, LEAF_DARK = "#efe6d8", "#c58f5a", "#9c6b3d", "#5d8f5b", "#3f6d4a"


def house() -> Paper:
    """Draw a family house in its garden."""
    paper = Paper(*SIZE, "#bfe0f2", "#f3f6ec")
    for x, y, size in ((200, 170, 62), (1010, 130, 74)):
        for step, scale in ((-1.1, 0.7), (0, 1), (1.1, 0.75)):
            paper.oval(x + step * size, y + (1 - scale) * size * 0.5, size * scale, size * scale * 0.62, "#ffffffd8")
    paper.area([(0, 640), (330, 560), (760, 610), (1280, 540), (1280, 960), (0, 960)], "#a9c99a")
    for x, y, size in ((150, 500, 130), (1130, 480, 150), (1240, 560, 100)):
        paper.rect(x - 11, y, 22, 220, OAK_DARK)
        paper.oval(x, y, size * 0.85, size, LEAF)
        paper.oval(x - size * 0.2, y + size * 0.3, size * 0.6, size * 0.66, LEAF_DARK)
    paper.rect(0, 700, 1280, 260, "#86b377", bottom="#5f9460")
    # The house: a tall part with a pitched roof, and a low one with a terrace.
    paper.rect(690, 470, 380, 260, "#d8c3a5")
    paper.rect(668, 446, 424, 34, "#5a4a42")
    paper.rect(300, 400, 410, 330, "#faf6ef")
    paper.area([(260, 412), (505, 210), (750, 412)], "#7d3f33", bottom="#98503f")
    paper.rect(600, 232, 46, 90, "#6d352b")
    for x, y, across, down in ((350, 470, 110, 110), (350, 440, 0, 0), (450, 300, 110, 84)):
        paper.rect(x - 8, y - 8, across + 16, down + 16, "#ffffff")
        paper.rect(x, y, across, down, "#8fbdd3", bottom="#d7edf2")
        paper.rect(x + across / 2 - 3, y, 6, down, "#ffffff")
    paper.rect(730, 520, 300, 210, "#7fb0c6", bottom="#d9eef2")
    for x in (730, 828, 928, 1024):
        paper.rect(x, 520, 8, 210, "#5a4a42")
    paper.rect(540, 540, 100, 190, "#2f6f6b")
    paper.oval(622, 640, 7, 7, "#f1d08a")
    paper.rect(516, 726, 148, 16, "#cfc6b8")
    paper.area([(540, 742), (640, 742), (760, 960), (470, 960)], "#e4dac8")
    for x in (290, 370, 450, 720, 800, 1080):
        paper.oval(x, 742, 52, 40, LEAF_DARK)
        paper.oval(x + 22, 734, 12, 12, "#f2a7b5")
        paper.oval(x - 16, 740, 11, 11, "#ffe08a")
    return paper


def living_room() -> Paper:
    """Draw a bright living room with a sofa."""
    paper = Paper(*SIZE, "#f1e9dd", "#e9dfcf")
    paper.rect(0, 700, 1280, 260, OAK, bottom="#ad7a49")
    for y in (748, 812, 890):
        paper.rect(0, y, 1280, 3, "#a8754680")
    paper.rect(0, 684, 1280, 18, "#ffffff")
    paper.rect(790, 110, 400, 470, "#ffffff")
    paper.rect(808, 128, 364, 434, "#a9d5ea", bottom="#e8f4ec")
    paper.area([(808, 470), (930, 420), (1060, 460), (1172, 400), (1172, 562), (808, 562)], LEAF)
    paper.rect(984, 128, 10, 434, "#ffffff")
    paper.rect(752, 84, 90, 606, "#f7d9b8", bottom="#eec59a")
    paper.rect(1150, 84, 90, 606, "#f7d9b8", bottom="#eec59a")
    paper.rect(730, 72, 530, 16, OAK_DARK, radius=8)
    paper.rect(190, 150, 300, 210, "#ffffff")
    paper.rect(206, 166, 268, 178, "#e8b18a")
    paper.oval(290, 230, 40, 40, "#fff1d6")
    paper.area([(206, 344), (330, 240), (474, 344)], "#b5624b")
    paper.oval(560, 850, 500, 84, "#e7d5c2")
    paper.oval(560, 846, 420, 64, "#f3e7d8")
    # Sofa, cushions, lamp, table and plant.
    paper.rect(120, 470, 560, 200, "#2f6f79", radius=44)
    paper.rect(80, 540, 110, 220, "#285f68", radius=44)
    paper.rect(610, 540, 110, 220, "#285f68", radius=44)
    paper.rect(150, 610, 500, 130, "#3a818c", radius=30)
    for x in (120, 650):
        paper.rect(x, 750, 24, 56, OAK_DARK)
    paper.rect(215, 530, 130, 110, "#f0b35b", radius=24)
    paper.rect(470, 520, 130, 120, "#f6ece0", radius=24)
    paper.rect(44, 300, 10, 480, "#3d3833")
    paper.area([(-30, 300), (130, 300), (96, 190), (4, 190)], "#fff3cf")
    paper.oval(560, 822, 170, 34, OAK_DARK)
    paper.oval(560, 812, 170, 34, "#dba972")
    paper.rect(500, 772, 70, 36, "#ffffff", radius=8)
    paper.rect(700, 660, 90, 110, "#d9694a", radius=18)
    for step in range(-3, 4):
        x, y = 745 + 46 * step, 470 + 26 * abs(step)
        paper.area([(745, 680), (x - 16, y), (x + 20, y + 10)], LEAF if step % 2 else LEAF_DARK)
    return paper


def kitchen() -> Paper:
    """Draw a kitchen with an island."""
    paper = Paper(*SIZE, "#eef1ec")
    paper.rect(0, 690, 1280, 270, "#d9c9b4", bottom="#c6b196")
    for x in range(0, 1280, 64):
        for row in range(4):
            paper.rect(x + (32 if row % 2 else 0) - 32, 330 + 40 * row, 60, 36, "#ffffff", radius=4)
    for x in (40, 230, 900, 1090):
        paper.rect(x, 60, 176, 230, "#2f5d57", radius=6)
        paper.rect(x + 150, 170, 8, 60, "#e6c27a", radius=4)
    paper.rect(470, 0, 380, 150, "#cfd5d2")
    paper.area([(470, 150), (850, 150), (900, 240), (420, 240)], "#b8c0bc")
    paper.rect(430, 306, 460, 14, OAK)
    for x, down, colour in ((470, 66, "#e3a05b"), (530, 50, "#ffffff"), (760, 60, "#d8634b"), (820, 76, "#f3dfae")):
        paper.rect(x, 306 - down, 44, down, colour, radius=10)
    paper.rect(0, 490, 1280, 26, "#f7f3ec")
    paper.rect(0, 516, 1280, 190, "#35695f")
    for x in range(20, 1280, 180):
        paper.rect(x, 532, 164, 160, "#2f5d57", radius=6)
        paper.rect(x + 52, 550, 60, 8, "#e6c27a", radius=4)
    paper.rect(550, 532, 164, 160, "#3b4145", radius=6)
    paper.rect(566, 566, 132, 90, "#1e2427", radius=8)
    paper.rect(150, 440, 90, 50, "#d8634b", radius=12)
    paper.rect(980, 400, 60, 90, "#f3dfae", radius=12)
    for step in range(-2, 3):
        paper.line([(1010, 404), (1010 + 30 * step, 330 + 10 * abs(step))], 9, LEAF)
    for x in (390, 640, 890):
        y = 244 if x == 640 else 204
        paper.rect(x - 3, 0, 6, y + 6, "#3d3833")
        paper.area([(x - 62, y + 86), (x + 62, y + 86), (x + 22, y), (x - 22, y)], "#e6a23c")
    paper.rect(210, 680, 860, 36, "#fbf7f0", radius=6)
    paper.rect(250, 716, 780, 210, OAK, bottom="#b57f4b")
    for x in range(250, 1030, 60):
        paper.rect(x, 716, 3, 210, "#a3713f90")
    paper.oval(640, 668, 120, 24, "#ffffff")
    for x, y, colour in ((580, 640, "#d8634b"), (640, 626, "#f0b13c"), (700, 640, "#86b05b"), (640, 650, "#e0803a")):
        paper.oval(x, y, 40, 38, colour)
    for x in (330, 500, 790, 950):
        paper.rect(x - 52, 790, 104, 24, "#3b4145", radius=12)
        for leg in (-40, 32):
            paper.rect(x + leg, 814, 10, 146, "#3b4145")
    return paper


def terrace() -> Paper:
    """Draw a terrace in the evening, with a table and lights."""
    paper = Paper(*SIZE, "#f7b58a", "#fce4c2")
    paper.oval(900, 420, 110, 110, "#fff0c9")
    paper.area([(0, 470), (260, 380), (540, 460), (860, 360), (1280, 470), (1280, 700), (0, 700)], "#a98a9c")
    paper.area([(0, 560), (400, 470), (800, 560), (1280, 480), (1280, 760), (0, 760)], "#6d7f72")
    for x in range(-20, 1300, 110):
        paper.oval(x, 640, 80, 90, LEAF_DARK if x % 220 else LEAF)
    paper.rect(0, 680, 1280, 280, "#b98558", bottom="#8f6240")
    for y in (716, 766, 828, 904):
        paper.rect(0, y, 1280, 4, "#7b5236a0")
    paper.rect(70, 120, 26, 620, OAK_DARK)
    paper.rect(1184, 120, 26, 620, OAK_DARK)
    paper.rect(40, 96, 1200, 30, OAK_DARK)
    previous = (83.0, 140.0)
    for step in range(1, 13):
        right, down = 83.0 + step * 93, 140 + 30.0 * (3 - abs(step % 6 - 3))
        paper.line([previous, (right, down)], 4, "#4a382c")
        paper.oval(right, down + 18, 13, 17, "#ffe9a8")
        paper.oval(right, down + 18, 34, 38, "#ffe9a83c")
        previous = (right, down)
    paper.rect(380, 640, 520, 24, "#f4ead9", radius=10)
    for x in (430, 830):
        paper.rect(x, 664, 20, 210, "#6d4a31")
    for x, flip in ((230, 1), (1050, -1)):
        paper.line([(x - flip * 60, 500), (x - flip * 40, 720)], 20, "#2f6f79")
        paper.line([(x - flip * 40, 720), (x + flip * 90, 720)], 24, "#2f6f79")
        for leg in (-36, 84):
            paper.line([(x + flip * leg, 724), (x + flip * leg, 880)], 16, "#285f68")
    paper.rect(600, 560, 70, 80, "#c65a43", radius=14)
    for x, y, colour in ((600, 540, "#f2a7b5"), (636, 510, "#ffd778"), (672, 544, "#f6f0e6"), (640, 552, "#e0718a")):
        paper.oval(x, y, 30, 30, colour)
    for x in (470, 790):
        paper.line([(x, 640), (x, 596)], 6, "#ffffff")
        paper.oval(x, 580, 24, 32, "#ffffffc0")
        paper.oval(x, 590, 20, 20, "#d85a6a")
    return paper


def hotel() -> Paper:
    """Draw a hotel by the sea at dusk, with its pool."""
    paper = Paper(*SIZE, "#22385f", "#f2a477")
    for x, y in ((120, 90), (300, 190), (520, 70), (760, 150), (980, 60), (1180, 170), (1100, 300), (210, 320)):
        paper.oval(x, y, 4, 4, "#fff6df")
    paper.rect(0, 590, 1280, 90, "#35608a", bottom="#4a7ca0")
    paper.oval(170, 590, 90, 90, "#ffd9a0")
    paper.rect(0, 590, 420, 90, "#3f6d94", bottom="#4a7ca0")
    paper.rect(430, 230, 700, 450, "#f4e7d3", bottom="#d9c2a3")
    paper.rect(400, 206, 760, 34, "#fff8ec")
    paper.rect(640, 130, 280, 80, "#efe0c8")
    for row in range(3):
        for column in range(6):
            x, y = 470 + 110 * column, 276 + 128 * row
            lit = (row * 5 + column * 3) % 4 != 0
            paper.rect(x, y, 74, 84, "#ffd27a" if lit else "#5b6d86", radius=37 if row == 0 else 4,
                       bottom="#ffb85c" if lit else "#4a5b75")  # fmt: skip
            paper.rect(x - 8, y + 84, 90, 8, "#b99f7c")
    paper.rect(0, 680, 1280, 280, "#d8c3a0", bottom="#c2a67e")
    paper.area([(180, 740), (1100, 740), (1230, 930), (40, 930)], "#2b9db0", bottom="#62c9cf")
    for x, y, long in ((300, 790, 150), (640, 830, 220), (880, 780, 130), (420, 880, 180), (860, 890, 200)):
        paper.line([(x, y), (x + long, y)], 6, "#b9eef0a0")
    for x, base, tall, lean in ((110, 760, 420, 40), (1200, 740, 470, -50)):
        paper.line([(x, base), (x + lean * 0.4, base - tall * 0.55), (x + lean, base - tall)], 24, "#5b4431")
        for right, down in ((-130, 20), (-110, -70), (-30, -110), (60, -100), (130, -40), (130, 50), (-90, 90)):
            tip = (x + lean + right, base - tall + down)
            paper.area([(x + lean - 14, base - tall), (x + lean + 14, base - tall - 8), tip], "#274c3d")
    for x in (330, 860):
        paper.area([(x, 720), (x + 110, 720), (x + 150, 690), (x + 166, 696), (x + 124, 736), (x, 736)], "#ffffff")
    return paper
