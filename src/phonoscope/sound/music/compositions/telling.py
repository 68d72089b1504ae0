"""Loops that tell something: suspense, acoustic, lo-fi, epic."""

from __future__ import annotations

from phonoscope.sound.music.score import Beat, Composition, Figure, Melody, Part

SUSPENSE = Composition(
    name="suspense",
    title="The Other Door",
    description="A clock, a pulse and dark strings",
    moods=("suspense", "dark", "mystery"),
    key="C minor",
    beat_samples=38_400,
    chords="Cm | Cm | Abmaj7 | G7b9 | Cm | Fm/C | Dm7b5 | G7",
    room="cathedral",
    parts=(
        Part("dark pad", Figure("CCCC CCCC", {"C": "c"}, low=48, voices=4, dynamics="4556 5678"), -7, reverb=0.35),
        Part(
            "low strings", Figure("AAAA AAAA", {"A": "0 - - -"}, low=36, voices=1, dynamics="4455 5678"), -9, reverb=0.3
        ),
        Part(
            "tremolo strings",
            Figure("..CC .CCC", {"C": "c"}, low=67, voices=2, dynamics="3345 3467"),
            -13,
            pan=0.2,
            reverb=0.45,
        ),
        Part(
            "drums",
            Beat(
                "AAAA AAAB",
                {
                    "A": {"heart": "x..o............", "tick": "x.......x.......", "tock": "....x.......x..."},
                    "B": {
                        "heart": "x..o....x..o....",
                        "tick": "x.......x.......",
                        "tock": "....x.......x...",
                        "swell": "........x.......",
                    },
                },
                dynamics="5556 6678",
            ),
            -9,
            reverb=0.25,
            looseness=0.3,
        ),
        Part(
            "felt piano",
            Melody(
                "-:1 G4:1 Eb5:1.5 D5:.5 | -:4 | -:1 C5:1 Eb5:2 | D5:1 Ab4:2 -:1 |"
                "-:1 G4:1 Eb5:1.5 D5:.5 | -:1 C5:1 Ab4:2 | -:1 F4:1 C5:1 Ab4:1 | B4:3 -:1"
            ),
            -9,
            reverb=0.5,
            delay=0.35,
        ),
        Part(
            "spiccato",
            Figure(
                ".... AAAB",
                {"A": "0.0. 0.0. 0.0. 0.1.", "B": "0.0. 0.0. 0.00 0010"},
                low=48,
                voices=3,
                dynamics="3333 3456",
            ),
            -12,
            pan=-0.25,
            reverb=0.3,
        ),
        Part("tubular bell", Melody("C4:4 | -:4 | -:4 | -:4 | C4:4 | -:4 | -:4 | G4:4"), -14, pan=-0.3, reverb=0.6),
    ),
)

ACOUSTIC = Composition(
    name="acoustic",
    title="Porch Swing",
    description="Two guitars, double bass and a box to sit on",
    moods=("acoustic", "warm", "honest"),
    key="G major",
    beat_samples=30_000,
    chords="G | Cadd9 | G | D/F# | Em7 | Cadd9 | G/B | Dsus4 D | Am7 | Cadd9 | G/B C | Dsus4 D",
    room="studio",
    parts=(
        Part(
            "steel guitar",
            Figure(
                "ABAB ABAC ABCC",
                {"A": "0 3 2 4 1 3 2 4", "B": "0 4 2 3 1 4 3 2", "C": "0 3 2 4 0 3 2 4"},
                low=43,
                voices=5,
                pedal=True,
            ),
            -4,
            pan=-0.25,
            reverb=0.25,
        ),
        Part(
            "nylon guitar",
            Melody(
                "-:4 | -:4 | -:4 | -:4 |"
                "G4:.5 B4:.5 D5:1 E5:.5 D5:.5 B4:1 | C5:1.5 D5:.5 E5:1 D5:1 |"
                " D5:.5 B4:.5 G4:1 B4:1 D5:1 | G4:1 A4:1 F#4:2 |"
                "C5:.5 E5:.5 G5:1 E5:1 C5:1 | D5:1.5 E5:.5 C5:1 G4:1 |"
                " D5:1 B4:1 E5:1 C5:1 | D5:1 G4:.5 A4:.5 F#4:2"
            ),
            -6,
            pan=0.25,
            reverb=0.25,
        ),
        Part(
            "nylon guitar",
            Figure("AAAB .... AAAA", {"A": "d - - u d - d u", "B": "d - - u d - - -"}, low=55, voices=4, dynamics="5"),
            -11,
            pan=0.4,
            reverb=0.2,
        ),
        Part(
            "double bass",
            Figure("AAAA AAAB AABB", {"A": "0 - - - 1 - . 0", "B": "0 - - - 0 - 0 -"}, low=31, voices=1),
            -7,
            reverb=0.1,
        ),
        Part(
            "drums",
            Beat(
                ".... AAAB AAAB",
                {
                    "A": {"cajon": "x.....x.x.......", "cajon slap": "....x.......x..o", "egg": "xoxoxoxoxoxoxoxo"},
                    "B": {"cajon": "x.....x.x.x.....", "cajon slap": "....x.......x.xx", "egg": "xoxoxoxoxoxo...."},
                },
            ),
            -11,
            reverb=0.15,
        ),
    ),
)

LOFI = Composition(
    name="lofi",
    title="Rain on the Tram",
    description="Electric piano, dusty drums and an old record",
    moods=("lo-fi", "relaxed", "study"),
    key="F major",
    beat_samples=36_000,
    chords="Fmaj9 | Em7 A7b9 | Dm9 | Cm9 F13 | Bbmaj9 | Am7 D9 | Gm9 | C13",
    room="studio",
    swing=0.28,
    swing_beats=0.25,
    parts=(
        Part(
            "electric piano",
            Figure(
                "ABAB ABAB",
                {"A": "x--- ---x ---- ..x-", "B": "x--- ..x- x--- --.."},
                low=53,
                voices=4,
                dynamics="6656 6665",
            ),
            -4,
            reverb=0.2,
            laid_back_s=0.012,
            looseness=1.4,
        ),
        Part(
            "double bass",
            Figure(
                "ABAB ABAC",
                {"A": "0--- ...0 1-0- ..3-", "B": "0--- ..0- 0--- ..1-", "C": "0--- ...0 1--- 3-1-"},
                low=29,
                voices=1,
            ),
            -6,
            reverb=0.05,
            laid_back_s=0.015,
        ),
        Part(
            "drums",
            Beat(
                "ABAB ABAC",
                {
                    "A": {"soft kick": "x......x..x.....", "soft snare": "....x.......x...", "hat": "x.o.x.oox.o.x.o."},
                    "B": {"soft kick": "x..x......x.....", "soft snare": "....x..o....x...", "hat": "x.o.x.o.x.oox.o."},
                    "C": {
                        "soft kick": "x..x......x.....",
                        "soft snare": "....x..o....x.ox",
                        "hat": "x.o.x.o.x.......",
                        "open hat": "............o...",
                    },
                },
            ),
            -6,
            reverb=0.1,
            laid_back_s=0.018,
            looseness=1.3,
        ),
        Part("drums", Beat("AAAA AAAA", {"A": {"crackle": "xxxxx"}}), -22, reverb=0.0, looseness=0.0),
        Part(
            "vibraphone",
            Melody(
                "-:2 A4:.5 C5:.5 E5:1 | D5:1 -:3 | -:2 F5:.5 E5:.5 C5:1 | D5:2 -:2 |"
                "-:1.5 D5:.5 F5:1 A5:1 | G5:1 E5:1 F#5:1 -:1 | -:2 F5:.5 D5:.5 Bb4:1 | A4:2 -:2"
            ),
            -11,
            pan=0.25,
            reverb=0.3,
            delay=0.3,
            laid_back_s=0.02,
        ),
        Part("warm pad", Figure("CCCC CCCC", {"C": "c"}, low=53, voices=3), -13, reverb=0.3),
    ),
)

EPIC = Composition(
    name="epic",
    title="Iron Horizon",
    description="Taikos, ostinato strings, brass and choir that grow",
    moods=("epic", "trailer", "heroic"),
    key="D minor",
    beat_samples=32_000,
    chords="Dm | Bb | F | C | Dm | Bb | Gm | A | Dm | Bb | F/A | C",
    room="cathedral",
    parts=(
        Part(
            "spiccato",
            Figure(
                "AAAA AAAA BBBB",
                {"A": "0.02 0.02 0.02 0.12", "B": "0102 0102 0132 0102"},
                low=50,
                voices=3,
                dynamics="4455 6666 8888",
            ),
            -6,
            pan=-0.15,
            reverb=0.2,
            looseness=0.6,
        ),
        Part(
            "low strings",
            Figure("AAAA AAAA BBBB", {"A": "0 - - -", "B": "0 - 0 -"}, low=38, voices=1, dynamics="5566 6677 8888"),
            -7,
            reverb=0.25,
        ),
        Part(
            "strings", Figure(".... CCCC CCCC", {"C": "c"}, low=60, voices=4, dynamics="3333 4567 8889"), -9, reverb=0.3
        ),
        Part(
            "horns",
            Melody(
                "-:4 | -:4 | -:4 | -:4 | D4:3 E4:1 | F4:2 D4:2 | G4:3 A4:1 | A4:2 C#5:2 |"
                "D5:3 A4:1 | Bb4:2 D5:1 F5:1 | F5:2 E5:1 C5:1 | E5:2 D5:1 C5:1",
                dynamics="5555 5567 8888",
            ),
            -6,
            pan=0.15,
            reverb=0.35,
        ),
        Part(
            "brass",
            Figure(".... .... AAAA", {"A": "X--- --x- X--- ----"}, low=48, voices=3, dynamics="8"),
            -8,
            reverb=0.3,
        ),
        Part(
            "bright choir",
            Figure(".... ..CC CCCC", {"C": "c"}, low=62, voices=3, dynamics="4444 4456 7889"),
            -10,
            reverb=0.5,
        ),
        Part(
            "drums",
            Beat(
                "..AA BBBC DDDE",
                {
                    "A": {"taiko": "x.......x......."},
                    "B": {"big taiko": "x...............", "taiko": "......x.x.....x."},
                    "C": {"big taiko": "x.......x.......", "taiko": "..x.x.x...x.xxxx", "swell": "......x........."},
                    "D": {
                        "big taiko": "X.....x.X.....x.",
                        "taiko": "..xo..o...xo.oxo",
                        "crash": "o...............",
                        "boom": "x...............",
                    },
                    "E": {"big taiko": "X...X...X.......", "taiko": "..xo..xo..xxxxxx", "snare": "............o.oo"},
                },
                dynamics="4455 5567 8888",
            ),
            -5,
            reverb=0.25,
            looseness=0.7,
        ),
    ),
)

TELLING = SUSPENSE, ACOUSTIC, LOFI, EPIC
